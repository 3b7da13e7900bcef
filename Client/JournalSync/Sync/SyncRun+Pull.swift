import JournalSealing
import JournalStore
import OperationLog
import SyncProtocol

extension SyncRun {
  /// Operations opened at a time: one batch is stored while the next is being opened.
  private static let batchCount = 400

  /// Stores all that an answer and its further pages bring; returns the last page, without its
  /// operations. While a page is opened and stored, the next is on its way.
  mutating func pull(_ first: WireSyncResponse) async throws -> WireSyncResponse {
    if !first.token.isEmpty { isBulk = true }
    var page = first
    var received = 0
    while true {
      received += page.operations.count
      let rest = page.withoutOperations
      guard received <= rest.operationsMax else {
        throw SyncFailure(.malformedAnswer, detail: "it goes on without end")
      }
      guard !rest.token.isEmpty else {
        try await take(page.operations)
        return rest
      }
      guard !page.operations.isEmpty else {
        throw SyncFailure(.malformedAnswer, detail: "it goes on without end")
      }
      async let next = following(rest)
      let operations = page.operations
      page = WireSyncResponse()
      try await take(operations)
      page = try await next
    }
  }

  private func following(_ page: WireSyncResponse) async throws -> WireSyncResponse {
    var message = WireSyncRequest()
    message.token = page.token
    return try await conversation.sync(message)
  }

  private mutating func take(_ envelopes: [WireEnvelope]) async throws {
    guard !envelopes.isEmpty else { return }
    let keys = keys
    var start = 0
    var batch = Self.open(envelopes[..<min(Self.batchCount, envelopes.count)], keys)
    while true {
      start += Self.batchCount
      guard start < envelopes.count else { return try apply(batch) }
      let next = envelopes[start..<min(start + Self.batchCount, envelopes.count)]
      async let opened = Self.openElsewhere(next, keys)
      try apply(batch)
      batch = await opened
      try Task.checkCancellation()
    }
  }

  private mutating func apply(_ batch: OpenedBatch) throws {
    for id in batch.refused { report.warn(.refused(id)) }
    if batch.unreadableCount > 0 { report.warn(.unreadable(count: batch.unreadableCount)) }
    guard !batch.operations.isEmpty else { return }
    let outcome = try store.apply(batch.operations, bulk: isBulk)
    report.pulled += outcome.operations
    report.conflicts += outcome.conflicts.count
    if !outcome.returned.isEmpty { report.warn(.backFromTrash(count: outcome.returned.count)) }
    for id in outcome.contradictions { report.warn(.differs(id)) }
    if let device = outcome.newDevice { try tellFork(device) }
    progress?(.pulling(report.pulled))
  }
}

/// Operations that came, sorted into what is to be believed and what is not.
private struct OpenedBatch: Sendable {
  var operations: [OpenedOperation] = []
  var refused: [OperationID] = []
  var unreadableCount = 0
}

extension SyncRun {
  @concurrent
  private static func openElsewhere(
    _ envelopes: ArraySlice<WireEnvelope>, _ keys: JournalKeys
  ) async -> OpenedBatch {
    open(envelopes, keys)
  }

  private static func open(
    _ envelopes: ArraySlice<WireEnvelope>, _ keys: JournalKeys
  ) -> OpenedBatch {
    var batch = OpenedBatch()
    batch.operations.reserveCapacity(envelopes.count)
    for message in envelopes {
      guard let envelope = Envelope(message, account: keys.account) else {
        batch.unreadableCount += 1
        continue
      }
      do {
        batch.operations.append(try keys.open(envelope))
      } catch {
        batch.refused.append(error.id)
      }
    }
    return batch
  }
}

extension WireSyncResponse {
  fileprivate var withoutOperations: WireSyncResponse {
    var rest = self
    rest.operations = []
    return rest
  }

  /// More than an honest server sends, which sends each once, or twice if it changed meanwhile.
  fileprivate var operationsMax: Int {
    let known = heads.reduce(0) { $0 + Int(clamping: $1.beyond.last ?? $1.sequence) }
    return known.multipliedReportingOverflow(by: 2).overflow ? .max : 2 * known + 10_000
  }
}
