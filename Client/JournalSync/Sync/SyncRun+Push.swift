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
    return PushPage(
      operations: operations,
      mayBeFollowed: operations.count >= PageSize.operations || bytes >= PageSize.bytes / 2)
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
    let result = PushResult(answer.refusals, of: page)
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
  var messages: [WireKnown] {
    sorted { $0.device < $1.device }.map {
      KnownDevice(device: $0.device, sequences: $0.sequences, digest: $0.digest).message
    }
  }
}
