import OperationLog
import ServerCore
import SyncProtocol
import TestSupport
import Testing

/// Any order, duplication and paging of the same operations ends the same. Each failure prints
/// its seed as the test's argument.
@Suite struct ConvergenceTests {
  /// Operations of a few devices on a few registers, with equal timestamps and erases, and what
  /// must become of them.
  private struct History {
    var operationsByDevice: [[Envelope]] = []
    var kept: Set<Envelope> = []
    var winnersByTag: [RegisterTag: Stamp] = [:]

    init(_ account: AccountID, _ random: inout SeededGenerator) {
      let make = SampleOperations(account: account)
      var all: [Envelope] = []
      for device in 1...UInt64.random(in: 1...5, using: &random) {
        var operations: [Envelope] = []
        for sequence in 1...UInt64.random(in: 1...30, using: &random) {
          let victims =
            Int.random(in: 0..<12, using: &random) == 0 ? all.shuffled(using: &random) : []
          operations.append(
            make.envelope(
              device: device, sequence: sequence,
              milliseconds: SyncTests.now + Int64.random(in: 0...20, using: &random),
              tags: victims.isEmpty
                ? (0...Int.random(in: 0...4, using: &random)).map { _ in
                  Int.random(in: 0...12, using: &random)
                } : [],
              erased: victims.prefix(4).map(\.asErased),
              byteCount: Int.random(in: 1...300, using: &random)))
          if let last = operations.last { all.append(last) }
        }
        operationsByDevice.append(operations)
      }
      let erased = Set(all.flatMap(\.header.erased))
      for operation in all {
        guard !erased.contains(operation.asErased) || !operation.header.erased.isEmpty else {
          kept.insert(operation.stub)
          continue
        }
        kept.insert(operation)
        for tag in operation.header.tags
        where operation.header.stamp.wins(over: winnersByTag[tag]) {
          winnersByTag[tag] = operation.header.stamp
        }
      }
    }

    var digest: StateDigest {
      var digest = StateDigest()
      for (tag, stamp) in winnersByTag { digest.insert(tag, winner: stamp.id) }
      return digest
    }

    var liveIDs: Set<OperationID> { Set(winnersByTag.values.map(\.id)) }

    /// The requests of devices that push now one, now another, and now and then repeat themselves.
    func requests(_ random: inout SeededGenerator) -> [[Envelope]] {
      var requests: [[Envelope]] = []
      var rest = operationsByDevice.map { $0[...] }
      while let device = rest.indices.filter({ !rest[$0].isEmpty }).randomElement(using: &random) {
        let count = Int.random(in: 1...8, using: &random)
        requests.append(Array(rest[device].prefix(count)))
        rest[device] = rest[device].dropFirst(count)
        if Bool.random(using: &random), let old = requests.randomElement(using: &random) {
          requests.append(old)
        }
      }
      return requests
    }
  }

  private static func limits(_ random: inout SeededGenerator) -> ServerLimits {
    var limits = ServerLimits()
    limits.pageOperationsMax = Int.random(in: 1...20, using: &random)
    limits.pageBytesMax = Int.random(in: 100...3_000, using: &random)
    return limits
  }

  private static func expect(
    _ server: TestServer, holds history: History, _ session: Session
  ) async throws {
    #expect(try await server.storage.read { try JournalCheck.findings(in: $0) } == [])
    let plain = try await server.pullAll(session)
    #expect(plain.allSatisfy { $0.answer.stateDigest == history.digest })
    #expect(plain.flatMap(\.operations).count == history.kept.count)
    #expect(Set(plain.flatMap(\.operations)) == history.kept)

    let live = try await server.pullAll(live: true, session)
    #expect(live.flatMap(\.operations).count == history.kept.count)
    #expect(Set(live.flatMap(\.operations)) == history.kept)
    let liveCount = live.reduce(0) { $0 + $1.answer.liveCount }
    #expect(liveCount == history.liveIDs.count)
    #expect(Set(live.flatMap(\.ids).prefix(liveCount)) == history.liveIDs)
  }

  @Test(arguments: StorageKind.allCases, SeededGenerator.seeds)
  func `pushed by devices in any order, more than once`(
    _ kind: StorageKind, _ seed: UInt64
  ) async throws {
    var random = SeededGenerator(seed: seed)
    let server = try await TestServer(kind, limits: Self.limits(&random))
    let session = try await server.session()
    let history = History(session.account, &random)
    for request in history.requests(&random) {
      let answer = try await server.push(request, session)
      #expect(answer.reasons.allSatisfy { $0 == .erased })
    }
    try await Self.expect(server, holds: history, session)
  }

  @Test(arguments: StorageKind.allCases, SeededGenerator.seeds)
  func `put back by a rebuild in any order, stubs and all`(
    _ kind: StorageKind, _ seed: UInt64
  ) async throws {
    var random = SeededGenerator(seed: seed)
    let server = try await TestServer(kind, limits: Self.limits(&random))
    let session = try await server.session()
    let history = History(session.account, &random)
    // Stubs may come in a later request than their erases, not in an earlier one.
    let erases = history.kept.filter { !$0.header.erased.isEmpty }
    var rest = (history.kept.subtracting(erases)).shuffled(using: &random)[...]
    var answer = try await server.push(erases.shuffled(using: &random), rebuild: true, session)
    #expect(answer.answer.refusals.isEmpty)
    while !rest.isEmpty {
      let count = Int.random(in: 1...10, using: &random)
      answer = try await server.push(Array(rest.prefix(count)), rebuild: true, session)
      #expect(answer.answer.refusals.isEmpty)
      rest = rest.dropFirst(count)
    }
    try await Self.expect(server, holds: history, session)
  }

  @Test(arguments: StorageKind.allCases, SeededGenerator.seeds)
  func `pulled live while others push, nothing within the first heads is missed`(
    _ kind: StorageKind, _ seed: UInt64
  ) async throws {
    var random = SeededGenerator(seed: seed)
    let server = try await TestServer(kind, limits: Self.limits(&random))
    let session = try await server.session()
    let history = History(session.account, &random)
    let requests = history.requests(&random)
    let early = Int.random(in: 0...requests.count, using: &random)
    for request in requests[..<early] { _ = try await server.push(request, session) }
    let first = try await server.push([], session).answer.heads
    let late = requests[early...]
    let pages = try await server.pullAll(live: true, session) { page in
      guard page <= late.count else { return }
      _ = try await server.push(late[late.startIndex + page - 1], session)
    }
    var pulled = VersionVector()
    for id in pages.flatMap(\.ids) { pulled.insert(id) }
    for head in first { #expect(pulled[head.device] == head.sequences) }
    // Nothing beyond them either: those come with the next request.
    #expect(pulled.devices.count == first.count)
  }
}
