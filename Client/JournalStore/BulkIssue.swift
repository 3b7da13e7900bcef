private import Dispatch
internal import JournalModel
internal import JournalSealing
internal import OperationLog
private import Synchronization

/// Issues the changes that begin many records: other threads make the operations, a batch at a
/// time, while this one stores those made before and reads on.
///
/// Nothing else may be issued between `add` and `finish`.
final class BulkIssue {
  private let log: LogTransaction
  /// Not for an import that adds nothing.
  private lazy var helpers = HelperThreads()
  private var gathered: [Draft] = []
  private var gatheredBytes = 0
  /// Batches that are being made, or are made, in the order of their operations.
  private var underWay: [Batch] = []
  /// Operations that have names and are not stored yet.
  private var waitingCount = 0

  /// Enough that threads seldom wait for each other, little enough that memory is not felt.
  private static let batchesMax = 16
  private static let draftsMax = 128
  private static let bytesMax = 1 << 19

  init(_ log: LogTransaction) {
    self.log = log
  }

  /// - Throws: `StoreError`, or `ChangeError` of any change added so far.
  func add(_ change: RecordChange) throws {
    let (id, timestamp) = try log.nextName(after: waitingCount)
    gathered.append(Draft(change: change, id: id, timestamp: timestamp))
    waitingCount += 1
    gatheredBytes += change.textBytes
    if gathered.count >= Self.draftsMax || gatheredBytes >= Self.bytesMax { try handOver() }
  }

  /// Stores all that was added.
  func finish() throws {
    try handOver()
    while !underWay.isEmpty { try store(underWay.removeFirst()) }
  }

  /// Has what was gathered made, and stores the oldest batch if there are enough.
  private func handOver() throws {
    guard !gathered.isEmpty else { return }
    let batch = Batch()
    let (drafts, keys, zones) = (gathered, log.keys, log.environment.zones)
    helpers.run { batch.make(drafts, keys, zones) }
    underWay.append(batch)
    gathered = []
    gatheredBytes = 0
    if underWay.count >= Self.batchesMax { try store(underWay.removeFirst()) }
  }

  private func store(_ batch: Batch) throws {
    let all = try batch.wait()
    for made in all {
      try log.insert(made.operation, of: made.record)
      waitingCount -= 1
    }
    // To take apart what they are made of takes as long as storing some of them.
    helpers.run { batch.forget() }
  }
}

extension BulkIssue {
  /// An operation that has a name and is not made yet.
  private struct Draft: Sendable {
    let change: RecordChange
    let id: OperationID
    let timestamp: Timestamp
  }

  private struct Made: Sendable {
    let operation: StoredOperation
    let record: NewRecord
  }

  /// Operations that are being made.
  private final class Batch: Sendable {
    private let result = Mutex<Result<[Made], ChangeError>?>(nil)
    private let isDone = DispatchSemaphore(value: 0)

    func make(_ drafts: [Draft], _ keys: JournalKeys, _ zones: ZoneRules) {
      let made = Result { () throws(ChangeError) in
        try drafts.map { draft throws(ChangeError) in
          let operation = try keys.makeOperation(
            draft.change, id: draft.id, timestamp: draft.timestamp)
          return Made(
            operation: operation,
            record: NewRecord(first: draft.change, of: operation.header, zones: zones))
        }
      }
      result.withLock { $0 = made }
      isDone.signal()
    }

    func wait() throws -> [Made] {
      isDone.wait()
      return try result.withLock { try $0?.get() ?? [] }
    }

    func forget() {
      result.withLock { $0 = nil }
    }
  }
}
