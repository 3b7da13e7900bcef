import Foundation
import TestSupport
import Testing

struct StepTests {
  private struct Step: Decodable, Equatable {
    var id: String
    var title: String
    var rung: Int?
    var people: [String]
    var due: String?
    var fearedOutcome: String?
    var fearBefore: Int?
    var doneAt: String?
    var actualOutcome: String?
    var fearAfter: Int?
    var skipped: Bool
  }

  private func steps(_ machine: Machine) async throws -> [Step] {
    try await machine.json("step", as: [Step].self)
  }

  @Test func `a step is planned, changed, dared and told`() async throws {
    let machine = try Machine()
    try await machine.ebb(
      "step", "plan", "Tell Sam about the interview", "--rung", "3", "--person", "Sam", "--fear",
      "he will think I am weak", "--fear-before", "7", "--by", "2099-01-05")
    let step = try #require(try await steps(machine).first)
    #expect(
      step
        == Step(
          id: step.id, title: "Tell Sam about the interview", rung: 3, people: ["Sam"],
          due: "2099-01-05", fearedOutcome: "he will think I am weak", fearBefore: 7, skipped: false
        ))

    try await machine.ebb("edit", step.id, "--rung", "2", "--fear", "he will laugh", "--by", "2099")
    try await machine.ebb("step", "skip", step.id)
    var skipped = step
    skipped.rung = 2
    skipped.fearedOutcome = "he will laugh"
    skipped.due = "2099-12-31"
    skipped.skipped = true
    #expect(try await steps(machine) == [skipped])

    try await machine.ebb(
      "step", "done", step.id, "--outcome", "he hugged me", "--fear-after", "2", "--date",
      "2026-11-20 18:00")
    var done = skipped
    done.skipped = false
    done.doneAt = "2026-11-20T18:00:00+01:00"
    done.actualOutcome = "he hugged me"
    done.fearAfter = 2
    #expect(try await steps(machine) == [done])
    // Told again, it was done when it was done.
    try await machine.ebb("step", "done", step.id, "--outcome", "he hugged me for long")
    #expect(try await steps(machine).first?.doneAt == done.doneAt)
    let ladder = try await machine.ebb("step", "list", "--ladder")
    #expect(ladder.contains("Sam\n"))
    #expect(ladder.contains("  2 ● a minor worry           1 done\n"))
  }

  @Test(arguments: [false, true])
  func `a step that one machine set aside and another did is done on both`(doneFirst: Bool)
    async throws
  {
    try await ServerProcess.run { server in
      let (first, second) = (try Machine(), try Machine())
      try await first.ebb("step", "plan", "Say hello", "--rung", "2")
      try await first.register(at: server)
      try await second.restore(from: server)
      let id = try #require(try await steps(first).first?.id)
      let done = ["step", "done", id, "--outcome", "she smiled"]
      if doneFirst { #expect(try await second.run(done).exitCode == 0) }
      try await first.ebb("step", "skip", id)
      if !doneFirst { #expect(try await second.run(done).exitCode == 0) }
      for machine in [first, second, first] { _ = try await machine.sync() }
      for machine in [first, second] {
        #expect(try await steps(machine).map(\.skipped) == [false])
        #expect(try await machine.ebb("list").contains("(done)"))
        #expect(try await machine.ebb("step", "list", "--ladder").contains("1 done"))
        #expect(try await machine.ebb("review").contains("she smiled"))
      }
    }
  }

  @Test func `a step that is near stands on today's page, and no other`() async throws {
    let machine = try Machine()
    try await machine.ebb("step", "plan", "near", "--by", "tomorrow")
    try await machine.ebb("step", "plan", "due today", "--by", "today")
    try await machine.ebb("step", "plan", "far", "--by", "in 2 months")
    let today = try await machine.ebb()
    #expect(today.contains("Nothing yet today.\n\nSteps you planned\n"))
    #expect(today.contains("step · near\n"))
    #expect(today.components(separatedBy: "due today").count == 2)
    #expect(!today.contains("far"))
  }

  @Test func `after a step its outcome and the fear are asked, and each answer is kept`()
    async throws
  {
    let machine = try Machine()
    try await machine.ebb("step", "plan", "Say hello", "--fear", "she laughs")
    let id = try #require(try await steps(machine).first?.id)
    let terminal = try PseudoTerminal(
      [try ebbPath(), "step", "done", id], environment: machine.environment(["TERM": "xterm"]),
      columns: 60)
    var shown = try terminal.show(until: "You were afraid: she laughs\nWhat really happened?")
    for line in ["she smiled\n", "11\n"] {
      shown += try terminal.show(until: "\n> ")
      try terminal.type(line)
    }
    shown += try terminal.show(until: "or Enter to skip.\n> ")
    try terminal.type("\u{3}")
    let ended = try terminal.finish()
    #expect(ended.exitCode == 130)
    #expect(ended.shown.hasSuffix("That it is done is kept, and what you answered.\n"))
    #expect((shown + ended.shown).split(separator: "\n").filter { $0.count > 60 } == [])
    let step = try #require(try await steps(machine).first)
    #expect(step.doneAt != nil && step.actualOutcome == "she smiled" && step.fearAfter == nil)
  }

  @Test func `what really happened is asked some days later`() async throws {
    let machine = try Machine()
    try await machine.ebb("step", "plan", "Say hello")
    let id = try #require(try await steps(machine).first?.id)
    try await machine.ebb("step", "done", id, "--date", "4 days ago")
    #expect(try await machine.ebb().contains("What really happened?"))
    #expect(
      !(try await machine.ebb("step", "done", id, "--outcome", "she laughed").contains("feared")))
    try await machine.ebb("edit", id, "--fear", "she turns away")
    #expect(
      try await machine.ebb("step", "done", id)
        .hasSuffix("\nYou feared: she turns away  /  It was: she laughed\n"))
    #expect(!(try await machine.ebb().contains("What really happened?")))
  }

  @Test func `what really happened is asked once, whether it is answered or not`() async throws {
    let machine = try Machine()
    try await machine.ebb("step", "plan", "Say hello")
    let id = try #require(try await steps(machine).first?.id)
    try await machine.ebb("step", "done", id, "--date", "4 days ago")
    // What a program reads, nobody was asked.
    #expect(try await machine.ebb().contains("What really happened?"))
    #expect(try await machine.onTerminal([]).output.contains("What really happened?"))
    #expect(!(try await machine.onTerminal([]).output.contains("What really happened?")))
    #expect(!(try await machine.ebb().contains("What really happened?")))
    #expect(try await steps(machine).first?.actualOutcome == nil)
    #expect(try await machine.ebb("history", id).contains("outcomeAsked: yes\n"))
  }

  @Test(
    arguments: [
      (["step", "plan"], 64), (["step", "plan", "x", "--rung", "6"], 64),
      (["step", "plan", "x", "--fear-before", "11"], 64),
      (["step", "plan", "x", "--by", "someday"], 64), (["step", "dare"], 64),
      (["step", "done", "ffffff"], 1), (["step", "skip"], 64),
    ] as [([String], Int32)])
  func `what cannot be is told in a sentence, and nothing is written`(
    arguments: [String], status: Int32
  ) async throws {
    let machine = try Machine()
    let ended = try await machine.run(arguments)
    #expect(ended.exitCode == status)
    #expect(ended.output == "" && ended.error.hasSuffix(".\n"))
    #expect(try await steps(machine).isEmpty)
  }
}
