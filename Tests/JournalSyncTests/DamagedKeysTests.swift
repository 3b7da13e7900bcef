import Foundation
import JournalSealing
import ServerCore
import Testing

@testable import JournalSync

/// Bits that turn in what opens the account on the server's disk.
@Suite struct `A server whose disk damages an account's keys` {
  @Test func `gets them back from the next machine that syncs, which says so`() async throws {
    try await withDamagedKeys { server, a, b, new in
      await expectFailure(.keysDamagedThere) { try await new.restore(from: server) }
      #expect(try await a.client.compare(try a.verified()).findings == [.keysDamagedThere])

      #expect(try await a.client.sync().warnings == [.keysGivenBack])
      #expect(try await a.client.sync().warnings.isEmpty)
      #expect(try await b.client.sync().warnings.isEmpty)
      #expect(try await a.client.compare(try a.verified()).findings.isEmpty)
      try await new.restore(from: server)
      #expect(try new.texts() == ["Kept"])
    }
  }

  @Test func `says so where the passphrase is wanted, and not that it is wrong`() async throws {
    try await withDamagedKeys { server, a, b, new in
      let code = SyncClient.Secret.recoveryCode(try TestPerson.ada.get().recoveryCode)
      await expectFailure(.keysDamagedThere) {
        try await a.client.changePassphrase(current: code, to: Passphrase("another"))
      }
      await expectFailure(.keysDamagedThere) { try await a.client.deleteAccount(code) }
      #expect(try await b.client.sync().warnings == [.keysGivenBack])
      try await a.client.changePassphrase(current: code, to: Passphrase("another"))
    }
  }

  @Test func `and what it knows them by, says what helps then`() async throws {
    try await withDamagedKeys { server, a, b, new in
      try await server.damageKeys(checksum: 3)
      for machine in [a, b] {
        #expect(try await machine.client.sync().warnings == [.keysLostThere])
      }
      await expectFailure(.keysDamagedThere) { try await new.restore(from: server) }
    }
  }

  @Test func `is not given older ones than it had`() async throws {
    try await withServer { server, folder in
      let (a, b) = (try Machine(in: folder, "a"), try Machine(in: folder, "b"))
      try await a.restore(from: server)
      try await b.restore(from: server)
      _ = try await a.client.newRecoveryCode(
        current: .recoveryCode(TestPerson.ada.get().recoveryCode))
      try await server.damageKeys()
      try b.write("Of the other")
      let report = try await b.client.sync()
      #expect(report.warnings == [.keysDamagedThere])
      #expect(report.pushed > 0)
      #expect(try await a.client.sync().warnings == [.keysGivenBack])
      // Which it then follows.
      #expect(try await b.client.sync().warnings.isEmpty)
      #expect(try b.client.activeLink().keys == a.client.activeLink().keys)
    }
  }
}

/// Two machines that have synced, and one that has not been there yet.
private func withDamagedKeys(
  _ body: @Sendable @escaping (SyncServer, Machine, Machine, Machine) async throws -> Void
) async throws {
  try await withServer { server, folder in
    let (a, b) = (try Machine(in: folder, "a"), try Machine(in: folder, "b"))
    try a.write("Kept")
    try await a.restore(from: server)
    try await b.restore(from: server)
    try await settle(a, b)
    try await server.damageKeys()
    try await body(server, a, b, try Machine(in: folder, "new"))
  }
}

extension SyncServer {
  fileprivate func damageKeys(checksum: Int64? = nil) async throws {
    try await storage.write { transaction in
      for account in try transaction.accounts() {
        var json = account.keys.json
        json[40] = 0
        try transaction.setKeys(
          StoredKeys(
            version: account.keys.version, json: json,
            checksum: checksum ?? account.keys.checksum),
          of: account.slot)
      }
    }
  }
}
