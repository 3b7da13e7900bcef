import Foundation
import TestSupport
import Testing

/// `ebb erase` with the built programs, looked at from outside: what is in the files.
struct EraseTests {
  /// Said once each, and nowhere else.
  private static let words = [
    "Zwetschgenmus", "Quittenbaum", "Holunderbeere", "Schlehdornhecke", "Brombeerhag",
    "Kornelkirsche",
  ]

  @Test func `without a server it says that nothing was erased or revoked`() async throws {
    try await ServerProcess.run { server in
      let machine = try Machine()
      let id = try await machine.write("still here")
      try await machine.register(at: server)
      await server.stop()
      for (arguments, said) in [
        (["erase", id, "--yes"], "Nothing was erased; do it again when the server"),
        (["devices", "revoke", "5d07b2c1"], "The machine “5d07b2c1” was not revoked; do it again"),
      ] {
        let ended = try await machine.run(arguments)
        #expect(ended.exitCode == 69)
        #expect(ended.error.contains(said), "\(ended.error)")
        #expect(!ended.error.contains("next time"))
      }
      #expect(try await machine.run(["show", id]).exitCode == 0)
    }
  }

  @Test func `erased words are in no file of three machines, the server or a later backup`()
    async throws
  {
    try await ServerProcess.run { server in
      let (first, second, third) = (try Machine(), try Machine(), try Machine())
      for number in 0..<12 { try await first.ebb("write", "By the river \(number).") }
      let id = try await first.write(
        "First \(Self.words[0]).", "--title", Self.words[1], "--tag", Self.words[2], "--person",
        Self.words[3])
      try await first.register(at: server)
      try await second.restore(from: server)
      try await third.restore(from: server)
      _ = try await second.sync()
      try await second.ebb("edit", id, "--text", "Second \(Self.words[4]).")
      _ = try await second.sync()
      _ = try await first.sync()
      try await first.ebb("edit", id, "--text", "Third \(Self.words[5]).")
      try await first.ebb("delete", id)
      _ = try await first.sync()
      _ = try await second.sync()
      // Title, tag, name and the present text lie there in the open, the older texts deflated.
      let payloads = try await Self.payloads(of: id, in: first)
      #expect(payloads.count == 4)
      for machine in [first, second] {
        #expect(
          try Self.found(below: machine.home).isSuperset(of: [1, 2, 3, 5].map { Self.words[$0] }))
        #expect(try Self.count(payloads, below: machine.home) == 4)
      }
      // This one has been away.
      #expect(try Self.found(below: third.home).isSuperset(of: Self.words[...3]))
      #expect(try Self.count(payloads, below: third.home) == 1)
      #expect(try Self.found(below: server.folder) == [])

      let refused = try await first.run(["erase", id])
      #expect(refused.exitCode == 64)
      #expect(refused.output == "")
      let before = try await Self.status(of: first)
      #expect(before.pendingErases == [])

      let name = ProcessInfo.processInfo.hostName
      let erased = try await first.run(["erase", id, "--yes"])
      #expect(erased.exitCode == 0)
      #expect(erased.error == "")
      // Both have the name of this machine, so the beginnings of their ids tell them apart.
      let lines = erased.output.split(separator: "\n").map(String.init)
      #expect(lines.first == "Erased \(id.prefix(6))")
      #expect(Set(lines).count == 3)
      #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("Not confirmed yet by \(name) (") })
      #expect(try Self.found(below: first.path) == [])
      #expect(try Self.count(payloads, below: first.path) == 0)
      let pending = try #require(try await Self.status(of: first).pendingErases.first)
      #expect(pending.record == id)
      #expect(pending.server)
      #expect(pending.waitingFor.count == 2)
      #expect(try await first.run(["show", id]).exitCode == 1)

      let synced = try await second.sync()
      #expect(synced.contains(#""warnings":[]"#))
      #expect(try Self.found(below: second.path) == [])
      #expect(try Self.count(payloads, below: second.path) == 0)
      _ = try await first.sync()
      #expect(try await Self.status(of: first).pendingErases.first?.waitingFor.count == 1)
      #expect(try await third.sync().contains(#""warnings":[]"#))
      #expect(try Self.found(below: third.path) == [])
      #expect(try Self.count(payloads, below: third.path) == 0)
      _ = try await first.sync()
      #expect(try await Self.status(of: first).pendingErases == [])
      for machine in [first, third, second] { _ = try await machine.sync() }
      let digests = [
        try await first.digest(), try await second.digest(), try await third.digest(),
      ]
      #expect(Set(digests).count == 1)

      try await first.ebb("backup", first.path + "/backup")
      #expect(try Self.found(below: first.path) == [])
      let fourth = try Machine()
      try await fourth.restore(from: server)
      _ = try await first.sync()
      #expect(try await fourth.digest() == first.digest())
      #expect(try Self.found(below: fourth.path) == [])
      #expect(try Self.count(payloads, below: fourth.path) == 0)
      #expect(try await fourth.json("list", as: [Entry].self).count == 12)
    }
  }

  @Test func `without an account nothing remains, not even a digest`() async throws {
    let machine = try Machine()
    let id = try await machine.write("First \(Self.words[0]).", "--tag", Self.words[2])
    try await machine.ebb("edit", id, "--text", "Second \(Self.words[4]).")
    let kept = try await machine.write("Stays.")
    let payloads = try await Self.payloads(of: id, in: machine)
    #expect(try Self.found(below: machine.home).isSuperset(of: [Self.words[2], Self.words[4]]))
    #expect(try Self.count(payloads, below: machine.home) == 2)
    #expect(try await machine.ebb("erase", id, "--yes") == "Erased \(id.prefix(6))\n")
    #expect(try Self.found(below: machine.home) == [])
    #expect(try Self.count(payloads, below: machine.home) == 0)
    let status: Status = try await machine.json("status")
    #expect(status.operations == 1)
    #expect(try await machine.ebb("search", "stays").contains(kept.prefix(6)))
    let again = try await machine.run(["erase", id, "--yes"])
    #expect(again.exitCode == 1)
  }

  @Test func `what an editor that was open meanwhile saves is kept, and told`() async throws {
    let machine = try Machine()
    let id = try await machine.write("By the river.")
    let ended = try await machine.run(
      ["edit", id],
      environment: try Self.editor(machine, "erase '\(id)' --yes", writing: "By the sea."))
    #expect(ended.exitCode == 0, "\(ended.error)")
    #expect(ended.error.contains("While you wrote, it was erased."))
    #expect(try await machine.ebb("list").contains("By the sea."))
  }

  @Test func `so is what was merged meanwhile, and is not counted as meant to be kept`()
    async throws
  {
    try await ServerProcess.run { server in
      let machine = try Machine()
      let id = try await machine.write("By the river.")
      try await machine.register(at: server)
      let contested = try await machine.run(
        ["edit", id],
        environment: try Self.editor(
          machine, "edit '\(id)' --text 'By the lake.'", writing: "By the sea."))
      #expect(contested.error.contains("changed elsewhere too"), "\(contested.error)")
      let ended = try await machine.run(
        ["resolve", id, "--keep", "edit"],
        environment: try Self.editor(machine, "erase '\(id)' --yes", writing: "By the pond."))
      #expect(ended.exitCode == 0, "\(ended.error)")
      #expect(ended.error.contains("While you wrote, it was erased."), "\(ended.error)")
      #expect(try await machine.ebb("list").contains("By the pond."))
      let history = try await machine.ebb("history", id)
      #expect(!history.contains("trashed"), "\(history)")
    }
  }

  /// An editor that first runs a command of Ebb, and then writes something.
  private static func editor(
    _ machine: Machine, _ command: String, writing text: String
  ) throws -> [String: String] {
    let editor = machine.home + "/editor"
    try """
    #!/bin/sh
    '\(try ebbPath())' \(command) >&2 && echo '\(text)' > "$1"
    """.write(toFile: editor, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: editor)
    return ["EDITOR": editor]
  }

  @Test func `with an account, a server that is not there means that nothing is erased`()
    async throws
  {
    let machine = try Machine()
    let id = try await machine.write("Stays.")
    try await ServerProcess.run { server in try await machine.register(at: server) }
    let refused = try await machine.run(["erase", id, "--yes"])
    #expect(refused.exitCode == 69)
    #expect(refused.output == "")
    #expect(try await machine.json("list", as: [Entry].self).map(\.text) == ["Stays."])
  }

  @Test(arguments: [WritingCall.Fault.kill, .refuse(with: "ENOSPC")])
  func `cut short at any call, it is done when it is repeated`(_ fault: WritingCall.Fault)
    async throws
  {
    let machine = try Machine()
    for number in 0..<20 { try await machine.ebb("write", "By the river \(number).") }
    let id = try await machine.write("First \(Self.words[0]).", "--tag", Self.words[2])
    try await machine.ebb("edit", id, "--text", "Second \(Self.words[4]).")
    let payloads = try await Self.payloads(of: id, in: machine)
    let calls = try await machine.copy().writingCalls(of: ["erase", id, "--yes"])
    #expect(calls.count > 10)
    var wasUnfinished = false
    for call in calls {
      let copy = try machine.copy()
      _ = try await copy.run(["erase", id, "--yes"], at: call, fault)
      if try await copy.run(["show", id]).exitCode == 1 {
        wasUnfinished = try wasUnfinished || !Self.found(below: copy.home).isEmpty
      }
      let again = try await copy.run(["erase", id, "--yes"])
      #expect([0, 1].contains(again.exitCode), "\(call): \(again.error)")
      #expect(try await copy.run(["show", id]).exitCode == 1, "\(call)")
      #expect(try Self.found(below: copy.home) == [], "\(call)")
      #expect(try Self.count(payloads, below: copy.home) == 0, "\(call)")
      #expect(try await copy.json("list", as: [Entry].self).count == 20, "\(call)")
      #expect(
        try await copy.ebb("search", "river", "--json") == machine.ebb("search", "river", "--json"))
    }
    #expect(wasUnfinished, "no call lies between the erase and the new file")
  }

  @Test func `on a terminal it shows what it will erase, and asks`() async throws {
    let machine = try Machine()
    let id = try await machine.write("First words.", "--date", "2026-11-21")
    try await machine.ebb("edit", id, "--text", "Second words.")
    let shown = """
      \(id.prefix(6))  2026-11-21        Second words.
        with all its 2 versions
      This record will be erased from this machine. Nothing brings it back.

      """
    let asked = "Erase? (yes/no) "
    let declined = try await answer(machine, "y\nno\n", "erase", id)
    #expect(declined.hasPrefix(shown + asked))
    #expect(declined.hasSuffix(asked + "Nothing was erased.\n"))
    #expect(try await machine.json("list", as: [Entry].self).count == 1)
    let confirmed = try await answer(machine, "yes\n", "erase", id)
    #expect(confirmed == shown + asked + "Erased \(id.prefix(6))\n")
    #expect(try await machine.json("list", as: [Entry].self) == [])
  }

  /// What Ebb shows on a terminal where somebody types this, which is not echoed.
  private func answer(
    _ machine: Machine, _ typed: String, _ arguments: String...
  ) async throws -> String {
    let typing = typed.split(separator: "\n").map {
      Machine.Typing(after: "(yes/no) ", text: $0 + "\n")
    }
    return try await machine.onTerminal(arguments, typing: typing).output
  }

  private struct ErasingStatus: Decodable {
    var pendingErases: [Pending]
    var erasingUnfinished: Bool

    struct Pending: Decodable, Equatable {
      var record: String
      var server: Bool
      var waitingFor: [Other]
    }

    struct Other: Decodable, Equatable {
      var id: String
      var name: String?
    }
  }

  private static func status(of machine: Machine) async throws -> ErasingStatus {
    let status: ErasingStatus = try await machine.json("status")
    #expect(!status.erasingUnfinished)
    return status
  }

  /// The payloads of all a record's operations, as the journal keeps them.
  private static func payloads(of id: String, in machine: Machine) async throws -> [[UInt8]] {
    let script = """
      import sqlite3, sys
      journal = sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True)
      for row in journal.execute(
          "SELECT hex(payload) FROM operation JOIN record ON record = row WHERE id = ?",
          [bytes.fromhex(sys.argv[2])]):
          print(row[0])
      """
    let ended = try await runProgram(
      "/usr/bin/env", ["python3", "-c", script, machine.home + "/journal.sqlite", id],
      environment: machine.environment([
        "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
      ]))
    #expect(ended.error == "")
    return ended.output.split(separator: "\n").map { line in
      let digits = line.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
      return stride(from: 0, to: digits.count, by: 2).map {
        UInt8(digits[$0] << 4 | digits[$0 + 1])
      }
    }
  }

  private static func count(_ payloads: [[UInt8]], below folder: String) throws -> Int {
    let files = try files(below: folder)
    return payloads.count { payload in files.contains { $0.range(of: Data(payload)) != nil } }
  }

  private static func files(below folder: String) throws -> [Data] {
    try FileManager.default.subpathsOfDirectory(atPath: folder).compactMap {
      FileManager.default.contents(atPath: folder + "/" + $0)
    }
  }

  /// The words that are in some file, in capital or small letters: the search index has small ones.
  private static func found(below folder: String) throws -> Set<String> {
    let files = try files(below: folder)
    return Set(
      words.filter { word in
        files.contains { file in
          [word, word.lowercased()].contains { file.range(of: Data($0.utf8)) != nil }
        }
      })
  }
}
