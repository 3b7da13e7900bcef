import Foundation
import JournalSealing
import JournalStore
import OperationLog
import ServerCore
import Synchronization
import SyncProtocol
import Testing

@testable import JournalSync

/// A server put back from before passphrase and recovery code were changed, or one that would
/// rather have those of then.
@Suite(.serialized) struct `A server with keys from before a change` {
  @Test func `is found out by the next sync, which goes on, and changes nothing here`()
    async throws
  {
    try await withOlderKeys(changesPassphrase: false) { world in
      let known = try world.a.client.activeLink().keys
      try world.a.write("After it")
      let report = try await world.a.client.sync()
      #expect(report.pushed == 1)
      #expect(report.warnings.contains(.olderKeys))
      #expect(try world.a.client.activeLink().keys == known)
      #expect(try await world.a.client.sync().warnings == [.olderKeys])
      // Who never heard of the change has nothing to say.
      #expect(try await world.b.client.sync().warnings.isEmpty)
    }
  }

  @Test(arguments: [false, true])
  func `gets the present ones again from who logs in with what opened it before`(
    byRecoveryCode: Bool
  ) async throws {
    try await withOlderKeys { world in
      let (server, a, b) = (world.server, world.a, world.b)
      let before = byRecoveryCode ? Secret.recoveryCode(world.codeBefore) : world.before
      let report = try await a.client.restore(restoration(server, before)).report
      #expect(report.warnings.contains(.keysPutBack))
      // Later than both.
      #expect(try a.client.activeLink().keys.version == 4)
      #expect(try await a.client.sync().warnings.isEmpty)

      let c = try Machine(in: world.folder, "c")
      for outdated in [world.before, .recoveryCode(world.codeBefore)] {
        await expectFailure(.loginFailed) {
          try await c.client.restore(restoration(server, outdated))
        }
      }
      _ = try await c.client.restore(restoration(server, world.present))
      _ = try await c.client.restore(restoration(server, .recoveryCode(world.code)))
      try expectConverged(a, c)

      // The other machine follows, though its session is of before.
      #expect(try await b.client.sync().warnings.isEmpty)
      #expect(try b.client.activeLink().keys == a.client.activeLink().keys)
    }
  }

  @Test func `is told apart from a wrong passphrase, with what to give`() async throws {
    try await withOlderKeys { world in
      let a = world.a
      let known = try a.client.activeLink().keys
      for present in [world.present, .recoveryCode(world.code)] {
        await expectFailure(.otherSecret) {
          try await a.client.restore(restoration(world.server, present))
        }
        await expectFailure(.secretOfNewerKeys) {
          try await a.client.changePassphrase(current: present, to: Passphrase("again"))
        }
      }
      let wrong = Secret.passphrase(try Passphrase("never was"))
      await expectFailure(.loginFailed) {
        try await a.client.restore(restoration(world.server, wrong))
      }
      await expectFailure(.loginFailed) {
        try await a.client.changePassphrase(current: wrong, to: Passphrase("again"))
      }
      #expect(try a.client.activeLink().keys == known)
    }
  }

  @Test func `lets the passphrase be changed, and has the newer recovery code again`()
    async throws
  {
    try await withOlderKeys { world in
      let (server, a) = (world.server, world.a)
      let warnings = try await a.client.changePassphrase(
        current: world.before, to: Passphrase("third"))
      #expect(warnings == [.keysPutBack])
      #expect(try await a.client.sync().warnings.allSatisfy { $0 != .olderKeys })
      let c = try Machine(in: world.folder, "c")
      await expectFailure(.loginFailed) {
        try await c.client.restore(restoration(server, world.before))
      }
      _ = try await c.client.restore(
        restoration(server, .passphrase(Passphrase("third"))))
      _ = try await c.client.restore(restoration(server, .recoveryCode(world.code)))
    }
  }

  @Test func `is all that an empty machine has, which follows when another heals it`()
    async throws
  {
    try await withOlderKeys(changesPassphrase: false) { world in
      let c = try Machine(in: world.folder, "c")
      let before = Secret.recoveryCode(world.codeBefore)
      let report = try await c.client.restore(restoration(world.server, before)).report
      #expect(report.warnings.isEmpty)
      #expect(try c.client.activeLink().keys.version == 1)
      _ = try await world.a.client.restore(restoration(world.server, before))
      #expect(try await c.client.sync().warnings.isEmpty)
      #expect(try c.client.activeLink().keys == world.a.client.activeLink().keys)
    }
  }

  /// Challenge, session, challenge, keys.
  @Test(arguments: 0..<4, [FaultyTransport.Fault.loseRequest, .loseAnswer])
  func `is healed whatever is lost on the way`(
    lost: Int, fault: FaultyTransport.Fault
  ) async throws {
    try await withOlderKeys(changesPassphrase: false) { world in
      let transport = FaultyTransport(fault: { (lost...lost + 2).contains($0) ? fault : nil })
      let lossy = try Machine(in: world.folder, "a", transport: transport, mode: .existing)
      let before = Secret.recoveryCode(world.codeBefore)
      let present = Secret.recoveryCode(world.code)
      if (try? await lossy.client.restore(restoration(world.server, before))) == nil {
        // Whether the keys were put back before the answer was lost nobody knows here.
        for secret in [before, present] {
          _ = try? await world.a.client.restore(restoration(world.server, secret))
        }
      }
      _ = try await world.a.client.restore(restoration(world.server, present))
      #expect(try await world.a.client.sync().warnings.isEmpty)
      #expect(try world.a.client.activeLink().keys.version > 2)
    }
  }
}

@Suite struct `Keys that a server offers` {
  @Test func `are followed when another machine changed them`() async throws {
    try await withServer { server, folder in
      let (a, b) = (try Machine(in: folder, "a"), try Machine(in: folder, "b"))
      try await a.restore(from: server)
      try await b.restore(from: server)
      _ = try await b.client.sync()
      _ = try await a.client.newRecoveryCode(
        current: .recoveryCode(TestPerson.ada.get().recoveryCode))
      #expect(try await b.client.sync().warnings.isEmpty)
      #expect(try b.client.activeLink().keys.version == 2)
      #expect(try b.client.activeLink().keys == a.client.activeLink().keys)
    }
  }

  @Test(arguments: [false, true])
  func `are not taken from one that forges them, or goes back on them`(
    isForged: Bool
  ) async throws {
    try await withServer { server, folder in
      let transport = FaultyTransport(change: { route, answer in
        try changeSync(route, &answer) { $0.keysVersion = 9 }
        guard route == .getKeys, isForged else { return }
        var keys = try JSONDecoder().decode(KeysDocument.self, from: Data(answer.body))
        keys.version = 9
        answer.body = Array(try JSONEncoder().encode(keys))
      })
      let a = try Machine(in: folder, "a", transport: transport)
      try await a.restore(from: server)
      let known = try a.client.activeLink().keys
      try a.write("Mine")
      let report = try await a.client.sync()
      #expect(report.pushed >= 1)
      #expect(report.warnings == (isForged ? [.foreignKeys] : []))
      #expect(try a.client.activeLink().keys == known)
    }
  }
}

private typealias Secret = SyncClient.Secret

/// Two machines, one of which has changed passphrase and recovery code, and the server put back
/// from before.
private struct World: Sendable {
  let server: SyncServer
  let folder: URL
  let a: Machine
  let b: Machine
  let before: Secret
  let codeBefore: RecoveryCode
  let present: Secret
  let code: RecoveryCode
}

/// - Parameter changesPassphrase: beside the recovery code; deriving its key takes a while.
private func withOlderKeys(
  changesPassphrase: Bool = true, _ body: @Sendable @escaping (World) async throws -> Void
) async throws {
  try await withServer { server, folder in
    let (a, b) = (try Machine(in: folder, "a"), try Machine(in: folder, "b"))
    let codeBefore = try TestPerson.ada.get().recoveryCode
    try await a.restore(from: server)
    try a.write("Kept")
    _ = try await a.client.sync()
    try await b.restore(from: server)
    try await settle(a, b)
    let backup = try await server.storage.backup()
    let present = try Passphrase("changed since")
    if changesPassphrase {
      try await a.client.changePassphrase(current: .recoveryCode(codeBefore), to: present)
    }
    let code = try await a.client.newRecoveryCode(current: .recoveryCode(codeBefore))
    await server.storage.putBack(backup)
    try await body(
      World(
        server: server, folder: folder, a: a, b: b,
        before: .passphrase(Passphrase("two rivers meet")), codeBefore: codeBefore,
        present: .passphrase(present), code: code))
  }
}

private func trusted(_ server: SyncServer) throws -> SyncClient.Server {
  SyncClient.Server(address: try server.address, fingerprint: server.fingerprint)
}

private func restoration(_ server: SyncServer, _ secret: Secret) throws -> Restoration {
  Restoration(server: try trusted(server), accountName: "ada", secret: secret)
}
