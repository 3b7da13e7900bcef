import OperationLog
import SyncProtocol
import TestSupport
import Testing

@testable import ServerCore

@Suite struct PagingTests {
  @Test func `a token is read back, and only for its account`() throws {
    let account = try #require(AccountID(Array(repeating: 1, count: 16)))
    let other = try #require(AccountID(Array(repeating: 2, count: 16)))
    var token = PageToken(
      account: account, phase: .live, erasedCount: 3,
      ranges: [
        DeviceRange(device: DeviceID(rawValue: 1), sequences: Sequence(1)...Sequence(9)),
        DeviceRange(device: DeviceID(rawValue: 2), sequences: Sequence(4)...Sequence.max),
      ])
    token.rangeIndex = 1
    token.sequence = Sequence(5)
    #expect(PageToken(token.bytes, account: account, rangesMax: 2) == token)
    #expect(PageToken(token.bytes, account: other, rangesMax: 2) == nil)
    #expect(PageToken(token.bytes, account: account, rangesMax: 1) == nil)
    for count in 0..<token.bytes.count {
      #expect(PageToken(Array(token.bytes.prefix(count)), account: account, rangesMax: 2) == nil)
    }
  }

  @Test(arguments: SeededGenerator.seeds)
  func `a token that was changed is refused or answers this account's own`(
    _ seed: UInt64
  ) async throws {
    var random = SeededGenerator(seed: seed)
    var limits = ServerLimits()
    limits.pageOperationsMax = 2
    let server = try await TestServer(.sqlite, limits: limits)
    let (ada, bob) = (try await server.session("ada"), try await server.session("bob"))
    for session in [ada, bob] {
      let make = SampleOperations(account: session.account)
      _ = try await server.push(
        (1...9).map {
          make.envelope(device: $0 % 3 + 1, sequence: ($0 + 2) / 3, milliseconds: 1, tags: [1])
        }.sorted { $0.header.id < $1.header.id }, session)
    }
    let token = try await server.exchange(SyncRequest(), ada).answer.token
    for _ in 1...300 {
      var request = SyncRequest()
      request.token = token
      let position = Int.random(in: 0..<token.count, using: &random)
      request.token[position] = UInt8.random(in: .min ... .max, using: &random)
      switch try await server.sync.sync(request, session: ada) {
      case .answer(let answer):
        let exchange = try Exchange(answer, account: ada.account)
        #expect(exchange.operations.allSatisfy { $0.header.account == ada.account })
      case .malformedToken: break
      default: Issue.record("another outcome")
      }
    }
    var foreign = SyncRequest()
    foreign.token = token
    guard case .malformedToken = try await server.sync.sync(foreign, session: bob) else {
      Issue.record("another account's token was taken")
      return
    }
  }

  @Test(arguments: StorageKind.allCases)
  func `an operation larger than a page travels alone`(_ kind: StorageKind) async throws {
    var limits = ServerLimits()
    limits.pageBytesMax = 500
    let server = try await TestServer(kind, limits: limits)
    let session = try await server.session()
    let make = SampleOperations(account: session.account)
    let sizes = [10, 900, 10, 10]
    _ = try await server.push(
      zip(1..., sizes).map {
        make.envelope(device: 1, sequence: $0, milliseconds: 1, byteCount: $1)
      }, session)
    let pages = try await server.pullAll(session)
    #expect(pages.map(\.operations.count) == [1, 1, 2])
  }

  @Test(arguments: StorageKind.allCases)
  func `a page asked for again is the same page`(_ kind: StorageKind) async throws {
    var limits = ServerLimits()
    limits.pageOperationsMax = 2
    let server = try await TestServer(kind, limits: limits)
    let session = try await server.session()
    let make = SampleOperations(account: session.account)
    let operations = (1...5).map {
      make.envelope(device: 1, sequence: $0, milliseconds: 1, tags: [Int($0)])
    }
    _ = try await server.push(operations, session)
    var request = SyncRequest()
    request.token = try await server.exchange(request, session).answer.token
    // What comes later is not of this answer.
    _ = try await server.push(
      [make.envelope(device: 1, sequence: 6, milliseconds: 1)], session)
    let once = try await server.exchange(request, session)
    #expect(once.operations == Array(operations[2...3]))
    #expect(try await server.exchange(request, session).answer == once.answer)
    request.token = once.answer.token
    let last = try await server.exchange(request, session)
    #expect(last.operations == [operations[4]])
    #expect(last.answer.token.isEmpty)
    #expect(last.answer.heads.map(\.sequences.gapless) == [Sequence(6)])
  }

  @Test(arguments: StorageKind.allCases)
  func `what wins back a register while live pages are sent is not missed`(
    _ kind: StorageKind
  ) async throws {
    var limits = ServerLimits()
    limits.pageOperationsMax = 1
    let server = try await TestServer(kind, limits: limits)
    let session = try await server.session()
    let make = SampleOperations(account: session.account)
    let loser = make.envelope(device: 1, sequence: 1, milliseconds: 1, tags: [1])
    let winner = make.envelope(device: 1, sequence: 2, milliseconds: 2, tags: [1])
    let other = make.envelope(device: 2, sequence: 1, milliseconds: 3, tags: [2])
    _ = try await server.push([loser, winner, other], session)
    let erase = make.envelope(
      device: 3, sequence: 1, milliseconds: 4, erased: [winner.asErased])
    let pages = try await server.pullAll(live: true, session) { page in
      if page == 1 { _ = try await server.push([erase], session) }
    }
    #expect(pages.first?.operations == [winner])
    #expect(Set(pages.flatMap(\.operations)).isSuperset(of: [loser, winner.stub, other]))
  }
}
