/// What people were told is saved, and what must therefore be found in the end.
struct Ledger {
  /// Words told as saved, with the device that said so.
  private var owed: [String: String] = [:]
  private(set) var savedCount = 0
  private(set) var excusedCount = 0
  private(set) var erased: Set<String> = []

  mutating func save(_ words: [String], on device: String) {
    for word in words where !erased.contains(word) { owed[word] = device }
    savedCount += words.count
  }

  var words: Set<String> { Set(owed.keys) }

  /// Their only copy is gone with a disk: nobody owes them any more.
  mutating func excuse(_ words: Set<String>) {
    for word in words where owed.removeValue(forKey: word) != nil { excusedCount += 1 }
  }

  mutating func erase(_ words: Set<String>) {
    for word in words { owed[word] = nil }
    erased.formUnion(words)
  }

  /// What is owed and not among `found`, with who said it was saved; sorted.
  func missing(in found: Set<String>) -> [String] {
    owed.filter { !found.contains($0.key) }.map { "\($0.key) (saved on \($0.value))" }.sorted()
  }
}
