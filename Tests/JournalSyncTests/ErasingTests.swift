import Foundation
import JournalModel
import JournalSealing
import JournalStore
import OperationLog
import SecureTransport
import ServerCore
import ServerSQLite
import SwiftProtobuf
import SyncProtocol
import TestSupport
import Testing

@testable import JournalSync

struct `An erase` {
  private static let words = ["Zwetschgenmus", "Quittenbaum", "Holunderbeere"]

  @Test func `takes the words from three machines and the server, and each confirms it`()
    async throws
  {
    let files = try TemporaryFolder()
    let storage = try SQLiteStorage(folder: files.path)
    try await withServer(storage: storage) { server, folder in
      let (a, b, c) = try await machines(at: server, in: folder)
      let id = try a.write(Self.words[0])
      for number in 0..<40 { try a.write("By the river \(number)") }
      _ = try await a.client.sync()
      _ = try await b.client.sync()
      _ = try await c.client.sync()
      try b.edit(id, text: Self.words[1])
      _ = try await b.client.sync()
      try a.edit(id, text: Self.words[2])
      _ = try await a.client.sync()
      _ = try await b.client.sync()
      let sealed = try a.sealed(of: id)
      #expect(sealed.count == 3)
      #expect(try sealed.count { try isFound(in: files.path, $0) } == 3)
      for machine in [a, b] { #expect(try found(machine).contains(Self.words[2])) }
      #expect(try found(c) == [Self.words[0]])

      let report = try await a.client.erase([id])
      #expect(report.count == 1)
      #expect(report.unfinished == nil)
      #expect(report.unsent == nil)
      #expect(report.sync.warnings == [])
      #expect(try found(a) == [])
      #expect(try sealed.count { try isFound(in: files.path, $0) } == 0)
      #expect(try await storage.check() == [])
      #expect(try pending(a) == ["b", "c"])
      #expect(try pending(b) == [])

      // The third has been away for long.
      #expect(try await b.client.sync().warnings == [])
      #expect(try found(b) == [])
      _ = try await a.client.sync()
      #expect(try pending(a) == ["c"])
      #expect(try await c.client.sync().warnings == [])
      #expect(try found(c) == [])
      #expect(try pending(c) == [])
      _ = try await a.client.sync()
      _ = try await b.client.sync()
      #expect(try pending(a) == [])
      #expect(try pending(b) == [])
      try expectConverged(a, b, c)

      // A machine that comes later never hears the words.
      let d = try Machine(in: folder, "d")
      let restored = try await d.restore(from: server)
      #expect(restored.report.warnings == [])
      #expect(try found(d) == [])
      _ = try await a.client.sync()
      try expectConverged(a, d)
      #expect(try d.store.wasErased(id))
    }
  }

  @Test func `is understood by a new machine that hears of what it took away first`() async throws {
    var limits = ServerLimits()
    limits.pageOperationsMax = 1
    try await withServer(limits: limits) { server, folder in
      let (a, b) = (try Machine(in: folder, "a"), try Machine(in: folder, "b"))
      try await a.restore(from: server)
      try await b.restore(from: server)
      let ids = (try a.write(Self.words[0]), try b.write(Self.words[1]))
      try a.write("Kept")
      for machine in [a, b, a] { _ = try await machine.client.sync() }
      // Each the other's: of one the words' place comes before the erase, whatever the order.
      #expect(try await a.client.erase([ids.1]).count == 1)
      #expect(try await b.client.erase([ids.0]).count == 1)
      let c = try Machine(in: folder, "c")
      #expect(try await c.restore(from: server).report.warnings == [])
      #expect(try c.texts() == ["Kept"])
      for machine in [a, c, a] { _ = try await machine.client.sync() }
      try expectConverged(a, c)
    }
  }

  @Test func `is not confirmed while the file holds its words, nor what was not sent`()
    async throws
  {
    try await withServer { server, folder in
      let a = try Machine(in: folder, "a")
      try await a.restore(from: server)
      let id = try a.write(Self.words[0])
      _ = try await a.client.sync()
      let record = try #require(RecordID(try a.store.installation.bytes))
      func confirmed() throws -> HaveText {
        HaveText(try a.store.state(of: record)?[DeviceRecord.have]?.text ?? "")
      }
      let sent = try #require(try a.store.history(of: id).first).stamp.id
      let kept = try a.write("By the river")
      let unsent = try #require(try a.store.history(of: kept).first).stamp.id
      var own = try DeviceRecord(a.client)
      try own.write()
      #expect(try confirmed().covers(sent))
      #expect(try !confirmed().covers(unsent))

      #expect(try a.store.erase([id]) == 1)
      let before = try a.store.state(of: record)
      try own.write()
      #expect(try a.store.state(of: record) == before)
      try a.store.finishErasing()
      try own.write()
      #expect(try a.store.state(of: record) != before)
    }
  }

  /// A repair puts the damaged file aside, an editor that was killed leaves a draft.
  @Test(arguments: ["journal.sqlite.damaged-20261121T080000Z", "drafts/edit-1-abcdef.md"])
  func `is not confirmed while a file that Ebb keeps may hold its words`(name: String) async throws
  {
    try await withServer { server, folder in
      let (a, b, _) = try await machines(at: server, in: folder)
      let id = try a.write(Self.words[0])
      for machine in [a, b] { _ = try await machine.client.sync() }
      let path = b.folder + "/" + name
      try FileManager.default.createDirectory(
        atPath: b.folder + "/drafts", withIntermediateDirectories: true)
      try Data(Self.words[0].utf8).write(to: URL(fileURLWithPath: path))
      _ = try await a.client.erase([id])

      #expect(try await b.client.sync().warnings == [.erasedMayBeKept(files: [path])])
      #expect(try await b.client.sync().warnings == [])
      try b.write("Later words are sent as always")
      _ = try await b.client.sync()
      _ = try await a.client.sync()
      #expect(try pending(a) == ["b", "c"])

      try FileManager.default.removeItem(atPath: path)
      #expect(try await b.client.sync().warnings == [])
      _ = try await a.client.sync()
      #expect(try pending(a) == ["c"])
      // What is put aside later is no matter of that erase.
      try Data().write(to: URL(fileURLWithPath: path))
      #expect(try b.store.keptFiles() == [])
    }
  }

  @Test func `by a copy is known to be on the server where the original learns of it`() async throws
  {
    try await withServer { server, folder in
      let a = try Machine(in: folder, "a")
      try await a.restore(from: server)
      let id = try a.write(Self.words[0])
      _ = try await a.client.sync()
      try FileCopy.copy(a.folder, to: folder.appendingPathComponent("copy").path)
      let copy = try Machine(in: folder, "copy", machineName: "a", mode: .existing)
      _ = try await copy.client.erase([id])
      for _ in 1...2 {
        _ = try await a.client.sync()
        _ = try await copy.client.sync()
      }
      #expect(try a.store.pendingErases().count { !$0.isOnServer } == 0)
      #expect(try a.texts() == [])
    }
  }

  @Test func `takes what a copy was about to send, and holds up nothing there`() async throws {
    try await withServer { server, folder in
      let a = try Machine(in: folder, "a")
      try await a.restore(from: server)
      let id = try a.write(Self.words[0])
      try a.write("By the river")
      try FileCopy.copy(a.folder, to: folder.appendingPathComponent("copy").path)
      let copy = try Machine(in: folder, "copy", mode: .existing)
      #expect(try await a.client.erase([id]).count == 1)
      _ = try await copy.client.sync()
      #expect(try copy.store.summary().unsynced == 0)
      #expect(try copy.texts() == ["By the river"])
      _ = try await a.client.sync()
      try expectConverged(a, copy)
    }
  }

  @Test(arguments: [false, true])
  func `leaves what another machine changed without knowing of it`(
    _ isSentFirst: Bool
  ) async throws {
    try await withServer { server, folder in
      let (a, b, c) = try await machines(at: server, in: folder)
      let id = try a.write(Self.words[0])
      _ = try await a.client.sync()
      _ = try await b.client.sync()
      _ = try await c.client.sync()
      try b.edit(id, text: Self.words[1])
      // Either the erase comes to b while its change is not sent, or the change to c first.
      _ = try await a.client.erase([id])
      if isSentFirst {
        _ = try await c.client.sync()
        #expect(try await b.client.sync().warnings == [.survivedErase([id])])
        #expect(try await c.client.sync().warnings == [.survivedErase([id])])
      } else {
        #expect(try await b.client.sync().warnings == [.survivedErase([id])])
        #expect(try await c.client.sync().warnings == [.survivedErase([id])])
      }
      #expect(try await a.client.sync().warnings == [.survivedErase([id])])
      for machine in [a, b, c] {
        #expect(try machine.texts() == [Self.words[1]])
        #expect(try found(machine) == [Self.words[1]])
        #expect(try machine.store.survivors().map(\.state.id) == [id])
        #expect(try machine.store.summary().conflicts == 1)
      }
      _ = try await c.client.erase([id])
      for machine in [a, b, c, a, b] { #expect(try await machine.client.sync().warnings == []) }
      for machine in [a, b, c] { #expect(try found(machine) == []) }
      try expectConverged(a, b, c)
    }
  }

  @Test func `what has survived is a conflict until somebody keeps it, for all machines`()
    async throws
  {
    try await withServer { server, folder in
      let (a, b, c) = try await machines(at: server, in: folder)
      let id = try a.write(Self.words[0])
      for machine in [a, b, c] { _ = try await machine.client.sync() }
      try b.edit(id, text: Self.words[1])
      _ = try await a.client.erase([id])
      _ = try await b.client.sync()
      let survivor = try #require(try b.store.survivor(id))
      #expect(try await a.client.sync().warnings == [.survivedErase([id])])
      _ = try b.store.write([survivor.keeping])
      for machine in [b, a, c, b] { _ = try await machine.client.sync() }
      for machine in [a, b, c] {
        #expect(try machine.store.survivors() == [])
        #expect(try machine.store.summary().conflicts == 0)
        #expect(try machine.texts() == [Self.words[1]])
      }
      // Whoever erases it now has seen that it was kept.
      _ = try await a.client.erase([id])
      for machine in [b, c, a, b, c] { _ = try await machine.client.sync() }
      for machine in [a, b, c] { #expect(try found(machine) == []) }
      try expectConverged(a, b, c)
    }
  }

  @Test func `needs the server first`() async throws {
    try await withServer { server, folder in
      let transport = FaultyTransport(fault: { $0 < 3 ? nil : .loseRequest })
      let a = try Machine(in: folder, "a", transport: transport)
      try await a.restore(from: server)
      let id = try a.write(Self.words[0])
      await #expect { try await a.client.erase([id]) } throws: {
        ($0 as? SyncFailure)?.code == .unreachable
      }
      #expect(try a.texts() == [Self.words[0]])
    }
  }

  @Test(arguments: 0..<8, [FaultyTransport.Fault.loseRequest, .loseAnswer])
  func `reaches everybody whichever exchange is lost`(
    _ lost: Int, _ fault: FaultyTransport.Fault
  ) async throws {
    try await withServer { server, folder in
      let (b, c) = (try Machine(in: folder, "b"), try Machine(in: folder, "c"))
      for machine in [b, c] { try await machine.restore(from: server) }
      let id = try b.write(Self.words[0])
      _ = try await b.client.sync()
      let transport = FaultyTransport(fault: { $0 == lost ? fault : nil })
      let a = try Machine(in: folder, "a", transport: transport)
      if (try? await a.restore(from: server)) == nil { try await a.restore(from: server) }
      try a.edit(id, text: Self.words[1])
      for _ in 1...3 {
        guard try a.store.state(of: id) != nil else { break }
        _ = try? await a.client.erase([id])
      }
      for machine in [a, b, c, a, b, c] { _ = try? await machine.client.sync() }
      for machine in [a, b, c] { #expect(try found(machine) == []) }
      try expectConverged(a, b, c)
      #expect(try pending(a) == [])
    }
  }

  @Test func `is known again to a server that lost everything, stubs and all`() async throws {
    try await withServer { server, folder in
      let (a, b, c) = try await machines(at: server, in: folder)
      let id = try a.write(Self.words[0])
      let other = try b.write("Stays")
      _ = try await a.client.sync()
      _ = try await b.client.sync()
      _ = try await c.client.sync()
      _ = try await b.client.erase([id])
      _ = try await a.client.sync()
      try a.edit(id: other, "Stays too")
      _ = try await a.client.sync()
      try await SyncServer.run { second in
        try await TestPerson.ada.get().makeAccount(at: second)
        // As registering does.
        try a.store.forgetAcceptance()
        let warnings = try await a.restore(from: second).report.warnings
        #expect(warnings.allSatisfy { if case .broughtAlong = $0 { true } else { false } })
        #expect(try await a.client.sync().warnings == [])
        let d = try Machine(in: folder, "d")
        #expect(try await d.restore(from: second).report.warnings == [])
        try expectConverged(a, d)
        // This one has not heard of it, and sends the whole operation.
        #expect(try found(c) == [Self.words[0]])
        _ = try await c.restore(from: second)
        #expect(try await c.client.sync().warnings == [])
        #expect(try found(c) == [])
        _ = try await a.client.sync()
        try expectConverged(a, c)
      }
    }
  }

  @Test func `made up by a server is not believed, and named`() async throws {
    try await withServer { server, folder in
      let lying = FaultyTransport(change: { route, answer in
        guard route == .sync, answer.status == 200 else { return }
        var message = try WireSyncResponse(decoding: answer.body)
        let account = try TestPerson.ada.get().ring.document.account
        for index in message.operations.indices {
          let id = try #require(Hexadecimal.bytes(account).flatMap { AccountID($0) })
          let header = try #require(
            OperationHeader(wireBytes: Array(message.operations[index].header), account: id))
          message.operations[index].header = Data(header.stub.wireBytes)
          message.operations[index].sealed = Data()
        }
        answer.body = try message.serializedBytes()
      })
      let a = try Machine(in: folder, "a")
      let b = try Machine(in: folder, "b")
      for machine in [a, b] { try await machine.restore(from: server) }
      let id = try a.write("One")
      try b.write("Kept on b")
      _ = try await b.client.sync()
      _ = try await a.client.sync()
      let lied = try Machine(in: folder, "b", transport: lying, mode: .existing)
      let warnings = try await lied.client.sync().warnings
      #expect(!warnings.isEmpty)
      #expect(warnings.allSatisfy { if case .unvouchedStub = $0 { true } else { false } })
      #expect(try lied.texts() == ["Kept on b"])
      #expect(try await b.client.sync().warnings == [])
      #expect(try b.texts() == ["Kept on b", "One"])
      #expect(try b.store.history(of: id).count == 1)
      try expectConverged(a, b)
    }
  }

  private func machines(
    at server: SyncServer, in folder: URL
  ) async throws -> (Machine, Machine, Machine) {
    let machines = (
      try Machine(in: folder, "a"), try Machine(in: folder, "b"), try Machine(in: folder, "c")
    )
    for machine in [machines.0, machines.1, machines.2] {
      try await machine.restore(from: server)
      _ = try await machine.client.sync()
    }
    return machines
  }

  /// The planted words that are in some file of a machine.
  private func found(_ machine: Machine) throws -> Set<String> {
    try Set(
      Self.words.filter { word in
        try [word, word.lowercased()].contains {
          try isFound(in: machine.folder, Array($0.utf8))
        }
      })
  }

  private func isFound(in folder: String, _ bytes: [UInt8]) throws -> Bool {
    try FileManager.default.subpathsOfDirectory(atPath: folder).contains { path in
      FileManager.default.contents(atPath: folder + "/" + path)?.range(of: Data(bytes)) != nil
    }
  }

  /// The names of the machines that have not confirmed yet.
  private func pending(_ machine: Machine) throws -> [String] {
    let erases = try machine.store.pendingErases()
    #expect(erases.count { !$0.isOnServer } == 0)
    return erases.flatMap(\.machines).compactMap(\.name).sorted()
  }
}

extension Machine {
  fileprivate func edit(id: RecordID, _ text: String) throws {
    if try store.state(of: id) != nil { try edit(id, text: text) }
  }

  /// The sealed bytes of all a record's operations, as a server has them.
  fileprivate func sealed(of id: RecordID) throws -> [[UInt8]] {
    let keys = try store.keys
    return try store.history(of: id).map { version in
      let operation = try #require(
        try store.operations(
          of: version.id.device, version.id.sequence...version.id.sequence, limitOperations: 1,
          limitBytes: .max
        ).first)
      return try keys.seal(operation).sealed
    }
  }
}
