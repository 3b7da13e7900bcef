import Foundation
import JournalModel
import JournalSealing
import JournalStore
import OperationLog
import SecureTransport
import ServerCore
import SyncProtocol
import Testing

@testable import JournalSync

/// Whose login it is, and whose place an installation takes, whatever comes in between.
struct `A journal that logs in again` {
  /// Before the exchange in which it learns that it is a copy it has told nobody whose place it takes.
  @Test func `and is cut off before its first exchange takes nobody's place if it is a copy`()
    async throws
  {
    try await withServer { server, folder in
      let a = try Machine(in: folder, "a")
      try await a.restore(from: server)
      try a.write("Shared")
      _ = try await a.client.sync()
      try FileCopy.copy(a.folder, to: folder.appendingPathComponent("copy").path)
      try a.write("On a")
      _ = try await a.client.sync()

      let cut = FaultyTransport(changeRequest: { request in
        struct Lost: Error {}
        if request.route == .sync { throw ConnectionFailure(.exchanging, cause: Lost()) }
      })
      await expectFailure(.unreachable) {
        try await Machine(in: folder, "copy", machineName: "a", transport: cut, mode: .existing)
          .restore(from: server)
      }
      let copy = try Machine(in: folder, "copy", machineName: "a", mode: .existing)
      try copy.write("On the copy")
      _ = try await copy.client.sync()
      try await settle(a, copy)
      try expectConverged(a, copy)
      #expect(try a.store.machines().count == 2)
      #expect(try copy.store.machines().count == 2)
    }
  }

  /// It had two device ids, of which an erase would wait for one for ever.
  @Test func `twice before it tells of itself takes the place of the one that did`() async throws {
    try await withServer { server, folder in
      let (a, b) = (try Machine(in: folder, "a"), try Machine(in: folder, "b"))
      for machine in [a, b] { try await machine.restore(from: server) }
      let id = try a.write("To be erased")
      for machine in [a, b] { _ = try await machine.client.sync() }
      let own = try b.store.installation
      _ = try b.store.fork(
        from: OperationID(device: try b.store.device, sequence: Sequence(100)))
      try b.store.setInstallation(own)
      _ = try await b.client.sync()

      try await b.restore(from: server)
      try await b.restore(from: server)
      for machine in [b, a] { _ = try await machine.client.sync() }
      _ = try a.store.erase([id])
      for machine in [a, b, a] { _ = try await machine.client.sync() }
      #expect(try a.unconfirmed() == [])
    }
  }

  /// Neither takes the place of the other, for each holds the words.
  @Test func `by registering does not share that with a copy that does so too`() async throws {
    try await withServer { server, folder in
      let (third, original, copy, id) = try await Machine.copiedAfterLogout(at: server, in: folder)
      for machine in [original, copy] {
        try machine.write("Of its own")
        let outcome = try await machine.client.register(
          Registration(
            server: SyncClient.Server(
              address: try server.address, fingerprint: server.fingerprint),
            accountName: "ada", invite: nil, passphrase: Passphrase("two rivers meet")))
        _ = try await machine.client.sync(hasNewLogin: outcome.isOwnLogin)
        #expect(try machine.client.activeLink().sharesLogin == false)
      }
      #expect(try original.store.installation != copy.store.installation)
      for machine in [original, copy, third] { _ = try await machine.client.sync() }
      #expect(try await third.client.devices().allSatisfy { $0.name != nil })
      _ = try third.store.erase([id])
      _ = try await third.client.sync()
      #expect(try third.unconfirmed() == ["b", "b", "c"])
    }
  }
}
