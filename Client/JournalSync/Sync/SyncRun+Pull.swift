import JournalModel
import JournalSealing
import JournalStore
import OperationLog
import SyncProtocol

extension SyncRun {
  /// What is opened at a time, and then stored in one transaction while the next is opened. Each
  /// transaction costs the disk the same few waits, so few large ones; memory sets the limit.
  private enum BatchSize {
    static let operations = 4_000
    static let bytes = 2 << 20
  }

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
        try applyOpened()
        refuseStubs()
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

  /// Opens these, while what was opened before is stored; leaves the last of them to be stored.
  private mutating func take(_ envelopes: [WireEnvelope]) async throws {
    let keys = keys
    var rest = envelopes[...]
    while !rest.isEmpty {
      let next = Self.nextBatch(of: &rest)
      async let opened = Self.open(next, keys)
      try applyOpened()
      openedBatch = await opened
      try Task.checkCancellation()
    }
  }

  private static func nextBatch(of rest: inout ArraySlice<WireEnvelope>) -> ArraySlice<WireEnvelope>
  {
    var bytes = 0
    let batch = rest.prefix(BatchSize.operations).prefix { envelope in
      defer { bytes += envelope.sealed.count }
      return bytes < BatchSize.bytes
    }
    rest = rest[batch.endIndex...]
    return batch
  }

  private mutating func applyOpened() throws {
    let batch = openedBatch
    openedBatch = OpenedBatch()
    for id in batch.refused {
      missing.refuse(id)
      report.warn(.refused(id))
    }
    if batch.unreadableCount > 0 { report.warn(.unreadable(count: batch.unreadableCount)) }
    guard !batch.operations.isEmpty else { return }
    try apply(batch.operations)
  }

  /// Stores operations; with an erase, also the stubs that came before it.
  private mutating func apply(_ operations: [OpenedOperation]) throws {
    for write in operations.lazy.compactMap(\.change).flatMap(\.writes) {
      write.seen.forEach { missing.see($0) }
    }
    let now = WallClock.clamped(client.environment.wallClockMilliseconds())
    for operation in operations { heard.note(operation.operation.header, now: now) }
    // Together with them, for they come but once.
    let notes = try notes(of: operations)
    let outcome = try store.apply(operations, bulk: isBulk, with: notes.settings)
    (heard, keptMissing) = (notes.heard, notes.missing)
    report.pulled += outcome.operations
    report.conflicts += outcome.conflicts.count
    try note(outcome)
    survivors += outcome.survivors.filter { !survivors.contains($0) }
    progress?(.pulling(report.pulled))
    unvouchedStubs += outcome.unvouchedStubs
    if outcome.erases > 0, !unvouchedStubs.isEmpty {
      let stubs = unvouchedStubs
      unvouchedStubs = []
      try apply(stubs)
    }
  }

  /// What is to be kept of operations that are about to be stored.
  private struct Notes {
    var settings: [SettingName: [UInt8]?] = [:]
    var heard: HeardDevices
    var missing: KnownMissing
  }

  private func notes(of operations: [OpenedOperation]) throws -> Notes {
    var missing = missing
    var known = VersionVector(try store.known())
    // Stubs may not be believed.
    for header in operations.lazy.filter({ $0.change != nil }).map(\.operation.header) {
      if known.contains(header.id), let own = try store.digest(of: header.id), own != header.digest
      {
        missing.contest(header.id, by: own)
      }
      known.insert(header.id)
    }
    var notes = Notes(heard: heard, missing: missing.pruned(by: known))
    if let times = try notes.heard.setting(in: store) { notes.settings[.heard] = .some(times) }
    if notes.missing != keptMissing {
      notes.settings[.knownMissing] = .some(try notes.missing.setting)
    }
    return notes
  }

  /// At the end of a pull nobody vouches any more for the stubs that are left. They were never
  /// stored, so they are asked for again next time.
  private mutating func refuseStubs() {
    for id in unvouchedStubs.map(\.operation.header.id) {
      missing.refuse(id)
      report.warn(.unvouchedStub(id))
    }
    unvouchedStubs = []
  }
}

/// Operations that came, sorted into what is to be believed and what is not.
struct OpenedBatch: Sendable {
  var operations: [OpenedOperation] = []
  var refused: [OperationID] = []
  var unreadableCount = 0
}

extension SyncRun {
  @concurrent
  static func open(
    _ envelopes: ArraySlice<WireEnvelope>, _ keys: JournalKeys
  ) async -> OpenedBatch {
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
  var operationsMax: Int {
    // No answer holds so many heads that these sums overflow.
    let known = heads.reduce(0) {
      $0 + Int(min($1.beyond.last ?? $1.sequence, Sequence.max.rawValue))
    }
    return 2 * known + 10_000
  }
}
