import Foundation
import TestSupport
import Testing

/// Flags that the journeys of other tests happen not to need, each as somebody would type it.
struct FlagTests {
  private let machine: Machine

  init() throws { machine = try Machine() }

  private struct Named: Decodable {
    var id: String
  }

  private struct Conflict: Decodable {
    var siblings: [Sibling]

    struct Sibling: Decodable {
      var version: String
      var text: String?
    }
  }

  @Test func `every flag of edit changes a mood log under its name`() async throws {
    let id = try await machine.mood("4", "torn", "--sign", "withdrawal", "--date", "2026-11-20")
    try await machine.ebb(
      "edit", id, "--mood", "5", "--emotion", "calm", "--energy", "6", "--closeness", "7",
      "--pull", "toward", "--urge", "1", "--sign", "distance", "--trigger", "t", "--said", "s",
      "--meant", "m", "--fear", "f", "--action", "a", "--technique", "breathing", "--note", "n",
      "--person", "P", "--tag", "x", "--date", "2026-11-21T08:15:00+01:00")
    let head =
      #"{"id":"\#(id)","kind":"mood","date":"2026-11-21T08:15:00+01:00","#
      + #""timeZone":"Europe/Berlin","#
    let measures = #""energy":6,"closeness":7,"pull":"toward","urge":1,"#
    let words = #""said":"s","meant":"m","fear":"f","action":"a","technique":"breathing","#
    let before = #""scoreBefore":null,"urgeBefore":null,"#
    #expect(
      try await machine.ebb("show", id, "--json").hasPrefix(
        head + #""score":5,"# + measures
          + #""emotions":["calm","torn"],"signs":["distance","withdrawal"],"trigger":"t","#
          + words + before + #""note":"n","people":["P"],"tags":["x"],"entry":null,"#))
    try await machine.ebb(
      "edit", id, "--score", "3", "--remove-emotion", "torn", "--remove-sign", "withdrawal",
      "--remove-person", "P", "--remove-tag", "x", "--clear", "note", "--clear", "trigger")
    #expect(
      try await machine.ebb("show", id, "--json").hasPrefix(
        head + #""score":3,"# + measures
          + #""emotions":["calm"],"signs":["distance"],"trigger":null,"#
          + words + before + #""note":null,"people":[],"tags":[],"entry":null,"#))
  }

  @Test func `every flag of edit changes a step under its name`() async throws {
    try await machine.ebb("step", "plan", "Call", "--rung", "1", "--by", "2099")
    let id = try #require(try await machine.json("step", as: [Named].self).first).id
    try await machine.ebb("step", "done", id, "--date", "2026-11-20 18:00")
    try await machine.ebb(
      "edit", id, "--title", "Call Sam", "--rung", "4", "--fear", "silence", "--fear-before", "8",
      "--by", "2098-01-02", "--outcome", "we laughed", "--fear-after", "1", "--person", "Sam",
      "--tag", "phone")
    let step = try await machine.ebb("show", id, "--json")
    for part in [
      #""title":"Call Sam""#, #""rung":4"#, #""fearedOutcome":"silence""#, #""fearBefore":8"#,
      #""due":"2098-01-02""#, #""actualOutcome":"we laughed""#, #""fearAfter":1"#,
      #""people":["Sam"]"#, #""tags":["phone"]"#,
    ] {
      #expect(step.contains(part), "\(step)")
    }
  }

  @Test func `every filter means the same in list, search, export and delete`() async throws {
    let a = try await machine.write(
      "river one", "--date", "2026-01-01", "--tag", "t", "--person", "Sam", "--star", "--journal",
      "work")
    let b = try await machine.write("river two", "--date", "2026-02-01")
    let c = try await machine.mood("4", "--note", "river", "--date", "2026-03-01")
    for (filter, meant) in [
      (["--from", "2026-02-01"], [b, c]), (["--to", "2026-02-01"], [a, b]),
      (["--on", "2026-02"], [b]), (["--tag", "t"], [a]), (["--person", "sam"], [a]),
      (["--journal", "work"], [a]), (["--starred"], [a]), (["--kind", "mood"], [c]),
      (["--limit", "1"], [c]), (["--limit", "1", "--reverse"], [a]),
    ] {
      func expectFound(_ words: [String]) async throws {
        let ended = try await machine.run(words + filter)
        #expect(ended.exitCode == 0, "\(words + filter): \(ended.error)")
        let found = try JSONDecoder().decode([Named].self, from: ended.standardOutput.data)
        #expect(Set(found.map(\.id)) == Set(meant), "\(words + filter)")
      }
      try await expectFound(["list", "--json"])
      try await expectFound(["search", "--json", "river"])
      if filter[0] != "--limit" { try await expectFound(["export", "ebb"]) }

      let other = try machine.copy()
      let deleted = try await other.run(["delete", "--yes"] + filter)
      #expect(deleted.exitCode == 0, "\(filter): \(deleted.error)")
      for words in [["list", "--trash"], ["search", "--trash", "river"]] {
        let ended = try await other.run(words + ["--json"])
        let found = try JSONDecoder().decode([Named].self, from: ended.standardOutput.data)
        #expect(Set(found.map(\.id)) == Set(meant), "\(filter)")
      }
    }
  }

  @Test func `of several other texts one can be named, and the rest stay`() async throws {
    try await ServerProcess.run { server in
      let (two, three) = (try Machine(), try Machine())
      let id = try await machine.write("before")
      try await machine.register(at: server)
      try await two.restore(from: server)
      try await three.restore(from: server)
      for (one, text) in [(machine, "first"), (two, "second"), (three, "third")] {
        try await one.ebb("edit", id, "--text", text)
      }
      for one in [machine, two, three, machine] { _ = try await one.sync() }
      let conflict = try #require(
        try await machine.json("conflicts", as: [Conflict].self).first)
      let texts = conflict.siblings.map { $0.text ?? "" }
      #expect(texts.sorted() == ["first", "second"])
      let second = try #require(conflict.siblings.first { $0.text == "second" })
      let settled = try await machine.run([
        "resolve", id, "--field", "text", "--keep", "sibling", "--sibling", second.version,
      ])
      #expect(settled.exitCode == 0)
      #expect(settled.error.hasPrefix("1 text of \(id.prefix(6)) is still to be settled"))
      #expect(try await machine.json("show", id, as: Entry.self).text == "second")
      let rest = try #require(try await machine.json("conflicts", as: [Conflict].self).first)
      #expect(rest.siblings.compactMap(\.text).contains("first"))
      try await machine.ebb(
        "resolve", id, "--field", "text", "--keep", "edit", "--text", "all of it")
      #expect(try await machine.json("conflicts", as: [Conflict].self).isEmpty)
      #expect(try await machine.json("show", id, as: Entry.self).text == "all of it")
    }
  }

  @Test func `passphrases are read from files wherever they are asked for`() async throws {
    try await ServerProcess.run { server in
      let other = try Machine()
      let (old, new) = (machine.path + "/old", machine.path + "/new")
      try Data("four words or more\n".utf8).write(to: URL(filePath: old))
      try Data("another four or more\n".utf8).write(to: URL(filePath: new))
      let account = ["--account", "anna", "--fingerprint", server.fingerprint]
      for (one, words) in [
        (
          machine,
          ["register", server.url, "--invite", server.invite, "--passphrase-file", old] + account
        ),
        (machine, ["passphrase", "--passphrase-file", old, "--new-passphrase-file", new]),
        (other, ["restore", server.url, "--passphrase-file", new] + account),
        (other, ["verify", "--rehearse", "--passphrase-file", new]),
      ] {
        let ended = try await one.run(words)
        #expect(ended.exitCode == 0, "\(words): \(ended.error)")
      }
      let renewed = try await machine.run(["recovery-code", "--passphrase-file", new])
      let code = try #require(renewed.output.firstMatch(of: /([0-9A-Z]{5}-){5}[0-9A-Z]{5}/)).0
      for words in [["verify", "--rehearse", "--recovery"], ["recovery-code", "--recovery"]] {
        let ended = try await machine.run(words, environment: ["EBB_PASSPHRASE": String(code)])
        #expect(ended.exitCode == 0, "\(words): \(ended.error)")
      }
    }
  }

  @Test func `a sync that follows takes in what others write, until Ctrl-C`() async throws {
    try await ServerProcess.run { server in
      let other = try Machine()
      try await machine.register(at: server)
      try await other.restore(from: server)
      let output = Pipe()
      let follower = try ChildProcess(
        machine.command + ["sync", "--follow", "--json"], environment: machine.environment(),
        output: .handle(output.fileHandleForWriting), leadsSession: true)
      defer { follower.signal(SIGKILL) }
      try output.fileHandleForWriting.close()
      _ = try await other.write("from afar")
      _ = try await other.sync()
      var told = ""
      while !told.contains(#""pulled":1"#) {
        let more = output.fileHandleForReading.availableData
        try #require(!more.isEmpty, "\(told)")
        told += String(decoding: more, as: UTF8.self)
      }
      #expect(try await machine.json("list", as: [Entry].self).map(\.text) == ["from afar"])
      follower.signal(SIGINT)
      #expect([0, 130].contains(await follower.exitCode()))
    }
  }
}

extension [UInt8] {
  fileprivate var data: Data { Data(self) }
}
