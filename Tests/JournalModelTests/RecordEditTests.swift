import JournalModel
import OperationLog
import Testing

@Suite struct RecordEditTests {
  private static func entry() -> RecordLog {
    var log = RecordLog()
    log.write(
      1, at: 1, .text("a"), RegisterWrite(.title, .text("T")), .tag("river"), .tag("sea", false),
      RegisterWrite(.created, .integer(17)),
      RegisterWrite(.date, .text("2026-11-21T08:15:00+01:00[Europe/Berlin]")))
    return log
  }

  private static func writes(
    _ log: RecordLog, _ prepare: (inout RecordEdit) -> Void
  ) throws -> [RegisterWrite]? {
    var edit = RecordEdit()
    prepare(&edit)
    return try edit.change(of: try #require(log.state))?.writes
  }

  @Test func `prose names the winner it replaces as seen, and nothing else`() throws {
    var log = Self.entry()
    log.write(2, at: 5, .text("b"))
    let winner = log.write(3, at: 6, .text("c"))
    let writes = try Self.writes(log) { $0.set(.text, .text("d\n")) }
    #expect(writes == [.text("d", seen: winner)])
  }

  @Test func `prose that was never written has seen nothing`() throws {
    var log = Self.entry()
    log.kind = .mood
    log.write(1, at: 2, RegisterWrite(.score, .integer(5)))
    let writes = try Self.writes(log) { $0.set(.note, .text("n")) }
    #expect(writes == [RegisterWrite(.note, .text("n"))])
  }

  private static let empty: [@Sendable (inout RecordEdit) -> Void] = [
    { $0.set(.text, .text("a\n")) },
    { $0.add("river", to: .tag) },
    { $0.remove("sea", from: .tag) },
    { $0.remove("never", from: .tag) },
    { $0.set(.starred, .boolean(false)) },
    { $0.clear("journal") },
    { $0.clear("people") },
    {
      $0.clear("tags")
      $0.add("river", to: .tag)
    },
    { _ in },
  ]

  private static let contradictory: [@Sendable (inout RecordEdit) -> Void] = [
    {
      $0.set(.title, .text("other"))
      $0.set(.title, .text("T"))
    },
    {
      $0.clear("title")
      $0.set(.title, .text("T"))
    },
    {
      $0.set(.starred, .boolean(true))
      $0.set(.starred, .boolean(false))
    },
    {
      $0.add("lake", to: .tag)
      $0.remove("lake", from: .tag)
    },
  ]

  @Test(arguments: contradictory.indices)
  func `an edit that undoes itself is refused`(index: Int) {
    #expect(throws: InputError.self) { try Self.writes(Self.entry(), Self.contradictory[index]) }
  }

  @Test func `a set of names can be replaced`() throws {
    let writes = try Self.writes(Self.entry()) {
      $0.clear("tags")
      $0.add("alder", to: .tag)
    }
    #expect(writes == [.tag("alder"), .tag("river", false)])
  }

  @Test(arguments: empty.indices)
  func `an edit that changes nothing is none`(index: Int) throws {
    #expect(try Self.writes(Self.entry(), Self.empty[index]) == nil)
  }

  @Test func `writes are in order of their registers`() throws {
    let writes = try Self.writes(Self.entry()) {
      $0.set(.starred, .boolean(true))
      $0.add("alder", to: .tag)
      $0.remove("river", from: .tag)
      $0.set(.journal, .text("walks"))
      $0.add("Ada", to: .person)
    }
    #expect(
      writes?.map(\.register.rawValue)
        == ["journal", "person/Ada", "starred", "tag/alder", "tag/river"])
    #expect(writes?.last == .tag("river", false))
  }

  @Test func `a cleared field is explicitly absent`() throws {
    let log = Self.entry()
    let first = try #require(log.changes.first?.stamp.id)
    #expect(
      try Self.writes(log) { $0.clear("title") }
        == [RegisterWrite(.title, .absent, seen: [first])])
    #expect(
      try Self.writes(log) { $0.set(.title, .text("")) }
        == [RegisterWrite(.title, .absent, seen: [first])])
    #expect(try Self.writes(log) { $0.clear("tags") } == [.tag("river", false)])
  }

  private static let refusals: [(InputError, @Sendable (inout RecordEdit) -> Void)] = [
    (.cannotClear(field: "text", kind: .entry), { $0.clear("text") }),
    (.cannotClear(field: "date", kind: .entry), { $0.clear("date") }),
    (.empty(field: "text"), { $0.set(.text, .text(" ")) }),
    (.noSuchField("mood", kind: .entry), { $0.clear("mood") }),
    (.noSuchField("created", kind: .entry), { $0.set(.created, .integer(1)) }),
    (.noSuchField("score", kind: .entry), { $0.set(.score, .integer(1)) }),
    (.noSuchField("sign", kind: .entry), { $0.add("distance", to: .sign) }),
    (.wrongType(field: "text"), { $0.set(.text, .integer(1)) }),
    (.empty(field: "tag"), { $0.add("", to: .tag) }),
  ]

  @Test(arguments: refusals.indices)
  func `what the kind cannot have is refused`(index: Int) {
    let (error, prepare) = Self.refusals[index]
    #expect(throws: error) { try Self.writes(Self.entry(), prepare) }
  }

  @Test func `a mood log keeps at least one measure`() throws {
    var log = RecordLog()
    log.kind = .mood
    log.write(1, at: 1, RegisterWrite(.score, .integer(6)), RegisterWrite(.energy, .integer(2)))
    #expect(throws: InputError.noMeasure) { try Self.writes(log) { $0.clear("score") } }
    let writes = try Self.writes(log) {
      $0.clear("score")
      $0.set(.pull, .pull(.away))
    }
    #expect(writes == [RegisterWrite(.pull, .text("away")), RegisterWrite(.score, .absent)])
  }

  @Test func `a tag in another Unicode form can be removed by the name it is shown by`() throws {
    var log = RecordLog()
    log.write(1, at: 1, .text("a"), .tag("e\u{301}"))
    #expect(
      try Self.writes(log) { $0.remove("e\u{301}", from: .tag) } == [.tag("e\u{301}", false)])
  }

  @Test func `reverting gives back what an earlier state had`() throws {
    var log = Self.entry()
    let earlier = try #require(log.state)
    let edit = log.write(
      2, at: 5, .text("b"), .tag("alder"), .tag("river", false),
      RegisterWrite(.journal, .text("walks")), RegisterWrite(.prompt, .unknown))
    let change = try #require(log.state?.reverting(to: earlier))
    #expect(
      change.writes == [
        RegisterWrite(.journal, .absent), RegisterWrite(.prompt, .absent),
        .tag("alder", false), .tag("river"), .text("a", seen: edit),
      ])
    log.write(3, at: 6, change)
    let entry = try #require(log.state.flatMap(Entry.init))
    #expect(entry.text == "a" && entry.tags == ["river"] && entry.journal == "default")
    #expect(log.state?.reverting(to: earlier) == nil)
  }

  private static func step() -> RecordLog {
    var log = RecordLog()
    log.kind = .step
    log.write(
      1, at: 1, RegisterWrite(.created, .integer(1)), RegisterWrite(.title, .text("Say hello")))
    return log
  }

  @Test func `what is said, though it was so, wins over what another machine wrote before`() throws
  {
    var log = Self.step()
    let planned = try #require(log.state)
    var edit = RecordEdit()
    edit.say(.skipped, .boolean(false))
    let said = try #require(try edit.change(of: planned))
    #expect(said.writes == [RegisterWrite(.skipped, .boolean(false))])
    log.write(2, at: 2, RegisterWrite(.skipped, .boolean(true)))
    log.write(1, at: 3, said)
    #expect(log.merged(log.changes)?[.skipped] == .boolean(false))
    #expect(log.merged(log.changes.reversed())?[.skipped] == .boolean(false))
  }

  @Test(arguments: [(2, 3), (3, 2)] as [(Int64, Int64)])
  func `a step that one machine did and another set aside is done`(
    done: Int64, skipped: Int64
  ) throws {
    var log = Self.step()
    let planned = try #require(log.state)
    let date = try #require(JournalDate(rfc9557: "2026-11-21T08:15:00+01:00[Europe/Berlin]"))
    var doing = RecordEdit()
    doing.set(.doneAt, .date(date))
    doing.say(.skipped, .boolean(false))
    var skipping = RecordEdit()
    skipping.say(.skipped, .boolean(true))
    log.write(1, at: done, try #require(try doing.change(of: planned)))
    log.write(2, at: skipped, try #require(try skipping.change(of: planned)))
    for changes in [log.changes, log.changes.reversed()] {
      let step = try #require(log.merged(changes).flatMap(Step.init))
      #expect(step.standing == .done && !step.isSkipped && step.doneAt == date)
    }
  }
}
