/// A name, and how often it occurs.
package struct NamedCount: Hashable, Sendable {
  package let name: String
  package let count: Int

  /// The most frequent first, those of one count in alphabetical order.
  static func ranked(_ names: some Sequence<String>) -> [NamedCount] {
    var counts: [String: Int] = [:]
    for name in names { counts[name, default: 0] += 1 }
    return counts.map { NamedCount(name: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.name) < ($0.count, $1.name) }
  }
}
