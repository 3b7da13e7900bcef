import JournalModel
import JournalSealing
import JournalStore
import OperationLog

/// All that a journal holds, read from its tables.
struct Inspection {
  let operations: [StoredOperation]
  let states: [RecordID: RecordState]
  let digest: StateDigest
  private let keys: JournalKeys

  init(_ store: JournalStore) throws {
    keys = try store.keys
    digest = try store.stateDigest
    operations = try Self.operations(in: store)
    var states: [RecordID: RecordState] = [:]
    for isTrashed in [false, true] {
      var query = RecordQuery()
      query.kinds = RecordKind.journal + [.device]
      query.trashed = isTrashed
      for state in try store.records(matching: query) { states[state.id] = state }
    }
    self.states = states
  }

  static func operations(in store: JournalStore) throws -> [StoredOperation] {
    try store.known().flatMap { known in
      try store.operations(
        of: known.device, .first ... .max, limitOperations: .max, limitBytes: .max)
    }
  }

  /// The operations, read; those that were erased apart.
  func changes() throws -> [StampedChange] {
    try operations.compactMap { operation in
      guard !operation.isStub else { return nil }
      return StampedChange(
        stamp: operation.header.stamp, change: try keys.open(payloadOf: operation))
    }
  }

  /// What the operations make, without the store's help.
  static func states(of changes: [StampedChange]) -> [RecordID: RecordState] {
    var changesByRecord: [RecordID: [StampedChange]] = [:]
    for change in changes where !change.change.writes.isEmpty {
      changesByRecord[change.change.record, default: []].append(change)
    }
    var states: [RecordID: RecordState] = [:]
    for (id, changes) in changesByRecord { states[id] = RecordState(id: id, merging: changes) }
    return states
  }

  /// All words of all texts that anybody ever wrote.
  static func words(in changes: [StampedChange]) -> Set<String> {
    var words: Set<String> = []
    for change in changes {
      for write in change.change.writes {
        guard let text = write.value.text else { continue }
        for word in text.utf8.split(whereSeparator: { $0 <= UInt8(ascii: " ") }) {
          words.insert(String(decoding: word, as: UTF8.self))
        }
      }
    }
    return words
  }
}
