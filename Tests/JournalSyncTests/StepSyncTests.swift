import JournalModel
import JournalStore
import OperationLog
import Testing

@testable import JournalSync

struct `Steps and logs edited on two machines` {
  @Test func `merge register by register`() async throws {
    try await withServer { server, folder in
      let (a, b) = (try Machine(in: folder, "a"), try Machine(in: folder, "b"))
      try await a.restore(from: server)
      try await b.restore(from: server)
      let (step, mood) = (try #require(Self.id(1)), try #require(Self.id(2)))
      var plan = StepDraft(title: "Tell Sam")
      plan.fearedOutcome = "he laughs"
      var log = MoodDraft(date: JournalDate(unixMilliseconds: 0, in: .utc))
      log.urge = 7
      try a.store.write([
        try plan.change(record: step, createdAt: 0), try log.change(record: mood, createdAt: 0),
      ])
      _ = try await a.client.sync()
      _ = try await b.client.sync()

      try a.edit(step) {
        $0.set(.doneAt, .date(JournalDate(unixMilliseconds: 86_400_000, in: .utc)))
        $0.add("Sam", to: .person)
      }
      try b.edit(step) {
        $0.set(.rung, .integer(3))
        $0.set(.fearAfter, .integer(2))
        $0.set(.actualOutcome, .text("he hugged me"))
        $0.add("Mara", to: .person)
      }
      try a.edit(mood) {
        $0.set(.closeness, .integer(8))
        $0.add("torn", to: .emotion)
      }
      try b.edit(mood) {
        $0.set(.pull, .pull(.away))
        $0.add("anxious", to: .emotion)
      }
      try await settle(a, b)
      try expectConverged(a, b)

      for machine in [a, b] {
        let merged = try #require(try machine.store.state(of: step).flatMap(Step.init))
        #expect(merged.people == ["Mara", "Sam"])
        #expect(merged.rung == 3 && merged.fearAfter == 2 && merged.fearedOutcome == "he laughs")
        #expect(merged.actualOutcome == "he hugged me" && merged.standing == .done)
        let felt = try #require(try machine.store.state(of: mood).flatMap(MoodLog.init))
        #expect(felt.urge == 7 && felt.closeness == 8 && felt.pull == .away)
        #expect(felt.emotions == ["anxious", "torn"])
        #expect(try machine.store.summary().conflicts == 0)
      }
    }
  }

  private static func id(_ number: UInt8) -> RecordID? {
    RecordID([UInt8](repeating: number, count: 16))
  }
}

extension Machine {
  fileprivate func edit(_ id: RecordID, _ request: (inout RecordEdit) -> Void) throws {
    var edit = RecordEdit()
    request(&edit)
    _ = try store.write(editing: id) { try edit.change(of: $0) }
  }
}
