import JournalSealing
import JournalStore
import OperationLog
import SyncProtocol

/// What a rebuild has sent and heard.
private struct Rebuild {
  var page: [StoredOperation] = []
  var pageBytes = 0
  /// Sent, and not refused.
  var sent = VersionVector()
  var sentCount = 0
  /// Refused for want of the erase that lists them, which may come after them.
  var stubs: [StoredOperation] = []
  var isSecondPass = false
  var lastAnswer: WireSyncResponse?
}

extension SyncRun {
  /// Gives the server what it lacks: any device's operations, and what remains of erased ones.
  mutating func rebuild(_ ranges: [OperationRange]) async throws {
    guard !ranges.isEmpty else { return }
    try doubtRevocations()
    // A stub is taken only where the erase that lists it is known.
    try await sendErases()
    var rebuild = Rebuild()
    for range in ranges {
      var start = range.sequences.lowerBound
      while start <= range.sequences.upperBound {
        let operations = try store.operations(
          of: range.device, start...range.sequences.upperBound,
          limitOperations: PageSize.operations - rebuild.page.count,
          limitBytes: PageSize.bytes - rebuild.pageBytes)
        guard let last = operations.last?.header.sequence else { break }
        for operation in operations { try await add(operation, to: &rebuild) }
        start = last.next
      }
    }
    try await send(&rebuild)
    rebuild.isSecondPass = true
    let stubs = rebuild.stubs
    for stub in stubs { try await add(stub, to: &rebuild) }
    try await send(&rebuild)
    try tell(rebuild)
    try await revokeAgain()
  }

  private mutating func add(
    _ operation: StoredOperation, to rebuild: inout Rebuild
  ) async throws {
    rebuild.page.append(operation)
    rebuild.pageBytes += operation.payload.count
    if rebuild.page.count >= PageSize.operations || rebuild.pageBytes >= PageSize.bytes / 2 {
      try await send(&rebuild)
    }
  }

  private mutating func send(_ rebuild: inout Rebuild) async throws {
    guard !rebuild.page.isEmpty else { return }
    var message = WireSyncRequest()
    message.operations = try sealed(rebuild.page)
    message.rebuild = true
    message.pushOnly = true
    let answer = try await conversation.sync(message)
    var operationsByID = Dictionary(
      rebuild.page.map { ($0.header.id, $0) }, uniquingKeysWith: { $1 })
    (rebuild.page, rebuild.pageBytes) = ([], 0)
    for refusal in answer.refusals {
      let id = OperationID(
        device: DeviceID(rawValue: refusal.device), sequence: Sequence(refusal.sequence))
      // What was not asked about is no answer.
      guard let operation = operationsByID.removeValue(forKey: id) else { continue }
      switch refusal.reason {
      case .quota: throw SyncFailure(.storageFull)
      case .fork: try tellContested(id)
      case .erased: break
      case .malformed where operation.isStub && !rebuild.isSecondPass:
        rebuild.stubs.append(operation)
      default: report.warn(.notAccepted(id))
      }
    }
    for id in operationsByID.keys.sorted() { rebuild.sent.insert(id) }
    rebuild.sentCount += operationsByID.count
    rebuild.lastAnswer = answer
  }

  private mutating func tell(_ rebuild: Rebuild) throws {
    guard rebuild.sentCount > 0, let answer = rebuild.lastAnswer else { return }
    let heads = try Heads(answer)
    var keptCount = rebuild.sentCount
    for device in rebuild.sent.devices {
      let missing = rebuild.sent[device].missing(in: heads[device])
      guard let first = missing.first?.lowerBound else { continue }
      report.warn(.notKept(OperationID(device: device, sequence: first)))
      keptCount -= missing.reduce(0) {
        $0 + Int($1.upperBound.rawValue - $1.lowerBound.rawValue) + 1
      }
    }
    if keptCount > 0 {
      report.warn(
        link.isNewServer ? .broughtAlong(operations: keptCount) : .rebuilt(operations: keptCount))
    }
    let (known, stateDigest) = try store.knownWithDigest()
    compareSums(heads, known, stateDigest)
  }
}
