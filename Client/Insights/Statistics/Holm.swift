/// Corrects for how many questions were asked.
///
/// Source: Holm, "A Simple Sequentially Rejective Multiple Test Procedure", Scandinavian Journal
/// of Statistics 6, 1979. Holds whatever the dependence between the questions.
package enum Holm {
  /// For each p-value, the level that it had to meet, if it did.
  package static func levelsMet(_ pValues: [Double], familyLevel: Double) -> [Double?] {
    var levels: [Double?] = Array(repeating: nil, count: pValues.count)
    let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    for (rank, index) in order.enumerated() {
      let level = familyLevel / Double(pValues.count - rank)
      guard pValues[index] <= level else { break }
      levels[index] = level
    }
    return levels
  }
}
