import JournalModel

/// What people were told is saved, and what must therefore be found in the end; and what they
/// were told is erased.
struct Ledger {
  private struct Debt {
    let record: RecordID
    let device: String
  }

  private var owed: [String: Debt] = [:]
  private(set) var savedCount = 0
  private(set) var excusedCount = 0
  /// Words of erased records: on no disk, unless an operation that no erase listed holds them too.
  private(set) var erased: Set<String> = []

  mutating func save(_ words: [(word: String, record: RecordID)], on device: String) {
    for (word, record) in words { owed[word] = Debt(record: record, device: device) }
    savedCount += words.count
  }

  var words: Set<String> { Set(owed.keys) }

  func words(of record: RecordID) -> Set<String> {
    Set(owed.filter { $0.value.record == record }.keys)
  }

  /// Their only copy is gone with a disk: nobody owes them any more.
  mutating func excuse(_ words: Set<String>) {
    for word in words where owed.removeValue(forKey: word) != nil { excusedCount += 1 }
  }

  /// They may be there or not: nobody was told.
  mutating func release(_ words: Set<String>) {
    for word in words { owed[word] = nil }
  }

  mutating func erase(_ words: Set<String>) {
    release(words)
    erased.formUnion(words)
  }

  /// What is owed and not among `found`, with who said it was saved; sorted.
  func missing(in found: Set<String>) -> [String] {
    owed.filter { !found.contains($0.key) }.map { "\($0.key) (saved on \($0.value.device))" }
      .sorted()
  }
}
