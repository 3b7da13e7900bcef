private import Foundation
private import Glibc
internal import JournalModel

extension ImportRun {
  /// Reads sources on a thread of its own, ahead of what is done on this one with the records.
  ///
  /// - Parameter take: gets the records in their order, on the thread that called.
  /// - Throws: what `read` throws; the reading has ended then.
  package static func readingAhead(
    _ sources: [ImportSource], as format: ImportFormat?, _ settings: ImportSettings,
    take: (ImportedChange) throws -> Void
  ) throws -> ImportRun {
    let records = RecordQueue()
    let reader = Thread {
      // Of this thread alone, on Linux: who takes the records goes first.
      _ = setpriority(Int32(PRIO_PROCESS.rawValue), 0, 5)
      records.end(
        Result {
          var run = ImportRun(settings)
          for source in sources { try run.read(source, as: format) { try records.add($0) } }
          return run
        })
    }
    // As much as a main thread has: a file may be nested deeply.
    reader.stackSize = 8 << 20
    reader.start()
    do {
      while let batch = records.next() { for record in batch { try take(record) } }
    } catch {
      records.abandon()
      throw error
    }
    return try records.reading()
  }
}

/// Records between the thread that reads and the one that takes them: some batches, not more, so
/// that the reader is never far ahead.
private final class RecordQueue: @unchecked Sendable {
  /// Guards all that both threads touch, and is signalled when it changes.
  private let condition = NSCondition()
  private var batches: [[ImportedChange]] = []
  private var isAbandoned = false
  private var result: Result<ImportRun, any Error>?

  // Of the reader alone.
  private var gathered: [ImportedChange] = []
  private var gatheredBytes = 0

  private static let batchesMax = 32
  private static let recordsMax = 64
  private static let bytesMax = 1 << 18

  private struct Abandoned: Error {}
}

// The thread that reads.
extension RecordQueue {
  /// - Throws: when nobody takes any more.
  func add(_ record: ImportedChange) throws {
    gathered.append(record)
    gatheredBytes += record.change.textBytes
    if gathered.count >= Self.recordsMax || gatheredBytes >= Self.bytesMax { try handOver() }
  }

  func end(_ result: Result<ImportRun, any Error>) {
    var result = result
    do { try handOver() } catch { result = .failure(error) }
    condition.withLock {
      self.result = result
      condition.signal()
    }
  }

  private func handOver() throws {
    try condition.withLock {
      while batches.count >= Self.batchesMax && !isAbandoned { condition.wait() }
      if isAbandoned { throw Abandoned() }
      batches.append(gathered)
      condition.signal()
    }
    gathered = []
    gatheredBytes = 0
  }
}

// The thread that takes.
extension RecordQueue {
  /// The next records; `nil` after the last.
  func next() -> [ImportedChange]? {
    condition.withLock {
      while batches.isEmpty && result == nil { condition.wait() }
      guard !batches.isEmpty else { return nil }
      condition.signal()
      return batches.removeFirst()
    }
  }

  /// Has the reader stop at the next record, and waits until it has.
  func abandon() {
    condition.withLock {
      isAbandoned = true
      condition.signal()
      while result == nil { condition.wait() }
    }
  }

  /// What the reading came to, after the last records.
  func reading() throws -> ImportRun {
    guard let result = condition.withLock({ result }) else { throw Abandoned() }
    return try result.get()
  }
}
