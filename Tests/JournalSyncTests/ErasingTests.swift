import Foundation
import JournalModel
import JournalSealing
import JournalStore
import OperationLog
import ServerCore
import ServerSQLite
import SyncProtocol
import TestSupport
import Testing

@testable import JournalSync

struct `An erase` {
  @Test func `takes the words from three machines and the server, and each confirms it`()
    async throws
  {
    let files = try TemporaryFolder()
    let storage = try SQLiteStorage(folder: files.path)
    try await withServer(storage: storage) { server, folder in
      let (a, b, c) = try await Machine.three(at: server, in: folder)
      let id = try a.write(Machine.plantedWords[0])
      for number in 0..<40 { try a.write("By the river \(number)") }
      _ = try await a.client.sync()
      _ = try await b.client.sync()
      _ = try await c.client.sync()
      try b.edit(id, text: Machine.plantedWords[1])
      _ = try await b.client.sync()
      try a.edit(id, text: Machine.plantedWords[2])
      _ = try await a.client.sync()
      _ = try await b.client.sync()
      let sealed = try a.sealed(of: id)
      #expect(sealed.count == 3)
      #expect(try sealed.count { try Machine.isFound(in: files.path, $0) } == 3)
      for machine in [a, b] { #expect(try machine.foundWords().contains(Machine.plantedWords[2])) }
      #expect(try c.foundWords() == [Machine.plantedWords[0]])

      let report = try await a.client.erase([id])
      #expect(report.count == 1)
      #expect(report.unfinished == nil)
      #expect(report.unsent == nil)
      #expect(report.sync.warnings == [])
      #expect(try a.foundWords() == [])
      #expect(try sealed.count { try Machine.isFound(in: files.path, $0) } == 0)
      #expect(try await storage.check() == [])
      #expect(try a.unconfirmed() == ["b", "c"])
      #expect(try b.unconfirmed() == [])

      // The third has been away for long.
      #expect(try await b.client.sync().warnings == [])
      #expect(try b.foundWords() == [])
      _ = try await a.client.sync()
      #expect(try a.unconfirmed() == ["c"])
      #expect(try await c.client.sync().warnings == [])
      #expect(try c.foundWords() == [])
      #expect(try c.unconfirmed() == [])
      _ = try await a.client.sync()
      _ = try await b.client.sync()
      #expect(try a.unconfirmed() == [])
      #expect(try b.unconfirmed() == [])
      try expectConverged(a, b, c)

      // A machine that comes later never hears the words.
      let d = try Machine(in: folder, "d")
      let restored = try await d.restore(from: server)
      #expect(restored.report.warnings == [])
      #expect(try d.foundWords() == [])
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
      let ids = (try a.write(Machine.plantedWords[0]), try b.write(Machine.plantedWords[1]))
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
      let id = try a.write(Machine.plantedWords[0])
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

  /// Killed, or out of memory or power.
  @Test func `takes away what a rehearsal has left`() async throws {
    try await withServer { server, folder in
      let (a, b) = (try Machine(in: folder, "a"), try Machine(in: folder, "b"))
      try await a.restore(from: server)
      let id = try a.write(Machine.plantedWords[0])
      _ = try await a.client.sync()
      try await b.restore(from: server)
      try FileManager.default.createDirectory(
        atPath: b.client.rehearsalFolder, withIntermediateDirectories: false)
      try b.store.backup(to: b.client.rehearsalFolder + "/journal.sqlite")
      _ = try await a.client.erase([id])
      _ = try await b.client.sync()
      #expect(try b.foundWords() == [])
      #expect(!FileManager.default.fileExists(atPath: b.client.rehearsalFolder))
    }
  }

  /// A repair puts the damaged file aside, an editor that was killed leaves a draft.
  @Test(arguments: ["journal.sqlite.damaged-20261121T080000Z", "drafts/edit-1-abcdef.md"])
  func `is not confirmed while a file that Ebb keeps may hold its words`(name: String) async throws
  {
    try await withServer { server, folder in
      let (a, b, _) = try await Machine.three(at: server, in: folder)
      let id = try a.write(Machine.plantedWords[0])
      for machine in [a, b] { _ = try await machine.client.sync() }
      let path = b.folder + "/" + name
      try FileManager.default.createDirectory(
        atPath: b.folder + "/drafts", withIntermediateDirectories: true)
      try Data(Machine.plantedWords[0].utf8).write(to: URL(fileURLWithPath: path))
      _ = try await a.client.erase([id])

      #expect(try await b.client.sync().warnings == [.erasedMayBeKept(files: [path])])
      #expect(try await b.client.sync().warnings == [])
      try b.write("Later words are sent as always")
      _ = try await b.client.sync()
      _ = try await a.client.sync()
      #expect(try a.unconfirmed() == ["b", "c"])

      try FileManager.default.removeItem(atPath: path)
      #expect(try await b.client.sync().warnings == [])
      _ = try await a.client.sync()
      #expect(try a.unconfirmed() == ["c"])
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
      let id = try a.write(Machine.plantedWords[0])
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
      let id = try a.write(Machine.plantedWords[0])
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
      let (a, b, c) = try await Machine.three(at: server, in: folder)
      let id = try a.write(Machine.plantedWords[0])
      _ = try await a.client.sync()
      _ = try await b.client.sync()
      _ = try await c.client.sync()
      try b.edit(id, text: Machine.plantedWords[1])
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
        #expect(try machine.texts() == [Machine.plantedWords[1]])
        #expect(try machine.foundWords() == [Machine.plantedWords[1]])
        #expect(try machine.store.survivors().map(\.state.id) == [id])
        #expect(try machine.store.summary().conflicts == 1)
      }
      _ = try await c.client.erase([id])
      for machine in [a, b, c, a, b] { #expect(try await machine.client.sync().warnings == []) }
      for machine in [a, b, c] { #expect(try machine.foundWords() == []) }
      try expectConverged(a, b, c)
    }
  }

  @Test func `what has survived is a conflict until somebody keeps it, for all machines`()
    async throws
  {
    try await withServer { server, folder in
      let (a, b, c) = try await Machine.three(at: server, in: folder)
      let id = try a.write(Machine.plantedWords[0])
      for machine in [a, b, c] { _ = try await machine.client.sync() }
      try b.edit(id, text: Machine.plantedWords[1])
      _ = try await a.client.erase([id])
      _ = try await b.client.sync()
      let survivor = try #require(try b.store.survivor(id))
      #expect(try await a.client.sync().warnings == [.survivedErase([id])])
      _ = try b.store.write([survivor.keeping])
      for machine in [b, a, c, b] { _ = try await machine.client.sync() }
      for machine in [a, b, c] {
        #expect(try machine.store.survivors() == [])
        #expect(try machine.store.summary().conflicts == 0)
        #expect(try machine.texts() == [Machine.plantedWords[1]])
      }
      // A new machine, which hears of all that ever was, has nothing to settle.
      let d = try Machine(in: folder, "d")
      #expect(try await d.restore(from: server).report.warnings == [])
      #expect(try await d.client.sync().warnings == [])
      // Whoever erases it now has seen that it was kept.
      _ = try await a.client.erase([id])
      for machine in [b, c, d, a, b, c, d] { _ = try await machine.client.sync() }
      for machine in [a, b, c, d] { #expect(try machine.foundWords() == []) }
      try expectConverged(a, b, c, d)
    }
  }
}
