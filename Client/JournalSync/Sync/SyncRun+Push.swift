private import Foundation
import JournalSealing
import JournalStore
import OperationLog
import SyncProtocol

/// Operations to push in one request.
struct PushPage {
  var operations: [StoredOperation] = []
  /// There may be more than these.
  var mayBeFollowed = false
}

/// What became of pushed operations.
struct PushResult {
  /// The first that the server knows with another content.
  var forked: OperationID?
  /// The first that the server finds too late.
  var mistimed: OperationHeader?
  var hasGap = false
  var isOutOfRoom = false
  var malformed: OperationID?
  /// The first that was not refused, and that the server's own heads do not show either.
  var unconfirmed: OperationID?
  /// Those that the server takes without their content, for it knows an erase that lists them.
  var erased: [OperationID] = []
  /// From where on a device's operations were not taken.
  var refusedFrom: [DeviceID: Sequence] = [:]
}

extension SyncRun {
  func nextPage() throws -> PushPage {
    let operations = try store.unsent(
      limitOperations: PageSize.operations, limitBytes: PageSize.bytes)
    let bytes = operations.reduce(0) { $0 + $1.payload.count }
    let endsBeforePresentDevice =
      try operations.last.map { $0.header.device != (try store.device) } ?? false
    return PushPage(
      operations: operations,
      mayBeFollowed: operations.count >= PageSize.operations || bytes >= PageSize.bytes / 2
        || endsBeforePresentDevice)
  }

  mutating func send(
    _ page: PushPage, isLast: Bool, have: [DeviceKnowledge] = [], isLive: Bool = false
  ) async throws -> WireSyncResponse {
    var message = WireSyncRequest()
    message.have = have.messages
    message.operations = try sealed(page.operations)
    message.live = isLive
    message.pushOnly = !isLast
    let sentAt = client.environment.wallClockMilliseconds()
    let answer = try await conversation.sync(message)
    clock = comparison(of: answer, sentAt: sentAt)
    return answer
  }

  func sealed(_ operations: [StoredOperation]) throws -> [WireEnvelope] {
    try operations.map { try keys.seal($0).message }
  }

  /// Notes what was accepted, durably, and says what was not.
  mutating func settle(_ page: PushPage, _ answer: WireSyncResponse) throws -> PushResult {
    guard !page.operations.isEmpty else { return PushResult() }
    var result = PushResult(answer.refusals, of: page)
    try checkConfirmed(page, try Heads(answer), &result)
    var through: [DeviceID: Sequence] = [:]
    for operation in page.operations {
      let header = operation.header
      if let refused = result.refusedFrom[header.device], header.sequence >= refused { continue }
      through[header.device] = max(through[header.device] ?? .none, header.sequence)
      if !deviceRecord.isWritten(by: header) { report.pushed += 1 }
    }
    if !through.isEmpty { try store.markAccepted(through) }
    saidErased.formUnion(result.erased)
    progress?(.pushing(report.pushed))
    return result
  }

  /// An operation is accepted when the server's own heads show it. That nothing was refused is not
  /// enough, for so it is in an old answer that is played again: if a copy of this journal was
  /// first with another operation of that name, ours could never get another name any more.
  private func checkConfirmed(
    _ page: PushPage, _ heads: Heads, _ result: inout PushResult
  ) throws {
    let knownByDevice = Dictionary(
      try store.known().map { ($0.device, $0) }, uniquingKeysWith: { $1 })
    var isSameByDevice: [DeviceID: Bool] = [:]
    for header in page.operations.lazy.map(\.header) {
      let device = header.device
      if let refused = result.refusedFrom[device], refused <= header.sequence { continue }
      let isSame =
        try isSameByDevice[device] ?? goesBack(heads.byDevice[device], to: knownByDevice[device])
      isSameByDevice[device] = isSame
      guard !isSame || !heads[device].contains(header.sequence) else { continue }
      result.refusedFrom[device] = header.sequence
      result.unconfirmed = result.unconfirmed ?? header.id
    }
  }

  /// Whether a head is of operations that are all known here. Of one that lies beyond them nobody
  /// can tell yet.
  private func goesBack(_ head: KnownDevice?, to known: DeviceKnowledge?) throws -> Bool {
    guard let head, let known, head.sequences.gapless <= known.sequences.gapless
    else { return false }
    return try store.differing(known, head) == nil
  }
}

extension PushResult {
  init(_ refusals: [WireRefusal], of page: PushPage) {
    let headersByID = Dictionary(
      page.operations.map { ($0.header.id, $0.header) }, uniquingKeysWith: { $1 })
    for refusal in refusals {
      let id = OperationID(
        device: DeviceID(rawValue: refusal.device), sequence: Sequence(refusal.sequence))
      // What was not asked about is no answer.
      guard let header = headersByID[id] else { continue }
      if refusal.reason == .erased {
        erased.append(id)
        continue
      }
      refusedFrom[id.device] = min(refusedFrom[id.device] ?? id.sequence, id.sequence)
      switch refusal.reason {
      case .fork: forked = min(forked ?? id, id)
      case .timestamp: mistimed = mistimed ?? header
      case .gap: hasGap = true
      case .quota: isOutOfRoom = true
      case .malformed, .unspecified, .UNRECOGNIZED: malformed = malformed ?? id
      case .erased: break
      }
    }
    // All that follows something refused is a gap for the server: no gap of its own.
    if forked != nil || mistimed != nil || isOutOfRoom || malformed != nil { hasGap = false }
  }
}

extension [DeviceKnowledge] {
  /// With as many ranges beyond gaps as a request may hold: a restore that was cut short leaves a
  /// gap for each operation that a later one has replaced.
  var messages: [WireKnown] {
    var rangesLeft = ProtocolLimits.haveRangesMax
    return sorted { $0.device < $1.device }.map { knowledge in
      let ranges = knowledge.sequences.beyond.prefix(rangesLeft)
      rangesLeft -= ranges.count
      return KnownDevice(
        device: knowledge.device,
        sequences: KnownSequences(
          gapless: knowledge.sequences.gapless, beyond: [ClosedRange<Sequence>](ranges)),
        digest: knowledge.digest
      ).message
    }
  }
}
