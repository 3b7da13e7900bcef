import JournalModel
import OperationLog
import Testing

/// Today is Saturday, 21 November 2026.
@Suite struct LadderTests {
  private static func day(_ day: Int) -> JournalDate {
    JournalDate(
      day: CivilDay(clampingDaysSinceEpoch: 20_778 - 21 + day), timeZone: "Europe/Berlin")
  }

  private static let today = day(21).day

  private static func state(
    _ number: UInt8 = 1, _ change: (inout StepDraft) -> Void
  ) throws -> RecordState {
    var draft = StepDraft(title: "Say hello")
    change(&draft)
    let id = try #require(RecordID([UInt8](repeating: number, count: 16)))
    let stamp = Stamp(
      timestamp: Timestamp(milliseconds: 1),
      id: OperationID(device: DeviceID(rawValue: 1), sequence: Sequence(1)))
    return try #require(
      RecordState(
        id: id,
        merging: [
          StampedChange(stamp: stamp, change: try draft.change(record: id, createdAt: 0))
        ]))
  }

  @Test func `days are counted from the same day`() {
    #expect(Self.today.description == "2026-11-21")
  }

  @Test(
    arguments: [
      (nil, false), (6, false), (7, true), (20, true), (21, true), (24, true), (25, false),
    ] as [(Int?, Bool)])
  func `a planned step is near for some days around the day it is due`(
    due: Int?, isNear: Bool
  ) throws {
    let state = try Self.state { $0.due = due.map(Self.day) }
    #expect(Step(state)?.isNear(Self.today) == isNear)
    let skipped = try Self.state {
      $0.due = due.map(Self.day)
      $0.isSkipped = true
    }
    #expect(Step(skipped)?.isNear(Self.today) == false)
  }

  @Test(arguments: [(21, false), (20, false), (19, true), (0, true), (-1, false)])
  func `what really happened is asked some days after a step`(done: Int, asks: Bool) throws {
    let state = try Self.state { $0.doneAt = Self.day(done) }
    #expect(state.asksForOutcome(on: Self.today) == asks)
    let told = try Self.state {
      $0.doneAt = Self.day(done)
      $0.actualOutcome = "she laughed"
    }
    #expect(!told.asksForOutcome(on: Self.today))
    #expect(told.leavingOutcomeOpen() == nil)
  }

  @Test func `that it was asked stands against no answer from another machine`() throws {
    var log = RecordLog(kind: .step)
    var draft = StepDraft(title: "Say hello")
    draft.doneAt = Self.day(18)
    let id = try #require(log.id)
    log.write(1, at: 1, try draft.change(record: id, createdAt: 0))
    let leaving = try #require(log.state?.leavingOutcomeOpen())
    var edit = RecordEdit()
    edit.set(.actualOutcome, .text("she laughed"))
    log.write(1, at: 2, try #require(try log.state.flatMap { try edit.change(of: $0) }))
    // Later, by a machine that has not heard of the answer.
    log.write(2, at: 3, leaving)
    #expect(log.state.flatMap(Step.init)?.actualOutcome == "she laughed")
    #expect(log.state?.asksForOutcome(on: Self.today) == false)
  }

  @Test func `it is asked once, on whatever machine`() throws {
    var log = RecordLog(kind: .step)
    var draft = StepDraft(title: "Say hello")
    draft.doneAt = Self.day(18)
    let id = try #require(log.id)
    log.write(1, at: 1, try draft.change(record: id, createdAt: 0))
    #expect(log.state?.asksForOutcome(on: Self.today) == true)
    let leaving = try #require(log.state?.leavingOutcomeOpen())
    log.write(2, at: 2, leaving)
    #expect(log.state?.asksForOutcome(on: Self.today) == false)
    #expect(log.state?.leavingOutcomeOpen() == nil)
    // It can still be told.
    var edit = RecordEdit()
    edit.set(.actualOutcome, .text("she laughed"))
    log.write(1, at: 3, try #require(try log.state.flatMap { try edit.change(of: $0) }))
    #expect(log.state.flatMap(Step.init)?.actualOutcome == "she laughed")
  }

  @Test func `each person has rungs of their own`() throws {
    let steps = [
      try Self.state {
        $0.rung = 2
        $0.people = ["Sam", "Mara"]
        $0.doneAt = Self.day(3)
      },
      try Self.state {
        $0.rung = 2
        $0.people = ["Sam"]
        $0.doneAt = Self.day(9)
        $0.isSkipped = true
      },
      try Self.state {
        $0.rung = 5
        $0.people = ["Sam"]
      },
      try Self.state {
        $0.rung = 1
        $0.isSkipped = true
      },
      try Self.state { $0.people = ["Zoe"] },
    ].compactMap(Step.init)
    let ladder = Ladder(steps)
    #expect(ladder.standings.map(\.person) == ["Mara", "Sam", nil])
    #expect(ladder.standings.map(\.highest) == [.worry, .worry, nil])
    let sam = ladder.standings[1].rungs
    #expect(sam.map(\.done) == [0, 2, 0, 0, 0])
    #expect(sam.map(\.planned) == [0, 0, 0, 0, 1])
    #expect(sam[1].lastDone == Self.day(9).day)
    #expect(ladder.standings[2].rungs.map(\.skipped) == [1, 0, 0, 0, 0])
  }
}
