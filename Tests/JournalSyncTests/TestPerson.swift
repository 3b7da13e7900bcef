import Foundation
import JournalModel
import JournalSealing
import JournalStore
import OperationLog
import ServerCore
import SyncProtocol
import TestSupport
import Testing

@testable import JournalSync

/// Somebody with an account, whose keys are derived once for all tests: that takes long.
struct TestPerson: Sendable {
  let ring: KeyRing
  let recoveryCode: RecoveryCode

  static let ada = Result { try TestPerson() }

  private init() throws {
    var generator = SeededGenerator()
    let account = try #require(
      AccountID((0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) }))
    recoveryCode = RecoveryCode.random(using: &generator)
    ring = try KeyRing(
      making: AccountKey.random(using: &generator), account: account,
      wrapping: RootKey(
        passphrase: Passphrase("two rivers meet"), account: account,
        salt: [UInt8](repeating: 7, count: RootKey.saltCount), parameters: .standard),
      and: RootKey(recoveryCode: recoveryCode, account: account))
  }

  func makeAccount(at server: SyncServer) async throws {
    let invite = try await server.accounts.createInvite()
    let outcome = try await server.accounts.createAccount(
      CreateAccountRequest(name: "ada", invite: invite.code, keys: ring.document),
      from: ClientAddress("127.0.0.1"))
    guard case .created = outcome else { throw SyncFailure(.nameTaken) }
  }
}

/// A machine with a journal.
struct Machine: Sendable {
  let folder: String
  let store: JournalStore
  let client: SyncClient

  init(
    in parent: URL, _ name: String, machineName: String? = nil, hostName: String? = nil,
    wallClock: (@Sendable () -> Int64)? = nil,
    transport: any SyncTransport = TLSTransport(environment: [:]), mode: StoreMode = .readWrite
  ) throws {
    folder = parent.appendingPathComponent(name).path
    var environment = StoreEnvironment.live
    environment.hostName = hostName ?? machineName ?? name
    environment.machine = Array((machineName ?? name).utf8)
    if let wallClock { environment.wallClockMilliseconds = wallClock }
    store = try JournalStore.open(folder: folder, environment: environment, mode: mode)
    client = SyncClient(
      store: store, folder: folder, environment: environment, transport: transport)
  }

  /// Logs in to Ada's account, which the server must have.
  @discardableResult
  func restore(
    from server: SyncServer, port: Int? = nil
  ) async throws -> RestorationOutcome {
    let address = try ServerAddress(parsing: "https://localhost:\(port ?? server.port)")
    return try await client.restore(
      Restoration(
        server: SyncClient.Server(address: address, fingerprint: server.fingerprint),
        accountName: "ada", secret: .recoveryCode(TestPerson.ada.get().recoveryCode)))
  }

  @discardableResult
  func write(_ text: String) throws -> RecordID { try #require(try write(texts: [text]).first) }

  /// Entries, in one transaction.
  @discardableResult
  func write(texts: [String]) throws -> [RecordID] {
    let date = try #require(JournalDate(rfc9557: "2026-11-21[Europe/Berlin]"))
    let ids = texts.map { _ in RecordID.random() }
    try store.write(
      try zip(ids, texts).map { id, text in
        try EntryDraft(date: date, text: text)
          .change(record: id, createdAt: store.environment.wallClockMilliseconds())
      })
    return ids
  }

  func edit(_ id: RecordID, text: String) throws {
    var edit = RecordEdit()
    edit.set(RegisterName("text"), .text(text))
    try #require(try store.write(editing: id) { try edit.change(of: $0) } != nil)
  }

  /// The texts of all entries, sorted.
  func texts() throws -> [String] {
    try store.records(matching: RecordQuery())
      .compactMap { $0[RegisterName("text")]?.text }
      .sorted()
  }
}

/// Runs `body` with a server that has Ada's account, and a folder for machines.
func withServer(
  storage: any Storage = InMemoryStorage(), clock: any ServerClock = SystemServerClock(),
  limits: ServerLimits = ServerLimits(),
  _ body: @Sendable @escaping (SyncServer, URL) async throws -> Void
) async throws {
  let ada = try TestPerson.ada.get()
  let parent = FileManager.default.temporaryDirectory
    .appendingPathComponent("ebb-sync-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: parent) }
  try await SyncServer.run(storage: storage, clock: clock, limits: limits) { server in
    try await ada.makeAccount(at: server)
    try await body(server, parent)
  }
}

/// Until each has what the others say of themselves, too.
func settle(_ machines: Machine...) async throws {
  for machine in machines + machines { _ = try await machine.client.sync() }
}

/// All agree, in the state digests too.
func expectConverged(
  _ machines: Machine..., sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let first = try #require(machines.first)
  let texts = try first.texts()
  for machine in machines.dropFirst() {
    #expect(try machine.texts() == texts, sourceLocation: sourceLocation)
    #expect(
      try machine.store.stateDigest == first.store.stateDigest, sourceLocation: sourceLocation)
  }
}
