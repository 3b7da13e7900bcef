private import Foundation
internal import JournalModel
private import Synchronization

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
    return try records.result()
  }
}

/// Records between the thread that reads and the one that takes them: some batches, not more, so
/// that the reader is never far ahead.
private final class RecordQueue: Sendable {
  private struct State {
    var gathered: [ImportedChange] = []
    var gatheredBytes = 0
    var batches: [[ImportedChange]] = []
    var isAbandoned = false
    var result: Result<ImportRun, any Error>?
  }

  private let state = Mutex(State())
  private let room = DispatchSemaphore(value: 32)
  private let news = DispatchSemaphore(value: 0)

  private static let recordsMax = 64
  private static let bytesMax = 1 << 18

  private struct Abandoned: Error {}
}

// The thread that reads.
extension RecordQueue {
  func add(_ record: ImportedChange) throws {
    let isFull = state.withLock {
      $0.gathered.append(record)
      $0.gatheredBytes += record.change.textBytes
      return $0.gathered.count >= Self.recordsMax || $0.gatheredBytes >= Self.bytesMax
    }
    if isFull { try handOver() }
  }

  func end(_ result: Result<ImportRun, any Error>) {
    var result = result
    do { try handOver() } catch { result = .failure(error) }
    state.withLock { $0.result = result }
    news.signal()
  }

  private func handOver() throws {
    try state.withLock { if $0.isAbandoned { throw Abandoned() } }
    room.wait()
    try state.withLock {
      if $0.isAbandoned { throw Abandoned() }
      $0.batches.append($0.gathered)
      $0.gathered = []
      $0.gatheredBytes = 0
    }
    news.signal()
  }
}

// The thread that takes.
extension RecordQueue {
  /// The next records; `nil` after the last.
  func next() -> [ImportedChange]? {
    news.wait()
    let batch = state.withLock { $0.batches.isEmpty ? nil : $0.batches.removeFirst() }
    if batch != nil { room.signal() }
    return batch
  }

  /// Has the reader stop at the next record, and waits until it has.
  func abandon() {
    state.withLock { $0.isAbandoned = true }
    room.signal()
    while state.withLock({ $0.result == nil }) { news.wait() }
  }

  /// What the reading came to, after the last records.
  func result() throws -> ImportRun {
    guard let result = state.withLock({ $0.result }) else { throw Abandoned() }
    return try result.get()
  }
}
