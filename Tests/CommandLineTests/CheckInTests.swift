import Foundation
import TestSupport
import Testing

/// At a terminal of 60 columns.
struct CheckInTests {
  private struct Mood: Decodable, Equatable {
    var score: Int?
    var energy: Int?
    var closeness: Int?
    var pull: String?
    var urge: Int?
    var emotions: [String]
    var signs: [String]
    var said: String?
    var meant: String?
    var technique: String?
    var scoreBefore: Int?
    var urgeBefore: Int?
    var note: String?
    var people: [String]
    var entry: String?
  }

  private func terminal(
    _ machine: Machine, _ arguments: String..., editor: String = "false"
  ) throws -> PseudoTerminal {
    try PseudoTerminal(
      [try ebbPath()] + arguments,
      environment: machine.environment(["TERM": "xterm", "NO_COLOR": "1", "EDITOR": editor]),
      columns: 60)
  }

  private func moods(_ machine: Machine) async throws -> [Mood] {
    let ended = try await machine.run(["list", "--kind", "mood", "--json"])
    return try JSONDecoder().decode([Mood].self, from: Data(ended.output.utf8))
  }

  /// Answers questions by what they say, or whatever is asked next, and gives all that was shown.
  private func answer(
    _ terminal: PseudoTerminal, _ answers: [(question: String, line: String)]
  ) throws -> String {
    var shown = ""
    for (question, line) in answers {
      if !question.isEmpty { shown += try terminal.show(until: question) }
      shown += try terminal.show(until: "\n> ")
      try terminal.type(line)
    }
    return shown
  }

  @Test func `a check-in goes from its first question to a practice and its rating`() async throws {
    let machine = try Machine()
    try await machine.ebb("mood", "2", "ragged", "--energy", "9")
    let terminal = try terminal(machine, "check-in")
    var shown = try answer(
      terminal,
      [
        ("Mood", "?\n"), ("whole", "4\n"), ("Energy", "\n"), ("Feelings", "torn ragged\n"),
        ("Closeness", "12\n"), ("0 to 10", "8\n"), ("Pull", "<\n"), ("so far: 8", "\n"),
        ("Pull", "tor\n"), ("Urge", "7\n"), ("People", "Sam\n"), ("Signs", "2\n"),
        ("Trigger", "\n"), ("Said", "I need space\n"), ("Meant", "hold me\n"), ("Fear", "\n"),
        ("What you did", "\n"), ("Note", "that was it\n"),
      ])
    #expect(shown.contains("unpleasant, stirred  ragged anxious torn"))
    shown += try terminal.show(until: "1 grounding, 2 breathing")
    shown += try answer(terminal, [("", "9\n"), ("A number from 1 to 4", "breath\n")])
    shown += try terminal.show(until: "breathe in")
    try terminal.type("x")
    shown += try answer(terminal, [("And now?", "6\n"), ("Urge to withdraw", "3\n")])
    let ended = try terminal.finish()
    #expect(ended.exitCode == 0)
    shown += ended.shown
    let lines = shown.replacing("\r", with: "\n").split(separator: "\n")
    #expect(lines.filter { $0.count > 60 } == [])
    #expect(
      try await moods(machine).prefix(2) == [
        Mood(
          score: 6, urge: 3, emotions: [], signs: [], technique: "breathing", scoreBefore: 4,
          urgeBefore: 7, people: ["Sam"]),
        Mood(
          score: 4, closeness: 8, pull: "torn", urge: 7, emotions: ["ragged", "torn"],
          signs: ["distance"], said: "I need space", meant: "hold me", note: "that was it",
          people: ["Sam"]),
      ])
  }

  @Test(arguments: [("y\n", 0), ("n\n", 130), ("\u{3}", 130)] as [(String, Int32)])
  func `Ctrl-C keeps what was answered if one wants`(answer: String, status: Int32) async throws {
    let machine = try Machine()
    let terminal = try terminal(machine, "check-in")
    _ = try self.answer(terminal, [("Mood", "4\n"), ("Energy", "\u{3}")])
    _ = try terminal.show(until: "Keep what you answered? [Y/n] ")
    try terminal.type(answer)
    #expect(try terminal.finish().exitCode == status)
    #expect(try await moods(machine).map(\.score) == (status == 0 ? [4] : []))
  }

  @Test func `after Ctrl-C nothing more is asked`() async throws {
    let machine = try Machine()
    let terminal = try terminal(machine, "check-in")
    _ = try answer(
      terminal,
      [
        ("Mood", "4\n"), ("Energy", "\n"), ("Feelings", "\n"), ("Closeness", "\n"),
        ("Pull", "away\n"), ("Urge", "9\n"), ("People", "\u{3}"),
      ])
    _ = try terminal.show(until: "Keep what you answered? [Y/n] ")
    try terminal.type("\n")
    let ended = try terminal.finish()
    #expect(ended.exitCode == 0)
    #expect(ended.shown.contains("Saved ") && !ended.shown.contains("a short practice"))
    #expect(try await moods(machine).map(\.urge) == [9])
  }

  @Test func `what is measured by nothing is kept as an entry`() async throws {
    let machine = try Machine()
    let terminal = try terminal(machine, "check-in")
    _ = try answer(
      terminal, [("Mood", "\n"), ("Energy", "\n"), ("Feelings", "lost\n"), ("Closeness", ".\n")])
    #expect(try terminal.finish().shown.contains("Kept as an entry"))
    #expect(try await machine.json("list", as: [Entry].self).map(\.text) == ["emotions: lost"])
  }

  @Test func `what really happened after a step is asked once`() async throws {
    let machine = try Machine()
    try await machine.ebb("step", "plan", "Say hello", "--fear", "she laughs")
    struct Step: Decodable { var id: String }
    let id = try #require(try await machine.json("step", as: [Step].self).first?.id)
    try await machine.ebb("step", "done", id, "--date", "3 days ago")
    for isAsked in [true, false] {
      let terminal = try terminal(machine, "check-in")
      _ = try answer(terminal, [("Mood", "5\n"), ("Energy", ".\n")])
      if isAsked { _ = try answer(terminal, [("You were afraid: she laughs", "\n")]) }
      #expect(try terminal.finish().exitCode == 0)
    }
  }

  @Test func `a written practice becomes an entry, and its rating a log that names it`()
    async throws
  {
    let machine = try Machine()
    let terminal = try terminal(machine, "practice", "repair", "--person", "Sam")
    _ = try answer(
      terminal,
      [
        ("Mood", "3\n"), ("Urge", "\n"), ("What did you do", "I shouted.\n"), ("", "Twice.\n"),
        ("", "\n"), ("How may it", "\n"), ("sorry for", "\u{3}"),
      ])
    _ = try terminal.show(until: "Keep what you wrote? [Y/n] ")
    try terminal.type("\n")
    _ = try answer(terminal, [("And now?", "5\n")])
    #expect(try terminal.finish().exitCode == 0)
    struct Written: Decodable {
      var id: String
      var text: String
      var prompt: String?
      var people: [String]
    }
    let ended = try await machine.run(["list", "--kind", "entry", "--json"])
    let entry = try #require(
      try JSONDecoder().decode([Written].self, from: Data(ended.output.utf8)).first)
    #expect(entry.text == "## What I did\n\nI shouted.\nTwice.")
    #expect(entry.prompt == "repair" && entry.people == ["Sam"])
    #expect(
      try await moods(machine) == [
        Mood(
          score: 5, emotions: [], signs: [], technique: "repair", scoreBefore: 3, people: ["Sam"],
          entry: entry.id)
      ])
  }

  @Test func `an answer of a written practice can be written in the editor`() async throws {
    let machine = try Machine()
    let terminal = try terminal(
      machine, "practice", "repair", editor: "sed -i '$ a Twice,\\nand\\n\\nloudly.'")
    _ = try answer(
      terminal,
      [
        ("Mood", "\n"), ("Urge", "\n"), ("What did you do", "I shouted.\n"), ("", "e\n"),
        ("How may it", "e\n"), ("sorry for", "\u{3}"),
      ])
    _ = try terminal.show(until: "Keep what you wrote? [Y/n] ")
    try terminal.type("\n")
    #expect(try terminal.finish().exitCode == 0)
    #expect(
      try await machine.json("list", as: [Entry].self).map(\.text) == [
        """
        ## What I did

        I shouted.
        Twice,
        and

        loudly.

        ## How it may have been for them

        Twice,
        and

        loudly.
        """
      ])
    #expect(try FileManager.default.contentsOfDirectory(atPath: machine.home + "/drafts") == [])
  }

  @Test func `an editor that fails takes no words with it`() async throws {
    let machine = try Machine()
    let terminal = try terminal(machine, "practice", "repair", editor: "false")
    _ = try answer(
      terminal,
      [
        ("Mood", "\n"), ("Urge", "\n"), ("What did you do", "I shouted.\n"), ("", "e\n"),
        ("false", "Twice.\n"), ("", "\n"), ("How may it", "\u{3}"),
      ])
    _ = try terminal.show(until: "Keep what you wrote? [Y/n] ")
    try terminal.type("\n")
    #expect(try terminal.finish().exitCode == 0)
    #expect(
      try await machine.json("list", as: [Entry].self).map(\.text)
        == ["## What I did\n\nI shouted.\nTwice."])
  }

  @Test func `what was written is kept, though the rating after it is broken off`() async throws {
    let machine = try Machine()
    let terminal = try terminal(machine, "practice", "reconnect")
    _ = try answer(
      terminal,
      [
        ("Mood", "3\n"), ("Urge", "8\n"), ("Whom have you", "Sam.\n"), ("", "\n"),
        ("What do you miss", "\u{3}"),
      ])
    _ = try terminal.show(until: "Keep what you wrote? [Y/n] ")
    try terminal.type("y\n")
    _ = try answer(terminal, [("And now?", "5\n"), ("Urge", "\u{3}")])
    let ended = try terminal.finish()
    #expect(ended.exitCode == 130)
    #expect(ended.shown.hasSuffix("What you wrote is kept.\n"))
    #expect(
      try await machine.json("list", "--kind", "entry", as: [Entry].self).map(\.text)
        == ["## Whom I have missed\n\nSam."])
    // So is as much of the rating as there is.
    let mood = try #require(try await moods(machine).first)
    #expect(mood.score == 5 && mood.urge == nil && mood.scoreBefore == 3 && mood.urgeBefore == 8)
  }

  @Test func `where there is no room to draw, breathing is told in lines`() async throws {
    let terminal = try PseudoTerminal(
      [try ebbPath(), "practice", "breathing", "--in", "1", "--out", "1", "--rounds", "1"],
      environment: Machine().environment(["TERM": "xterm", "NO_COLOR": "1"]), columns: 40)
    _ = try answer(terminal, [("Mood", "\n"), ("Urge", "\n")])
    let shown = try terminal.finish().shown
    #expect(shown.contains("\nbreathe in, 1 second (round 1 of 1)\n"))
    #expect(!shown.contains("●"))
  }

  @Test func `without a terminal nothing is asked`() async throws {
    let machine = try Machine()
    let ended = try await machine.run(["check-in"])
    #expect(ended.exitCode == 64)
    #expect(ended.error.contains("terminal"))
    let guide = try await machine.ebb("practice", "breathing", "--hold", "2", "--rounds", "1")
    #expect(
      guide.hasSuffix(
        "in for 4 seconds, then hold for 2 seconds, then breathe out "
          + "for 6 seconds; 1 time.\n"))
    #expect(try await machine.ebb("practice").contains("Ebb is a notebook, not therapy."))
    let unknown = try await machine.run(["practice", "groundin"])
    #expect(unknown.exitCode == 1)
    #expect(unknown.error == "There is no practice “groundin”. Did you mean grounding?\n")
    #expect(try await machine.run(["practice", "breathing", "--in", "0"]).exitCode == 64)
  }

  @Test func `switched off, all this is gone`() async throws {
    let machine = try Machine()
    try await machine.ebb("step", "plan", "near", "--by", "tomorrow")
    try await machine.ebb("config", "set", "practice.enabled", "false")
    for command in [["check-in"], ["step"], ["practice"], ["prompts"], ["write", "--prompt", "x"]] {
      let ended = try await machine.run(command)
      #expect(ended.exitCode == 1)
      #expect(ended.error.contains("switched off"))
    }
    #expect(!(try await machine.ebb().contains("Steps you planned")))
    let help = try await machine.ebb("--help")
    let offered = try await machine.ebb("completions", "bash").split(separator: "\n")
      .filter { $0.contains("_ebb_offer 'today ") }.joined()
    for name in ["check-in", "step", "practice", "prompts", "insights", "review", "closeness"] {
      #expect(!help.contains("\n  \(name) ") && !offered.contains(" \(name) "), "\(name)")
    }
    #expect(help.contains("\n  people ") && offered.contains(" people "))
  }

  @Test func `an entry keeps the question it answers, and it is not put again`() async throws {
    struct Question: Decodable, Equatable {
      var id: String
      var question: String
      var lastAnswered: String?
      var today: Bool
    }
    struct Answer: Decodable { var prompt: String? }
    let machine = try Machine()
    try FileManager.default.createDirectory(
      atPath: machine.home, withIntermediateDirectories: true)
    try "- What did we laugh about? #sunday\n".write(
      toFile: machine.home + "/prompts.md", atomically: true, encoding: .utf8)
    let prompts = try await machine.json("prompts", as: [Question].self)
    #expect(prompts.count > 120)
    let fitting = try #require(prompts.first { $0.today })
    try await machine.ebb("write", "--prompt", "because of you")
    let answers = try await machine.json("list", as: [Answer].self)
    #expect(answers.map(\.prompt) == [fitting.id])
    let after = try await machine.json("prompts", as: [Question].self)
    #expect(after.first { $0.today }?.id != fitting.id)
    #expect(after.first { $0.id == fitting.id }?.lastAnswered != nil)
    #expect(
      try await machine.ebb("prompts", "--tag", "sunday").contains("What did we laugh about?"))
    let both = try await machine.run(["write", "--prompt", "--prompt-id", "noticing-3", "x"])
    #expect(both.exitCode == 64)
  }
}
