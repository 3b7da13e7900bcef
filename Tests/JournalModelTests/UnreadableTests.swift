import JournalModel
import OperationLog
import Testing

@Suite struct UnreadableTests {
  private static func mood(_ writes: RegisterWrite...) throws -> MoodLog {
    var log = RecordLog()
    log.kind = .mood
    log.write(1, at: 5, writes)
    return try #require(log.state.flatMap(MoodLog.init))
  }

  @Test(arguments: [
    RegisterWrite(.score, .integer(11)), RegisterWrite(.score, .integer(.max)),
    RegisterWrite(.score, .integer(.min)), RegisterWrite(.score, .text("6")),
    RegisterWrite(.score, .unknown), RegisterWrite(.closeness, .integer(-1)),
    RegisterWrite(.pull, .text("sideways")), RegisterWrite(.note, .integer(1)),
    RegisterWrite(.note, .unknown), RegisterWrite(.entry, .text("no id")),
    RegisterWrite(.date, .text("someday")), RegisterWrite(.created, .text("then")),
    RegisterWrite(.created, .integer(.max)), RegisterWrite(.created, .integer(.min)),
    RegisterWrite(RegisterName(.tag, "x"), .unknown),
    RegisterWrite(RegisterName(.sign, "x"), .integer(1)), RegisterWrite(.trashed, .integer(1)),
  ])
  func `a value of a later version is never shown as absent`(write: RegisterWrite) throws {
    let mood = try Self.mood(write, RegisterWrite(.energy, .integer(5)))
    #expect(mood.unreadable == [write.register.rawValue])
    #expect(mood.energy == 5)
    #expect(mood.score == nil && mood.pull == nil && mood.note == nil && mood.tags.isEmpty)
  }

  @Test func `an explicitly absent value is absent`() throws {
    let mood = try Self.mood(
      RegisterWrite(.score, .absent), RegisterWrite(.date, .absent),
      RegisterWrite(RegisterName(.tag, "x"), .absent))
    #expect(mood.unreadable.isEmpty)
    #expect(mood.score == nil && mood.tags.isEmpty)
  }

  @Test func `a sign of a later version is shown`() throws {
    let mood = try Self.mood(RegisterWrite(RegisterName(.sign, "later"), .boolean(true)))
    #expect(mood.signs == ["later"])
  }

  @Test func `without a date it is when it was created, in UTC`() throws {
    let mood = try Self.mood(RegisterWrite(.created, .integer(1_000)))
    #expect(mood.date.rfc9557 == "1970-01-01T00:00:01+00:00[UTC]")
  }

  @Test func `without either it is when it was last written`() throws {
    let mood = try Self.mood(RegisterWrite(.score, .integer(5)))
    #expect(mood.created == 5)
  }

  @Test func `unknown text of an entry is listed`() throws {
    var log = RecordLog()
    log.write(1, at: 5, RegisterWrite(.text, .unknown))
    let entry = try #require(log.state.flatMap(Entry.init))
    #expect(entry.text.isEmpty && entry.unreadable == ["text"])
  }
}
