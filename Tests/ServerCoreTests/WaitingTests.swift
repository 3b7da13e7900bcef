import OperationLog
import ServerCore
import SyncProtocol
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20))) struct WaitingTests {
  private static func waiting(_ seconds: Int = 50, have: [KnownDevice] = []) -> SyncRequest {
    var request = SyncRequest()
    request.waitSeconds = seconds
    request.have = have
    return request
  }

  private static func operation(_ account: AccountID) -> Envelope {
    SampleOperations(account: account)
      .envelope(device: 1, sequence: 1, milliseconds: SyncTests.now, tags: [1])
  }

  @Test(arguments: StorageKind.allCases)
  func `a push wakes who waits`(_ kind: StorageKind) async throws {
    let server = try await TestServer(kind)
    let session = try await server.session()
    async let waited = server.exchange(Self.waiting(), session)
    await server.clock.someoneSleeps()
    _ = try await server.push([Self.operation(session.account)], session)
    #expect(try await waited.operations == [Self.operation(session.account)])
  }

  @Test(arguments: StorageKind.allCases)
  func `another account's push wakes nobody`(_ kind: StorageKind) async throws {
    let server = try await TestServer(kind)
    let (ada, bob) = (try await server.session("ada"), try await server.session("bob"))
    async let waited = server.exchange(Self.waiting(), ada)
    await server.clock.someoneSleeps()
    _ = try await server.push([Self.operation(bob.account)], bob)
    server.clock.advance(seconds: 50)
    let answer = try await waited
    #expect(answer.operations.isEmpty)
    #expect(answer.answer.serverTime == SyncTests.now + 50_000)
  }

  @Test(arguments: StorageKind.allCases)
  func `who has nothing new to hear of is answered when the time is over`(
    _ kind: StorageKind
  ) async throws {
    let server = try await TestServer(kind)
    let session = try await server.session()
    let heads = try await server.push([Self.operation(session.account)], session).answer.heads
    async let waited = server.exchange(Self.waiting(10, have: heads), session)
    await server.clock.someoneSleeps()
    server.clock.advance(seconds: 10)
    let answer = try await waited
    #expect(answer.operations.isEmpty)
    #expect(answer.answer.heads == heads)
  }

  @Test(arguments: StorageKind.allCases)
  func `there is no waiting where there is something to say`(_ kind: StorageKind) async throws {
    let server = try await TestServer(kind)
    let session = try await server.session()
    // News; then a server that has lost what the client has, and one that has something else.
    let heads = try await server.push([Self.operation(session.account)], session).answer.heads
    #expect(try await server.exchange(Self.waiting(), session).operations.count == 1)
    var lost = heads
    lost[0].sequences = KnownSequences(gapless: Sequence(2))
    #expect(try await server.exchange(Self.waiting(have: lost), session).answer.heads == heads)
    var other = heads
    other[0].digest = OperationDigest(Array(repeating: 0, count: 16))
    #expect(try await server.exchange(Self.waiting(have: other), session).answer.heads == heads)
    // A push is answered at once.
    var push = Self.waiting(have: heads)
    push.operations = [PushedOperation(Self.operation(session.account))]
    #expect(try await server.exchange(push, session).operations.isEmpty)
  }

  @Test(arguments: StorageKind.allCases)
  func `who is revoked while waiting is told, not answered`(_ kind: StorageKind) async throws {
    let server = try await TestServer(kind)
    let ada = try Person("ada")
    try await server.register(ada)
    let (lost, kept) = (try await server.logIn(ada), try await server.logIn(ada))
    async let waited = server.sync.sync(Self.waiting(), session: lost)
    await server.clock.someoneSleeps()
    let outcome = try await server.accounts.revoke(lost.installation.description, session: kept)
    #expect(outcome == .revoked)
    guard case .unauthorized = try await waited else {
      Issue.record("a revoked installation was answered")
      return
    }
  }

  @Test(arguments: StorageKind.allCases)
  func `a server about to end lets nobody wait`(_ kind: StorageKind) async throws {
    let server = try await TestServer(kind)
    let session = try await server.session()
    async let waited = server.exchange(Self.waiting(), session)
    await server.clock.someoneSleeps()
    server.news.end()
    #expect(try await waited.operations.isEmpty)
    #expect(try await server.exchange(Self.waiting(), session).operations.isEmpty)
  }

  @Test(arguments: StorageKind.allCases)
  func `a cancelled request stops waiting and gives up its place`(
    _ kind: StorageKind
  ) async throws {
    var limits = ServerLimits()
    limits.waitersPerAccountMax = 1
    let server = try await TestServer(kind, limits: limits)
    let session = try await server.session()
    let first = Task { try await server.sync.sync(Self.waiting(), session: session) }
    await server.clock.someoneSleeps()
    guard case .tooManyWaiters = try await server.sync.sync(Self.waiting(), session: session)
    else {
      Issue.record("more wait than may")
      return
    }
    first.cancel()
    await #expect(throws: CancellationError.self) { try await first.value }
    async let second = server.exchange(Self.waiting(), session)
    await server.clock.someoneSleeps()
    server.clock.advance(seconds: 50)
    #expect(try await second.operations.isEmpty)
  }
}
