import OperationLog
import ServerCore
import SyncProtocol
import TestSupport
import Testing

@Suite struct LoginTests {
  private static let installation = String(repeating: "ab", count: 16)

  private static func request(_ login: SignedChallenge) -> CreateSessionRequest {
    CreateSessionRequest(login: login, installation: installation)
  }

  private static func refusal(_ outcome: CreateSessionOutcome) -> LoginRefusal? {
    if case .refused(let refusal) = outcome { refusal } else { nil }
  }

  @Test(arguments: StorageKind.allCases, [LoginKeyKind.passphrase, .recovery])
  func `either login key opens a session that brings the keys`(
    _ kind: StorageKind, _ key: LoginKeyKind
  ) async throws {
    let server = try await TestServer(kind)
    let ada = try Person("ada")
    try await server.register(ada)
    let outcome = try await server.accounts.createSession(
      Self.request(try await server.signed(ada, .createSession, key: key)), from: server.address)
    guard case .created(let response) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(response.keys == ada.keys)
    #expect(response.token.utf8.count == 43)
    let session = try #require(try await server.accounts.authorize(token: response.token))
    #expect(session.account == ada.id)
    #expect(session.installation.description == Self.installation)
  }

  @Test(arguments: StorageKind.allCases)
  func `a challenge is good once, for its purpose, account and server, for two minutes`(
    _ kind: StorageKind
  ) async throws {
    let server = try await TestServer(kind)
    let (ada, bob) = (try Person("ada"), try Person("bob"))
    try await server.register(ada)
    try await server.register(bob)
    let attempt = { (login: SignedChallenge) in
      Self.refusal(
        try await server.accounts.createSession(Self.request(login), from: server.address))
    }
    let challenge = try await server.accounts.createChallenge(ChallengeRequest(name: "ada"))
    #expect(challenge.challenge.bytes.count == 32)
    // Refusals do not use it up; the good one does.
    #expect(try await attempt(try ada.sign(challenge, .putKeys)) == .loginFailed)
    #expect(
      try await attempt(try ada.sign(challenge, .createSession, serverName: "evil.example"))
        == .serverName)
    #expect(try await attempt(try bob.sign(challenge, .createSession)) == .loginFailed)
    #expect(try await attempt(try ada.sign(challenge, .createSession)) == nil)
    #expect(try await attempt(try ada.sign(challenge, .createSession)) == .loginFailed)

    let late = try await server.signed(ada, .createSession)
    server.clock.advance(seconds: 120)
    #expect(try await attempt(late) == .loginFailed)

    // Long after, so that the failures above do not count any more.
    server.clock.advance(seconds: 3_700)
    // Another account's challenge, named as one's own and well signed.
    var foreign = try await server.accounts.createChallenge(ChallengeRequest(name: "bob"))
    foreign.account = ada.id.description
    #expect(try await attempt(try ada.sign(foreign, .createSession)) == .loginFailed)
    var forged = try await server.accounts.createChallenge(ChallengeRequest(name: "ada"))
    forged.challenge.bytes[0] ^= 1
    #expect(try await attempt(try ada.sign(forged, .createSession)) == .loginFailed)
  }

  @Test(arguments: StorageKind.allCases)
  func `a name that is not there is answered like one that is`(_ kind: StorageKind) async throws {
    let server = try await TestServer(kind)
    let ada = try Person("ada")
    let challenge = { (name: String) in
      try await server.accounts.createChallenge(ChallengeRequest(name: name))
    }
    let (first, second) = (try await challenge("ada"), try await challenge("ada"))
    #expect(first.account == second.account)
    #expect(first.salt == second.salt)
    #expect(first.challenge != second.challenge)
    #expect(first.parameters == .standard)
    #expect(first.salt.bytes.count == 16)
    #expect(try #require(Hexadecimal.bytes(first.account)).count == 16)
    #expect(try await challenge("bob").account != first.account)
    #expect(try await challenge("bob").salt != first.salt)
    // Another start of the same server answers the same.
    let again = try await AccountService(
      storage: server.storage, news: server.news, clock: server.clock,
      acceptsServerName: { _ in true })
    #expect(try await again.createChallenge(ChallengeRequest(name: "ada")).salt == first.salt)
    // And a login fails as a wrong passphrase does.
    let unknown = try await server.accounts.createSession(
      Self.request(try ada.sign(first, .createSession)), from: server.address)
    #expect(Self.refusal(unknown) == .loginFailed)
    try await server.register(ada)
    let wrong = try await server.accounts.createSession(
      Self.request(try Person("ada").sign(try await challenge("ada"), .createSession)),
      from: server.address)
    #expect(Self.refusal(wrong) == .loginFailed)
  }

  @Test(arguments: StorageKind.allCases)
  func `failures make guessing slower and slower, and a login forgets them`(
    _ kind: StorageKind
  ) async throws {
    let server = try await TestServer(kind)
    let (ada, thief) = (try Person("ada"), try Person("ada"))
    try await server.register(ada)
    let attempt = { (person: Person, address: String) in
      Self.refusal(
        try await server.accounts.createSession(
          Self.request(try await server.signed(person, .createSession)),
          from: ClientAddress(address)))
    }
    for number in 1...5 { #expect(try await attempt(thief, "10.0.0.\(number)") == .loginFailed) }
    var waits: [Int] = []
    for number in 6...16 {
      guard case .rateLimited(let seconds) = try await attempt(thief, "10.0.0.\(number)") else {
        Issue.record("attempt \(number) was not limited")
        return
      }
      waits.append(seconds)
      // The owner waits as well, and no longer.
      #expect(try await attempt(ada, "10.1.1.1") == .rateLimited(retryAfterSeconds: seconds))
      server.clock.advance(seconds: Int64(seconds))
      #expect(try await attempt(thief, "10.0.0.\(number)") == .loginFailed)
    }
    #expect(waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300])
    server.clock.advance(seconds: 300)
    #expect(try await attempt(ada, "10.1.1.1") == nil)
    #expect(try await attempt(thief, "10.1.1.2") == .loginFailed)
  }

  @Test(arguments: StorageKind.allCases)
  func `an address is limited whatever account it tries, an IPv6 one by its network`(
    _ kind: StorageKind
  ) async throws {
    let server = try await TestServer(kind)
    let attempt = { (name: String, address: String) in
      let person = try Person(name)
      return Self.refusal(
        try await server.accounts.createSession(
          Self.request(try await server.signed(person, .createSession)),
          from: ClientAddress(address)))
    }
    for number in 1...5 {
      #expect(try await attempt("name \(number)", "2001:db8:1:2::\(number)") == .loginFailed)
    }
    #expect(
      try await attempt("name 6", "2001:db8:1:2:ffff::1") == .rateLimited(retryAfterSeconds: 1))
    #expect(try await attempt("name 7", "2001:db8:1:3::1") == .loginFailed)
  }

  @Test(arguments: StorageKind.allCases)
  func `an attempt that succeeds makes nobody wait`(_ kind: StorageKind) async throws {
    let server = try await TestServer(kind)
    let ada = try Person("ada")
    for number in 1...6 {
      _ = try await server.accounts.createSession(
        Self.request(try await server.signed(try Person("thief \(number)"), .createSession)),
        from: server.address)
    }
    server.clock.advance(seconds: 1)
    // Registering is two attempts, one right after the other.
    try await server.register(ada)
    let login = try await server.accounts.createSession(
      Self.request(try await server.signed(ada, .createSession)), from: server.address)
    #expect(Self.refusal(login) == nil)
    _ = try await server.accounts.createSession(
      Self.request(try await server.signed(try Person("ada"), .createSession)),
      from: server.address)
    let after = try await server.accounts.createSession(
      Self.request(try await server.signed(ada, .createSession)), from: server.address)
    #expect(Self.refusal(after) == .rateLimited(retryAfterSeconds: 2))
  }

  @Test(arguments: StorageKind.allCases)
  func `an account is limited however its id is written`(_ kind: StorageKind) async throws {
    let server = try await TestServer(kind)
    let (ada, thief) = (try Person("ada"), try Person("ada"))
    try await server.register(ada)
    let attempt = { (number: Int) in
      var login = try await server.signed(thief, .createSession)
      if !number.isMultiple(of: 2) { login.account = login.account.uppercased() }
      return Self.refusal(
        try await server.accounts.createSession(
          Self.request(login), from: ClientAddress("10.0.0.\(number)")))
    }
    for number in 1...5 { #expect(try await attempt(number) == .loginFailed) }
    #expect(try await attempt(6) == .rateLimited(retryAfterSeconds: 1))
    #expect(try await attempt(7) == .rateLimited(retryAfterSeconds: 1))
  }

  @Test(arguments: StorageKind.allCases)
  func `a new session of an installation ends the one before`(_ kind: StorageKind) async throws {
    let server = try await TestServer(kind)
    let ada = try Person("ada")
    try await server.register(ada)
    let installation = try #require(InstallationID(Array(repeating: 5, count: 16)))
    let first = try await server.logIn(ada, as: installation)
    let second = try await server.logIn(ada, as: installation)
    #expect(try await server.accounts.keys(of: first) == nil)
    #expect(try await server.accounts.keys(of: second) == ada.keys)
    #expect(try await server.accounts.devices(of: second)?.devices.count == 1)
  }

  @Test(arguments: StorageKind.allCases)
  func `a revoked installation stays in the list and may log in anew`(
    _ kind: StorageKind
  ) async throws {
    let server = try await TestServer(kind)
    let ada = try Person("ada")
    try await server.register(ada)
    let (lost, kept) = (try await server.logIn(ada), try await server.logIn(ada))
    let foreign = try await server.session("bob")
    let revoke = { (session: Session) in
      try await server.accounts.revoke(lost.installation.description, session: session)
    }
    #expect(try await revoke(foreign) == .unknown)
    #expect(try await server.accounts.revoke("zz", session: kept) == .unknown)
    #expect(try await revoke(kept) == .revoked)
    #expect(try await revoke(lost) == .unauthorized)
    let devices = try #require(try await server.accounts.devices(of: kept)).devices
    #expect(
      devices == [
        DeviceList.Device(
          id: lost.installation.description, lastSeen: SyncTests.now, current: false,
          revoked: true, loggedOut: true),
        DeviceList.Device(
          id: kept.installation.description, lastSeen: SyncTests.now, current: true,
          revoked: false, loggedOut: false),
      ])
    let back = try await server.logIn(ada, as: lost.installation)
    #expect(try await server.accounts.devices(of: back)?.devices.map(\.revoked) == [false, false])
    try await server.accounts.deleteSession(kept)
    #expect(try await server.accounts.devices(of: back)?.devices.map(\.loggedOut) == [false, true])
  }

  @Test(arguments: StorageKind.allCases)
  func `when an installation was seen is kept to a minute`(_ kind: StorageKind) async throws {
    let server = try await TestServer(kind)
    let ada = try Person("ada")
    try await server.register(ada)
    let outcome = try await server.accounts.createSession(
      Self.request(try await server.signed(ada, .createSession)), from: server.address)
    guard case .created(let response) = outcome else { throw Unexpected(what: "\(outcome)") }
    var seen: [Int64?] = []
    for _ in 1...2 {
      server.clock.advance(seconds: 30)
      let session = try #require(try await server.accounts.authorize(token: response.token))
      seen.append(try await server.accounts.devices(of: session)?.devices.first?.lastSeen)
    }
    #expect(seen == [SyncTests.now, SyncTests.now + 60_000])
  }

  @Test func `on a full disk a session is known, though not when it was last seen`() async throws {
    let storage = FillableStorage()
    let server = try await TestServer(over: storage)
    let ada = try Person("ada")
    try await server.register(ada)
    let outcome = try await server.accounts.createSession(
      Self.request(try await server.signed(ada, .createSession)), from: server.address)
    guard case .created(let response) = outcome else { throw Unexpected(what: "\(outcome)") }
    server.clock.advance(seconds: 3_600)
    storage.fill()
    let session = try #require(try await server.accounts.authorize(token: response.token))
    let devices = try await server.accounts.devices(of: session)?.devices
    #expect(devices?.map(\.lastSeen) == [SyncTests.now])
  }

  @Test(arguments: ["", "x", String(repeating: "A", count: 43), String(repeating: "/", count: 43)])
  func `a text that is no token opens nothing`(_ token: String) async throws {
    let server = try await TestServer(.inMemory)
    _ = try await server.session()
    #expect(try await server.accounts.authorize(token: token) == nil)
  }

  @Test(arguments: StorageKind.allCases)
  func `keys are replaced by a signed request that knows the version before`(
    _ kind: StorageKind
  ) async throws {
    let server = try await TestServer(kind)
    let ada = try Person("ada")
    try await server.register(ada)
    let session = try await server.logIn(ada)
    let put = { (replaces: Int, purpose: LoginSignature.Purpose, keys: KeysDocument) in
      try await server.accounts.putKeys(
        PutKeysRequest(
          login: try await server.signed(ada, purpose), replaces: replaces, keys: keys),
        session: session, from: server.address)
    }
    var second = ada.keys
    second.version = 2
    second.passphraseWrap = Base64Bytes(Array(repeating: 9, count: 60))
    #expect(try await put(1, .createSession, second) == .refused(.loginFailed))
    #expect(try await put(1, .putKeys, second) == .replaced)
    #expect(try await put(1, .putKeys, second) == .replaced)
    #expect(try await server.accounts.keys(of: session) == second)
    var rival = second
    rival.canary = Base64Bytes([7])
    #expect(try await put(1, .putKeys, rival) == .keysChanged)
    rival.version = 4
    #expect(try await put(3, .putKeys, rival) == .keysChanged)
    guard case .malformed = try await put(4, .putKeys, rival) else {
      Issue.record("a version that does not follow was taken")
      return
    }
    rival.account = String(repeating: "0", count: 32)
    guard case .malformed = try await put(3, .putKeys, rival) else {
      Issue.record("another account's keys were taken")
      return
    }
    #expect(try await server.accounts.keys(of: session) == second)
    // A server that was put back may have forgotten the versions between.
    var fifth = second
    fifth.version = 5
    #expect(try await put(2, .putKeys, fifth) == .replaced)
    #expect(try await server.accounts.keys(of: session) == fifth)
  }
}
