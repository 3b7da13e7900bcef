import OperationLog
import ServerCore
import SyncProtocol
import TestSupport
import Testing

/// Nine operations, three of each device, reach the server in every order that there is: whatever
/// comes late or twice, it holds the same in the end.
@Suite struct ArrivalTests {
  /// What the operations of each device write, and when, in milliseconds.
  struct Scenario: Sendable, CustomStringConvertible {
    let description: String
    let operationsByDevice: [[(milliseconds: Int64, tags: [Int])]]
    /// The last of the third device erases the first two of the others.
    var erases = false

    static let all = [
      Scenario(
        description: "one register, each at another time",
        operationsByDevice: [
          [(1, [1]), (4, [1]), (7, [1])], [(2, [1]), (5, [1]), (8, [1])],
          [(3, [1]), (6, [1]), (9, [1])],
        ]),
      Scenario(
        description: "several registers, all at the same time",
        operationsByDevice: [
          [(1, [1, 2]), (1, [2, 3]), (1, [4])], [(1, [1]), (1, [2, 4]), (1, [3])],
          [(1, [3]), (1, [1, 4]), (1, [5])],
        ]),
      Scenario(
        description: "clocks that go back",
        operationsByDevice: [
          [(9, [1, 2]), (2, [1, 3]), (5, [3])], [(8, [1]), (8, [2, 3]), (1, [4])],
          [(3, [4]), (7, [2, 4]), (6, [1])],
        ]),
      Scenario(
        description: "an erase",
        operationsByDevice: [
          [(1, [1, 2]), (2, [1]), (3, [3])], [(2, [1, 3]), (9, [2]), (4, [2])],
          [(1, [1]), (5, [3]), (6, [])],
        ],
        erases: true),
    ]

    func envelopes(_ account: AccountID) -> [[Envelope]] {
      let make = SampleOperations(account: account)
      var envelopes = operationsByDevice.enumerated().map { device, operations in
        operations.enumerated().map { index, operation in
          make.envelope(
            device: UInt64(device + 1), sequence: UInt64(index + 1),
            milliseconds: SyncTests.now + operation.milliseconds, tags: operation.tags)
        }
      }
      guard erases else { return envelopes }
      envelopes[2][2] = make.envelope(
        device: 3, sequence: 3, milliseconds: SyncTests.now + 6,
        erased: (envelopes[0][..<2] + envelopes[1][..<2]).map(\.asErased))
      return envelopes
    }
  }

  @Test(arguments: Scenario.all)
  func `every order of arrival, with any one operation late or twice, ends the same`(
    _ scenario: Scenario
  ) async throws {
    let storage = InMemoryStorage()
    let server = try await TestServer(over: storage)
    let session = try await server.session()
    let envelopes = scenario.envelopes(session.account)
    let expected = try await Replica(of: storage, server.clock, session).ending(
      with: [envelopes.flatMap { $0 }])
    #expect(expected.heads.map(\.sequences.gapless) == Array(repeating: Sequence(3), count: 3))
    #expect(expected.findings == [])

    var orders: [[Envelope]] = []
    var late: Set<[OperationID]> = []
    var different = 0
    eachInterleaving(ofCounts: [3, 3, 3]) { order in
      var next = [0, 0, 0]
      orders.append(
        order.map { device in
          defer { next[device] += 1 }
          return envelopes[device][next[device]]
        })
    }
    for order in orders {
      // One by one and each twice, then all again at once.
      let replica = try await Replica(of: storage, server.clock, session)
      let pages = order.flatMap { [[$0], [$0]] } + [order]
      if try await replica.ending(with: pages) != expected { different += 1 }
      for index in order.indices {
        var rest = order
        let last = rest.remove(at: index)
        // The same rest comes from several orders.
        guard late.insert((rest + [last]).map(\.header.id)).inserted else { continue }
        let replica = try await Replica(of: storage, server.clock, session)
        let ending = try await replica.ending(with: [rest, [last], [last]], isRebuild: true)
        if ending != expected { different += 1 }
      }
    }
    #expect(orders.count == 1_680)
    #expect(late.count == 5_040)
    #expect(different == 0)
  }

  /// A server of its own that starts with what another holds.
  private struct Replica {
    struct Ending: Equatable {
      let operationBytes: [UInt8]
      let heads: [KnownDevice]
      let digest: StateDigest
      let findings: [String]
    }

    let storage: InMemoryStorage
    let service: SyncService
    let session: Session

    init(of storage: InMemoryStorage, _ clock: ManualClock, _ session: Session) async throws {
      self.storage = await storage.copy()
      self.session = session
      service = SyncService(storage: self.storage, news: News(), clock: clock)
    }

    /// Pushes page after page, and says what the server holds in the end. A rebuild takes
    /// operations in any order.
    func ending(with pages: [[Envelope]], isRebuild: Bool = false) async throws -> Ending {
      for page in pages {
        var request = SyncRequest()
        request.operations = page.map(PushedOperation.init)
        request.rebuild = isRebuild
        request.pushOnly = true
        _ = try await service.sync(request, session: session)
      }
      guard case .answer(let answer) = try await service.sync(SyncRequest(), session: session)
      else { throw Unexpected(what: "no answer") }
      return Ending(
        operationBytes: answer.operationBytes, heads: answer.heads, digest: answer.stateDigest,
        findings: try await storage.read { try JournalCheck.findings(in: $0) })
    }
  }
}
