import JournalModel
import OperationLog
import Testing

@Suite struct DraftTests {
  private let log = RecordLog()

  private static func date() throws -> JournalDate {
    try #require(JournalDate(rfc9557: "2026-11-21T08:15:00+01:00[Europe/Berlin]"))
  }

  /// A draft's change as its registers' names and values.
  private func written(_ change: RecordChange) -> [String] {
    change.writes.map { write in
      let value =
        switch write.value {
        case .text(let text): text
        case .integer(let integer): String(integer)
        case .boolean(let boolean): String(boolean)
        case .absent: "absent"
        case .unknown: "unknown"
        }
      return write.register.rawValue + "=" + value
    }
  }

  @Test func `a plain entry writes no more than it must`() throws {
    let draft = EntryDraft(date: try Self.date(), text: "Went home.\n\n")
    let change = try draft.change(record: try #require(log.id), createdAt: 17)
    #expect(change.kind == .entry)
    #expect(
      written(change) == [
        "created=17", "date=2026-11-21T08:15:00+01:00[Europe/Berlin]", "text=Went home.",
      ])
    #expect(change.writes.flatMap(\.seen).isEmpty)
  }

  @Test func `a full entry reads as it was drafted`() throws {
    var draft = EntryDraft(date: try Self.date(), text: "# By the river\n\n- cold")
    draft.title = "River"
    draft.tags = ["sea", "river", "river "]
    draft.people = ["Ada"]
    draft.isStarred = true
    draft.journal = "walks"
    draft.prompt = "small-things"
    var log = log
    log.write(1, at: 99, try draft.change(record: try #require(log.id), createdAt: 17))
    let state = try #require(log.state)
    let entry = try #require(Entry(state))
    #expect(entry.text == draft.text)
    #expect(entry.title == "River")
    #expect(entry.tags == ["river", "sea"])
    #expect(entry.people == ["Ada"])
    #expect(entry.isStarred)
    #expect(entry.journal == "walks")
    #expect(entry.prompt == "small-things")
    #expect(entry.date == draft.date)
    #expect(entry.created == 17)
    #expect(entry.modified == 99)
    #expect(entry.unreadable.isEmpty)
    #expect(MoodLog(state) == nil && Step(state) == nil)
  }

  @Test func `a full mood log reads as it was drafted`() throws {
    var draft = MoodDraft(date: try Self.date())
    draft.score = 6
    draft.energy = 1
    draft.closeness = 0
    draft.pull = .torn
    draft.urge = 10
    draft.emotions = ["torn", "anxious"]
    draft.signs = ["distance"]
    draft.trigger = "a call"
    draft.said = "leave me"
    draft.meant = "stay"
    draft.fear = "being left"
    draft.action = "went out"
    draft.technique = "breathing"
    draft.scoreBefore = 3
    draft.urgeBefore = 9
    draft.note = "n"
    draft.entry = log.id
    draft.people = ["Ada"]
    draft.tags = ["home"]
    var log = log
    log.kind = .mood
    log.write(1, at: 99, try draft.change(record: try #require(log.id), createdAt: 17))
    let mood = try #require(log.state.flatMap(MoodLog.init))
    #expect([mood.score, mood.energy, mood.closeness, mood.urge] == [6, 1, 0, 10])
    #expect([mood.scoreBefore, mood.urgeBefore] == [3, 9])
    #expect(mood.pull == .torn)
    #expect(mood.emotions == ["anxious", "torn"])
    #expect(mood.signs == ["distance"])
    #expect(
      [mood.trigger, mood.said, mood.meant, mood.fear, mood.action, mood.technique, mood.note]
        == ["a call", "leave me", "stay", "being left", "went out", "breathing", "n"])
    #expect(mood.entry == log.id)
    #expect(mood.people == ["Ada"] && mood.tags == ["home"])
    #expect(mood.unreadable.isEmpty)
  }

  @Test func `a full step reads as it was drafted`() throws {
    var draft = StepDraft(title: "Call Ada\n")
    draft.rung = 5
    draft.due = JournalDate(rfc9557: "2026-12-01[Europe/Berlin]")
    draft.fearedOutcome = "silence"
    draft.fearBefore = 8
    draft.people = ["Ada"]
    var log = log
    log.kind = .step
    log.write(1, at: 99, try draft.change(record: try #require(log.id), createdAt: 17))
    let step = try #require(log.state.flatMap(Step.init))
    #expect(step.title == "Call Ada")
    #expect(step.rung == 5)
    #expect(step.due == draft.due)
    #expect(step.fearedOutcome == "silence")
    #expect(step.fearBefore == 8)
    #expect(step.people == ["Ada"])
    #expect(!step.isSkipped && step.doneAt == nil && step.unreadable.isEmpty)
  }

  struct Refusal: Sendable {
    let error: InputError
    let change: @Sendable (RecordID, JournalDate) throws -> RecordChange
  }

  private static func entry(
    _ text: String, _ prepare: @escaping @Sendable (inout EntryDraft) -> Void = { _ in }
  ) -> @Sendable (RecordID, JournalDate) throws -> RecordChange {
    { id, date in
      var draft = EntryDraft(date: date, text: text)
      prepare(&draft)
      return try draft.change(record: id, createdAt: 0)
    }
  }

  private static func mood(
    _ prepare: @escaping @Sendable (inout MoodDraft) -> Void
  ) -> @Sendable (RecordID, JournalDate) throws -> RecordChange {
    { id, date in
      var draft = MoodDraft(date: date)
      prepare(&draft)
      return try draft.change(record: id, createdAt: 0)
    }
  }

  private static let refusals = [
    Refusal(error: .empty(field: "text"), change: entry("")),
    Refusal(error: .empty(field: "text"), change: entry(" \t\r\n \n")),
    Refusal(
      error: .tooLong(field: "text", bytes: 4_000_001, bytesMax: 4_000_000),
      change: entry(String(repeating: "x", count: 4_000_001))),
    Refusal(
      error: .tooLong(field: "title", bytes: 4_001, bytesMax: 4_000),
      change: entry("x") { $0.title = String(repeating: "x", count: 4_001) }),
    Refusal(error: .empty(field: "tag"), change: entry("x") { $0.tags = [" "] }),
    Refusal(error: .notOneLine(field: "tag"), change: entry("x") { $0.tags = ["a\nb"] }),
    Refusal(error: .notOneLine(field: "person"), change: entry("x") { $0.people = ["a\u{1b}b"] }),
    Refusal(
      error: .tooLong(field: "tag", bytes: 257, bytesMax: 256),
      change: entry("x") { $0.tags = [String(repeating: "x", count: 257)] }),
    Refusal(error: .noMeasure, change: mood { $0.energy = 3 }),
    Refusal(
      error: .outOfRange(field: "score", value: 0, range: 1...10), change: mood { $0.score = 0 }),
    Refusal(
      error: .outOfRange(field: "score", value: 11, range: 1...10), change: mood { $0.score = 11 }),
    Refusal(
      error: .outOfRange(field: "closeness", value: -1, range: 0...10),
      change: mood { $0.closeness = -1 }),
    Refusal(
      error: .outOfRange(field: "urge", value: .max, range: 0...10),
      change: mood { $0.urge = .max }),
    Refusal(
      error: .unknownSign("sulking"),
      change: mood {
        $0.score = 5
        $0.signs = ["sulking"]
      }),
  ]

  @Test(arguments: refusals.indices)
  func `what cannot be kept is refused with one sentence`(index: Int) throws {
    let refusal = Self.refusals[index]
    let id = try #require(log.id)
    let date = try Self.date()
    let thrown = #expect(throws: InputError.self) { try refusal.change(id, date) }
    #expect(thrown == refusal.error)
    let sentence = try #require(thrown).description
    #expect(sentence.hasSuffix(".") && sentence.count < 200)
  }

  @Test func `a field is told as people say it`() {
    let error = InputError.outOfRange(field: "fearBefore", value: 11, range: 0...10)
    #expect(error.description == "The fear before goes from 0 to 10, not 11.")
  }

  @Test func `what is over a limit is bad data, the rest bad usage`() {
    #expect(InputError.tooLong(field: "text", bytes: 2, bytesMax: 1).reportedAs == .data)
    #expect(InputError.tooMuchAtOnce(bytes: 2).reportedAs == .data)
    #expect(InputError.empty(field: "text").reportedAs == .usage)
    #expect(InputError.noMeasure.reportedAs == .usage)
  }

  @Test func `text at its limit is kept`() throws {
    let text = String(repeating: "x", count: 4_000_000)
    let draft = EntryDraft(date: try Self.date(), text: text + "\n")
    #expect(throws: Never.self) { try draft.change(record: try #require(log.id), createdAt: 0) }
  }

  @Test func `tags without end are too much for one operation`() throws {
    var draft = EntryDraft(
      date: try Self.date(), text: String(repeating: "x", count: 4_000_000))
    draft.tags = (0..<1000).map { "\($0)" + String(repeating: "t", count: 250) }
    let thrown = #expect(throws: InputError.self) {
      try draft.change(record: try #require(log.id), createdAt: 0)
    }
    guard case .tooMuchAtOnce? = thrown else {
      Issue.record("another error: \(String(describing: thrown))")
      return
    }
  }
}
