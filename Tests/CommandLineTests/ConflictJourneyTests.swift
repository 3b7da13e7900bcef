import Foundation
import TestSupport
import Testing

/// Two machines that write the same at once, from the conflict to its settlement on both.
struct ConflictJourneyTests {
  private struct Conflict: Decodable {
    var id: String
    var field: String
    var current: String?
    var siblings: [Sibling]

    struct Sibling: Decodable {
      var version: String
      var device: String
      var machine: String?
      var timestamp: String
      var text: String?
    }
  }

  private struct Report: Decodable {
    var conflicts: Int
    var warnings: [String]
  }

  private static let before = "Up early.\nHome by the river, late.\nTo bed."
  private static let here = "Up very early.\nHome by the sea, late.\nTo bed."
  private static let there = "Up early.\nHome by the lake, late.\nSo to bed."
  private static let merged = "Up very early.\nHome by sea and lake, late.\nSo to bed."

  private func editor(_ machine: Machine, _ script: String) throws -> [String: String] {
    let path = machine.path + "/editor"
    try Data("\(script)\n".utf8).write(to: URL(filePath: path))
    return ["EDITOR": "sh \(path)"]
  }

  private func report(_ machine: Machine) async throws -> Report {
    try JSONDecoder().decode(Report.self, from: Data(try await machine.sync().utf8))
  }

  @Test func `a text written on two machines at once is shown, merged and settled on both`()
    async throws
  {
    try await ServerProcess.run { server in
      let (one, two) = (try Machine(), try Machine())
      let id = try await one.write(Self.before)
      try await one.register(at: server)
      try await two.restore(from: server)
      try await one.ebb("edit", id, "--text", Self.here)
      try await two.ebb("edit", id, "--text", Self.there)
      _ = try await one.sync()

      // Said once, by name.
      let said = try await two.ebb("sync")
      #expect(said.contains("Written on two machines at once, and both texts are kept:\n"))
      #expect(said.contains("  \(id.prefix(6))  "))
      #expect(try await two.ebb("sync") == "Nothing new.\n")
      #expect(try await report(one).conflicts == 1)
      #expect(try await report(one).conflicts == 0)

      try await expectShown(id, on: two)
      try await expectRefusedUnmerged(id, on: two)

      let mending = try editor(two, "printf '%s' \"$MERGED\" > \"$1\"")
      let settled = try await two.ebb(
        "resolve", id, "--keep", "edit",
        environment: mending.merging(["MERGED": Self.merged]) { $1 })
      #expect(settled.hasPrefix("Settled \(id.prefix(6))"))
      #expect(try await report(two).conflicts == 0)
      #expect(try await report(one).conflicts == 0)
      for machine in [one, two] {
        #expect(try await machine.json("show", id, as: Entry.self).text == Self.merged)
        #expect(try await machine.ebb("conflicts", "--json") == "[]\n")
        #expect(try await machine.json("status", as: Status.self).conflicts == 0)
      }
      #expect(try await one.digest() == two.digest())
      try await expectReturns(id, from: one, edited: two)
    }
  }

  private func expectShown(_ id: String, on machine: Machine) async throws {
    #expect(try await machine.json("status", as: Status.self).conflicts == 1)
    #expect(try await machine.ebb("status").contains("conflicts     1  (`ebb conflicts`"))
    #expect(
      try await machine.ebb().contains("(`ebb conflicts` shows both texts):\n  \(id.prefix(6))"))
    let conflict = try #require(try await machine.json("conflicts", as: [Conflict].self).first)
    #expect(conflict.id == id && conflict.field == "text")
    #expect(conflict.current == Self.there)
    #expect(conflict.siblings.map(\.text) == [Self.here])
    let sibling = try #require(conflict.siblings.first)
    #expect(sibling.version.hasPrefix(sibling.device + "."))
    #expect(sibling.machine != nil)
    let shown = try await machine.ebb("conflicts")
    #expect(shown.contains("Up [-very -]early."))
    #expect(shown.contains("Home by the [-sea-]{+lake+}, late."))
    #expect(shown.contains("ebb resolve \(id.prefix(6)) --keep winner, sibling, both or edit"))
    let versions: [Version] = try await machine.json("history", id)
    #expect(versions.map(\.sibling) == [false, true, false])
    #expect(versions.allSatisfy { $0.machine != nil })
  }

  private func expectRefusedUnmerged(_ id: String, on machine: Machine) async throws {
    let digest = try await machine.digest()
    let looking = try editor(machine, "cp \"$1\" \"$HOME/draft\"")
    let unchanged = try await machine.run(["resolve", id, "--keep", "edit"], environment: looking)
    #expect(unchanged.exitCode == 65)
    #expect(!unchanged.error.contains("kept in"))
    let draft = try String(contentsOfFile: machine.path + "/draft", encoding: .utf8)
    let lines = draft.split(separator: "\n").map(String.init)
    #expect(lines.first == "Up very early.")
    #expect(lines.last == "So to bed.")
    #expect(lines[1].hasPrefix("<<<<<<< "))
    #expect(
      [lines[2], lines[3], lines[4], lines[5], lines[6]] == [
        "Home by the lake, late.", "||||||| before both", "Home by the river, late.", "=======",
        "Home by the sea, late.",
      ])

    let half = try editor(machine, "echo precious >> \"$1\"")
    let refused = try await machine.run(["resolve", id, "--keep", "edit"], environment: half)
    #expect(refused.exitCode == 65)
    let kept = try #require(refused.error.firstMatch(of: /kept in (\S+)\. When/)).1
    #expect(try String(contentsOfFile: String(kept), encoding: .utf8).hasSuffix("precious\n"))

    let dying = try editor(machine, "echo precious > \"$1\"; exit 3")
    let died = try await machine.run(["resolve", id, "--keep", "edit"], environment: dying)
    #expect(died.exitCode == 1)
    let path = try #require(died.error.firstMatch(of: /kept in (\S+)\. When/)).1
    #expect(try String(contentsOfFile: String(path), encoding: .utf8) == "precious\n")
    #expect(try await machine.run(["resolve", id]).exitCode == 64)
    #expect(try await machine.run(["resolve", id, "--keep", "none"]).exitCode == 64)
    #expect(try await machine.digest() == digest)
  }

  /// Deleted here, edited there.
  private func expectReturns(_ id: String, from one: Machine, edited two: Machine) async throws {
    try await one.ebb("delete", id)
    try await two.ebb("edit", id, "--text", "not gone")
    _ = try await two.sync()
    let said = try await one.ebb("sync")
    #expect(said.contains("edited on another that did not know, so it is not in the trash:"))
    #expect(said.contains("  \(id.prefix(6))  "))
    #expect(try await one.ebb("sync") == "Nothing new.\n")
    let report = try await report(two)
    #expect(report.warnings.count == 1)
    #expect(report.warnings.first?.contains(id) == true)
    #expect(try await one.json("list", as: [Entry].self).map(\.text) == ["not gone"])
    #expect(try await one.digest() == two.digest())
    // What threw it away does not count.
    let history = try await one.json("history", id, as: [Version].self)
    #expect(history.filter { $0.changes["trashed"] != nil }.map(\.current) == [false])
    #expect(try await one.run(["resolve", id, "--keep", "winner"]).exitCode == 1)
    let unfit = try await one.run(["resolve", id, "--field", "starred", "--keep", "winner"])
    #expect(unfit.exitCode == 64 && unfit.error.hasPrefix("Only texts are kept side by side"))
  }

  @Test func `what was erased here and changed there is shown until it is kept`() async throws {
    try await ServerProcess.run { server in
      let (one, two) = (try Machine(), try Machine())
      let id = try await one.write(Self.before)
      try await one.register(at: server)
      try await two.restore(from: server)
      try await two.ebb("edit", id, "--text", Self.there)
      try await one.ebb("erase", id, "--yes")
      _ = try await two.sync()
      _ = try await one.sync()

      for machine in [one, two] {
        #expect(try await machine.ebb("status").contains("(`ebb conflicts` shows them)"))
        let shown = try await machine.ebb("conflicts")
        #expect(shown.contains("ebb erase \(id.prefix(6)) to erase it again"))
        #expect(try await machine.ebb("conflicts", "--json").contains("\"erased\""))
      }
      #expect(try await two.run(["resolve", id, "--keep", "both"]).exitCode == 1)
      #expect(try await two.ebb("resolve", id, "--keep", "winner").hasPrefix("Settled "))
      _ = try await two.sync()
      _ = try await one.sync()
      for machine in [one, two] {
        #expect(try await machine.run(["conflicts", id]).exitCode == 1)
        #expect(try await machine.ebb("conflicts", "--json") == "[]\n")
      }
    }
  }
}
