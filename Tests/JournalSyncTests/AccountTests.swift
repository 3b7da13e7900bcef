import Foundation
import JournalSealing
import JournalStore
import OperationLog
import SecureTransport
import ServerCore
import Synchronization
import SyncProtocol
import TestSupport
import Testing

@testable import JournalSync

/// These derive keys as the program does: a third of a second each in release builds.
@Suite(.serialized) struct `An account` {
  @Test func `is registered, and restored by passphrase and by recovery code`() async throws {
    try await withEmptyServer { server, folder in
      let a = try Machine(in: folder, "a")
      try a.write("Before there was an account")
      let invite = try await server.accounts.createInvite().code
      let outcome = try await a.client.register(registration(server, invite))
      let code = try #require(outcome.recoveryCode)
      #expect(try await a.client.sync().pushed == 1)

      // The same again, without an invite and before anybody said that the code was seen.
      let again = try await a.client.register(registration(server, nil))
      #expect(again.recoveryCode == code)
      try a.client.recoveryCodeWasShown()

      let b = try Machine(in: folder, "b")
      _ = try await b.client.restore(restoration(server, .passphrase(Passphrase("one and two"))))
      let c = try Machine(in: folder, "c")
      _ = try await c.client.restore(restoration(server, .recoveryCode(code)))
      try expectConverged(a, b, c)

      let wrong = try Machine(in: folder, "wrong")
      await expectFailure(.loginFailed) {
        try await wrong.client.restore(restoration(server, .passphrase(Passphrase("one and one"))))
      }
      var unknown = try restoration(server, .passphrase(Passphrase("one and two")))
      unknown.accountName = "grace"
      await expectFailure(.loginFailed) { [unknown] in try await wrong.client.restore(unknown) }
      #expect(try wrong.store.serverLink() == nil)

      // With one passphrase changed the old is worth nothing, and the code stays.
      try await b.client.changePassphrase(
        current: .passphrase(Passphrase("one and two")), to: Passphrase("three"))
      await expectFailure(.loginFailed) {
        try await wrong.client.restore(restoration(server, .passphrase(Passphrase("one and two"))))
      }
      let newCode = try await c.client.newRecoveryCode(current: .recoveryCode(code))
      await expectFailure(.loginFailed) {
        try await wrong.client.restore(restoration(server, .recoveryCode(code)))
      }
      _ = try await wrong.client.restore(restoration(server, .recoveryCode(newCode)))
      try expectConverged(a, wrong)
    }
  }

  @Test(arguments: [FaultyTransport.Fault.loseRequest, .loseAnswer])
  func `is opened by one of two codes, both at hand, when nobody said that the new one was taken`(
    fault: FaultyTransport.Fault
  ) async throws {
    try await withServer { server, folder in
      let first = Mutex<Int?>(nil)
      let transport = FaultyTransport(fault: { number in
        first.withLock { $0 }.map { number >= $0 } == true ? fault : nil
      })
      let a = try Machine(in: folder, "a", transport: transport)
      try await a.restore(from: server)
      let before = try TestPerson.ada.get().recoveryCode
      let new = try await a.client.makeRecoveryCode(current: .recoveryCode(before))
      // After the challenge.
      first.withLock { $0 = transport.exchanges.count + 1 }
      await expectFailure(.outcomeUnknown) { try await a.client.replaceRecoveryCode(by: new) }

      let (good, bad) = fault == .loseAnswer ? (new.code, before) : (before, new.code)
      let b = try Machine(in: folder, "b")
      await expectFailure(.loginFailed) {
        try await b.client.restore(restoration(server, .recoveryCode(bad)))
      }
      _ = try await b.client.restore(restoration(server, .recoveryCode(good)))
    }
  }

  @Test(arguments: 0..<4, [FaultyTransport.Fault.loseRequest, .loseAnswer])
  func `is registered whatever is lost`(lost: Int, fault: FaultyTransport.Fault) async throws {
    try await withEmptyServer { server, folder in
      let transport = FaultyTransport(fault: { $0 == lost ? fault : nil })
      let a = try Machine(in: folder, "a", transport: transport)
      let invite = try await server.accounts.createInvite().code
      let outcome = try await a.client.register(registration(server, invite))
      #expect(outcome.recoveryCode != nil)
      #expect(try await a.client.sync().warnings.isEmpty)
    }
  }

  @Test func `is registered by asking again, though the server had done it`() async throws {
    try await withEmptyServer { server, folder in
      let transport = FaultyTransport(fault: { (1...3).contains($0) ? .loseAnswer : nil })
      let a = try Machine(in: folder, "a", transport: transport)
      let invite = try await server.accounts.createInvite().code
      await expectFailure(.unreachable) {
        try await a.client.register(registration(server, invite))
      }
      // The invite is used by now.
      await expectFailure(.loginFailed) {
        var other = try registration(server, invite)
        other.passphrase = try Passphrase("another")
        _ = try await a.client.register(other)
      }
      let outcome = try await a.client.register(registration(server, invite))
      #expect(outcome.recoveryCode != nil)
      _ = try await a.client.sync()
    }
  }

  @Test func `is not made a second time under another name`() async throws {
    try await withEmptyServer { server, folder in
      let a = try Machine(in: folder, "a")
      _ = try await a.client.register(
        registration(server, try await server.accounts.createInvite().code))
      let link = try a.store.serverLink()
      let invite = try await server.accounts.createInvite().code
      await expectFailure(.accountTaken) {
        var other = try registration(server, invite)
        other.accountName = "bea"
        _ = try await a.client.register(other)
      }
      #expect(try a.store.serverLink() == link)
    }
  }

  @Test func `needs an invite and a name of its own`() async throws {
    try await withServer { server, folder in
      let a = try Machine(in: folder, "a")
      await expectFailure(.inviteInvalid) {
        try await a.client.register(registration(server, "AAAA-AAAA-AAAA-AAAA"))
      }
      let invite = try await server.accounts.createInvite().code
      await expectFailure(.nameTaken) {
        try await a.client.register(registration(server, invite))
      }
      #expect(try a.store.serverLink() == nil)
    }
  }

  @Test func `puts itself on an empty server again`() async throws {
    try await withEmptyServer { first, folder in
      let a = try Machine(in: folder, "a")
      let invite = try await first.accounts.createInvite().code
      let code = try #require(
        try await a.client.register(registration(first, invite)).recoveryCode)
      try a.client.recoveryCodeWasShown()
      try a.write("Kept")
      _ = try await a.client.sync()
      try await SyncServer.run { second in
        let invite = try await second.accounts.createInvite().code
        let outcome = try await a.client.register(registration(second, invite))
        #expect(outcome.recoveryCode == nil)
        #expect(try await a.client.sync().warnings == [.broughtAlong(operations: 2)])
        let b = try Machine(in: folder, "b")
        _ = try await b.client.restore(restoration(second, .recoveryCode(code)))
        try expectConverged(a, b)
      }
    }
  }

  @Test func `puts itself again on the server that has lost everything`() async throws {
    try await withEmptyServer { server, folder in
      let (a, b) = (try Machine(in: folder, "a"), try Machine(in: folder, "b"))
      let empty = try await server.storage.backup()
      var invite = try await server.accounts.createInvite().code
      let code = try #require(
        try await a.client.register(registration(server, invite)).recoveryCode)
      try a.client.recoveryCodeWasShown()
      try a.write("From a")
      _ = try await a.client.sync()
      _ = try await b.client.restore(restoration(server, .recoveryCode(code)))
      try b.write("From b")
      _ = try await b.client.sync()
      _ = try await a.client.sync()

      await server.storage.putBack(empty)
      await expectFailure(.accountMissing) { try await a.client.sync() }
      await expectFailure(.accountMissing) { try await b.client.sync() }
      try b.write("While there was no server")
      invite = try await server.accounts.createInvite().code
      _ = try await a.client.register(registration(server, invite))
      // Both texts and both device records.
      #expect(try await a.client.sync().warnings == [.rebuilt(operations: 4)])

      await expectFailure(.sessionEnded) { try await b.client.sync() }
      let back = try await b.client.restore(restoration(server, .recoveryCode(code)))
      #expect(back.report.pushed == 1)
      #expect(back.report.warnings.isEmpty)
      _ = try await a.client.sync()
      try expectConverged(a, b)
      #expect(try a.texts() == ["From a", "From b", "While there was no server"])
    }
  }

  @Test func `ends sessions, its own and others', and lets them come back`() async throws {
    try await withServer { server, folder in
      let (a, b) = (try Machine(in: folder, "a"), try Machine(in: folder, "b"))
      try await a.restore(from: server)
      try await b.restore(from: server)
      try await a.client.revoke(b.store.installation)
      try b.write("While revoked")
      await expectFailure(.sessionEnded) { try await b.client.sync() }
      try await b.restore(from: server)
      #expect(try await b.client.sync().warnings.isEmpty)

      #expect(try await a.client.logOut() == .ended)
      await expectFailure(.loggedOut) { try await a.client.sync() }
      // It waits for no other sync to say so.
      do {
        let held = try FileLock.take(a.client.lockPath)
        await expectFailure(.loggedOut) { try await a.client.sync() }
        withExtendedLifetime(held) {}
      }
      try await a.restore(from: server)
      _ = try await a.client.sync()
      _ = try await b.client.sync()
      try expectConverged(a, b)

      let nobody = try #require(InstallationID([UInt8](repeating: 9, count: 16)))
      await expectFailure(.noInstallation) { try await a.client.revoke(nobody) }
    }
  }

  @Test func `is deleted with all it held, and the journal stays`() async throws {
    try await withServer { server, folder in
      let (a, b) = (try Machine(in: folder, "a"), try Machine(in: folder, "b"))
      try await a.restore(from: server)
      try await b.restore(from: server)
      try a.write("Mine")
      _ = try await a.client.sync()
      let code = try TestPerson.ada.get().recoveryCode
      var generator = SeededGenerator()
      let wrong = RecoveryCode.random(using: &generator)
      await expectFailure(.loginFailed) { try await a.client.deleteAccount(.recoveryCode(wrong)) }
      try await a.client.deleteAccount(.recoveryCode(code))
      #expect(try a.texts() == ["Mine"])
      #expect(try a.store.serverLink() == nil)
      await expectFailure(.noAccount) { try await a.client.sync() }
      await expectFailure(.accountMissing) { try await b.client.sync() }
      #expect(try await server.accounts.accounts().isEmpty)
    }
  }

  @Test func `of another is not mixed with one's own`() async throws {
    try await withServer { server, folder in
      let a = try Machine(in: folder, "a")
      try await a.restore(from: server)
      try a.write("Ada's")
      _ = try await a.client.sync()
      try await SyncServer.run { second in
        let g = try Machine(in: folder, "g")
        let invite = try await second.accounts.createInvite().code
        let code = try #require(
          try await g.client.register(registration(second, invite)).recoveryCode)
        try g.write("Grace's")
        _ = try await g.client.sync()
        await expectFailure(.otherAccount) {
          try await a.client.restore(restoration(second, .recoveryCode(code)))
        }
        #expect(try a.client.activeLink().server == server.address)
        #expect(try a.texts() == ["Ada's"])
      }
    }
  }
}

struct `Whom the client believes` {
  @Test func `an unknown certificate is told with its fingerprint, and nothing is sent`()
    async throws
  {
    try await withServer { server, folder in
      let a = try Machine(in: folder, "a")
      do {
        _ = try await a.client.serverInfo(of: SyncClient.Server(address: server.address))
        Issue.record("it was believed")
      } catch let failure as SyncFailure {
        guard case .untrusted(let fingerprint, _) = failure.code else { throw failure }
        #expect(fingerprint == server.fingerprint)
      }
      let info = try await a.client.serverInfo(
        of: SyncClient.Server(address: server.address, fingerprint: server.fingerprint))
      #expect(info.protocolVersion == ProtocolVersion.current)
    }
  }

  @Test func `another key than the pinned one is refused`() async throws {
    try await withServer { server, folder in
      let a = try Machine(in: folder, "a")
      let other = try #require(PublicKeyFingerprint(bytes: [UInt8](repeating: 1, count: 32)))
      await expectFailure(.pinChanged(expected: other, presented: server.fingerprint)) {
        try await a.client.serverInfo(
          of: SyncClient.Server(address: server.address, fingerprint: other))
      }
    }
  }

  @Test func `a port where nobody listens is not reachable`() async throws {
    try await withEmptyServer { server, folder in
      let a = try Machine(in: folder, "a")
      let address = try ServerAddress(parsing: "https://127.0.0.1:1")
      await expectFailure(.unreachable) {
        try await a.client.serverInfo(
          of: SyncClient.Server(address: address, fingerprint: server.fingerprint))
      }
    }
  }
}

func withEmptyServer(
  _ body: @Sendable @escaping (SyncServer, URL) async throws -> Void
) async throws {
  let parent = FileManager.default.temporaryDirectory
    .appendingPathComponent("ebb-sync-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: parent) }
  try await SyncServer.run { try await body($0, parent) }
}

private func registration(_ server: SyncServer, _ invite: String?) throws -> Registration {
  Registration(
    server: SyncClient.Server(address: try server.address, fingerprint: server.fingerprint),
    accountName: "ada", invite: invite, passphrase: try Passphrase("one and two"))
}

private func restoration(
  _ server: SyncServer, _ secret: SyncClient.Secret
) throws -> Restoration {
  Restoration(
    server: SyncClient.Server(address: try server.address, fingerprint: server.fingerprint),
    accountName: "ada", secret: secret)
}

func expectFailure(
  _ code: SyncFailure.Code, sourceLocation: SourceLocation = #_sourceLocation,
  _ body: () async throws -> some Any
) async {
  do {
    _ = try await body()
    Issue.record("it did not fail", sourceLocation: sourceLocation)
  } catch let failure as SyncFailure {
    #expect(failure.code == code, sourceLocation: sourceLocation)
  } catch {
    Issue.record(error, sourceLocation: sourceLocation)
  }
}
