/// What is usual for somebody: the value that best divides their own in halves.
///
/// Scales mean something else to everybody: 6 is close for one and far for another.
struct Usual {
  /// Above what is usual, from here on.
  let closerFrom: Double

  /// `nil` where all values are the same.
  init?(_ values: [Double]) {
    let sorted = values.sorted()
    var best: (distance: Int, value: Double)?
    for index in sorted.indices.dropFirst() where sorted[index] > sorted[index - 1] {
      let distance = abs(2 * index - sorted.count)
      if distance < best?.distance ?? .max { best = (distance, sorted[index]) }
    }
    guard let best else { return nil }
    closerFrom = best.value
  }
}
