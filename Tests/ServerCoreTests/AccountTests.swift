import OperationLog
import ServerCore
import SyncProtocol
import TestSupport
import Testing

@Suite struct AccountTests {
  @Test(arguments: StorageKind.allCases)
  func `the same account asked for again is the same answer`(_ kind: StorageKind) async throws {
    let server = try await TestServer(kind)
    let ada = try Person("ada")
    let invite = try await server.accounts.createInvite()
    let create = { (invite: String?) in
      try await server.accounts.createAccount(ada.request(invite), from: server.address)
    }
    #expect(try await create(invite.code) == .created(ada.id))
    #expect(try await create(invite.code) == .existed(ada.id))
    #expect(try await create(nil) == .existed(ada.id))
  }

  @Test(arguments: StorageKind.allCases)
  func `an invite is good for one account, once`(_ kind: StorageKind) async throws {
    let server = try await TestServer(kind)
    let invite = try await server.accounts.createInvite()
    #expect(invite.code.split(separator: "-").map(\.count) == [4, 4, 4, 4])
    let (ada, bob) = (try Person("ada"), try Person("bob"))
    // As people type it.
    let typed = invite.code.lowercased().replacing("-", with: " ").replacing("0", with: "o")
    #expect(
      try await server.accounts.createAccount(ada.request(typed), from: server.address)
        == .created(ada.id))
    for code in [invite.code, nil, "", "AAAA-AAAA-AAAA-AAAA", "ÄÖÜ"] {
      #expect(
        try await server.accounts.createAccount(bob.request(code), from: ClientAddress("::1"))
          == .inviteInvalid, "\(code ?? "none")")
    }
  }

  @Test(arguments: StorageKind.allCases, [7, 1, 30])
  func `an invite ends after its days`(_ kind: StorageKind, _ days: Int) async throws {
    let server = try await TestServer(kind)
    let invite = try await server.accounts.createInvite(validDays: days)
    #expect(invite.expiresAt == server.clock.now() + Int64(days) * 86_400_000)
    server.clock.advance(seconds: Int64(days) * 86_400)
    let ada = try Person("ada")
    #expect(
      try await server.accounts.createAccount(ada.request(invite.code), from: server.address)
        == .inviteInvalid)
  }

  @Test(arguments: StorageKind.allCases)
  func `a name is taken only once, and so is an account's id`(_ kind: StorageKind) async throws {
    let server = try await TestServer(kind)
    let ada = try Person("ada")
    try await server.register(ada)
    let code = try await server.accounts.createInvite().code
    #expect(
      try await server.accounts.createAccount(
        try Person("ada").request(code), from: server.address) == .nameTaken)
    var other = ada.request(code)
    other.name = "Ada"
    #expect(
      try await server.accounts.createAccount(other, from: server.address) == .accountTaken)
    // Its own name, with keys of another passphrase.
    var rekeyed = ada.request(code)
    rekeyed.keys.version += 1
    #expect(
      try await server.accounts.createAccount(rekeyed, from: server.address) == .accountTaken)
    // Without an invite nothing is told about names.
    #expect(
      try await server.accounts.createAccount(
        try Person("ada").request(nil), from: server.address) == .inviteInvalid)
    // The invite is still good.
    let bob = try Person("bob")
    #expect(
      try await server.accounts.createAccount(bob.request(code), from: server.address)
        == .created(bob.id))
  }

  @Test(arguments: [
    "", " ada", "ada ", "a\u{0}da", "a\nb", "\u{85}", "\u{3000}a", "\u{202E}ada",
    String(repeating: "ä", count: 33),
  ])
  func `a malformed name is refused`(_ name: String) async throws {
    #expect(!AccountName.isWellFormed(name))
  }

  @Test(arguments: ["a", "ada lovelace", "naïve 日本 🙂", String(repeating: "ä", count: 32)])
  func `any other name is taken as it is`(_ name: String) async throws {
    #expect(AccountName.isWellFormed(name))
  }

  @Test(arguments: StorageKind.allCases)
  func `a name is the same however its letters are composed`(_ kind: StorageKind) async throws {
    let server = try await TestServer(kind)
    let zoe = try Person("Zo\u{EB}")
    try await server.register(zoe)
    let challenge = try await server.accounts.createChallenge(
      ChallengeRequest(name: "Zoe\u{308}"))
    #expect(challenge.account == zoe.id.description)
    let code = try await server.accounts.createInvite().code
    #expect(
      try await server.accounts.createAccount(
        try Person("Zoe\u{308}").request(code), from: server.address) == .nameTaken)
  }

  @Test(arguments: StorageKind.allCases)
  func `keys that no client makes are refused`(_ kind: StorageKind) async throws {
    let server = try await TestServer(kind)
    let ada = try Person("ada")
    let code = try await server.accounts.createInvite().code
    let changes: [(inout KeysDocument) -> Void] = [
      { $0.account = "xyz" }, { $0.account = $0.account.uppercased() + "0" },
      { $0.salt = Base64Bytes([1]) },
      { $0.parameters.rounds /= 2 }, { $0.passphraseLoginKey = Base64Bytes([]) },
      { $0.recoveryLoginKey = Base64Bytes(Array(repeating: 0, count: 33)) },
      { $0.canary = Base64Bytes(Array(repeating: 0, count: 4096)) }, { $0.version = 0 },
    ]
    for change in changes {
      var request = ada.request(code)
      change(&request.keys)
      guard
        case .malformed = try await server.accounts.createAccount(request, from: server.address)
      else {
        Issue.record("taken: \(request.keys)")
        continue
      }
    }
  }

  @Test(arguments: StorageKind.allCases)
  func `the first invite is made once`(_ kind: StorageKind) async throws {
    let server = try await TestServer(kind)
    #expect(try await server.accounts.firstInvite() != nil)
    #expect(try await server.accounts.firstInvite() == nil)
  }

  @Test(arguments: StorageKind.allCases)
  func `deleting an account leaves nothing of it, and nothing else gone`(
    _ kind: StorageKind
  ) async throws {
    let server = try await TestServer(kind)
    let (ada, bob) = (try Person("ada"), try Person("bob"))
    try await server.register(ada)
    try await server.register(bob)
    let (session, other) = (try await server.logIn(ada), try await server.logIn(bob))
    for session in [session, other] {
      let make = SampleOperations(account: session.account)
      let first = make.envelope(device: 1, sequence: 1, milliseconds: SyncTests.now, tags: [1])
      _ = try await server.push(
        [
          first,
          make.envelope(
            device: 1, sequence: 2, milliseconds: SyncTests.now, erased: [first.asErased]),
          make.envelope(device: 1, sequence: 3, milliseconds: SyncTests.now, tags: [1]),
        ], session)
    }
    let wrong = DeleteAccountRequest(login: try await server.signed(ada, .putKeys))
    #expect(
      try await server.accounts.deleteAccount(wrong, session: session, from: server.address)
        == .refused(.loginFailed))
    let foreign = DeleteAccountRequest(login: try await server.signed(bob, .deleteAccount))
    #expect(
      try await server.accounts.deleteAccount(foreign, session: session, from: server.address)
        == .unauthorized)
    let right = DeleteAccountRequest(login: try await server.signed(ada, .deleteAccount))
    #expect(
      try await server.accounts.deleteAccount(right, session: session, from: server.address)
        == .deleted)
    guard case .unauthorized = try await server.sync.sync(SyncRequest(), session: session) else {
      Issue.record("a deleted account was answered")
      return
    }
    #expect(try await server.accounts.accounts().map(\.name) == ["bob"])
    #expect(try await server.accounts.accounts().map(\.operationCount) == [3])
    #expect(try await server.storage.read { try JournalCheck.findings(in: $0) } == [])
    // The same person may come back, with an empty journal.
    try await server.register(ada)
    let back = try await server.logIn(ada)
    #expect(try await server.pullAll(back).flatMap(\.operations).isEmpty)
    #expect(try await server.push([], back).answer.stateDigest == StateDigest())
  }

  @Test(arguments: StorageKind.allCases)
  func `administration sees counts and bytes`(_ kind: StorageKind) async throws {
    let server = try await TestServer(kind)
    let session = try await server.session("ada")
    let envelope = SampleOperations(account: session.account)
      .envelope(device: 1, sequence: 1, milliseconds: SyncTests.now, tags: [1])
    _ = try await server.push([envelope], session)
    let accounts = try await server.accounts.accounts()
    let bytes = EnvelopeBytes.encode(
      header: envelope.header.wireBytes, sealed: envelope.sealed
    ).count
    #expect(accounts.map(\.name) == ["ada"])
    #expect(accounts.map(\.id) == [session.account])
    #expect(accounts.map(\.operationCount) == [1])
    #expect(accounts.map(\.byteCount) == [bytes])
    #expect(accounts.map(\.sessionCount) == [1])
    #expect(accounts.map(\.lastSeen) == [SyncTests.now])
  }
}
