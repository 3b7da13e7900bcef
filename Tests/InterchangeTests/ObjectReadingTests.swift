import JournalModel
import Testing

@testable import Interchange

@Suite struct ObjectReadingTests {
  @Test func `a line says what it says, and the next is taken whatever it is`() throws {
    let taken = try Taken(
      """
      {"date":"2026-11-21T08:15:00+01:00","timeZone":"Europe/Berlin","text":"One."}

      {"date":
      {"date":"2026-11-21T08:15:00+09:00","timeZone":"Asia/Tokyo","text":"Two."}
      """, named: "diary.jsonl", as: .jsonl)
    #expect(taken.entries.map(\.text) == ["One.", "Two."])
    #expect(taken.entries.map(\.date.timeZone) == ["Europe/Berlin", "Asia/Tokyo"])
    #expect(taken.records.map(\.place.line) == [1, 4])
    #expect(taken.report.faults.map(\.place.line) == [3])
    #expect(taken.report.faults.map(\.reason) == [.malformed("it ends in the middle")])
    #expect(taken.report.notesByKind.isEmpty)
  }

  @Test(arguments: [
    (#""2026-11-21T07:15:00Z""#, "2026-11-21T07:15:00Z[UTC]"),
    (
      #""2026-11-21T08:15:00.250+01:00","timeZone":"Europe/Paris""#,
      "2026-11-21T08:15:00+01:00[Europe/Paris]"
    ),
    (#""2026-11-21T07:15:00Z","timeZone":"Asia/Tokyo""#, "2026-11-21T16:15:00+09:00[Asia/Tokyo]"),
    (#""2026-11-21","timeZone":"Asia/Tokyo""#, "2026-11-21[Asia/Tokyo]"),
    (
      #""2026-11-21T00:00:00+09:00","timeZone":"Asia/Tokyo","allDay":true"#,
      "2026-11-21[Asia/Tokyo]"
    ),
    (#""2026-11-21 08:15","timeZone":"Asia/Tokyo""#, "2026-11-21T08:15:00+09:00[Asia/Tokyo]"),
    (#"1763712900,"timeZone":"UTC""#, "2025-11-21T08:15:00Z[UTC]"),
    (#"1763712900000,"timeZone":"UTC""#, "2025-11-21T08:15:00Z[UTC]"),
    (#"76204800000,"timeZone":"UTC""#, "1972-06-01T00:00:00Z[UTC]"),
    (#"-3600,"timeZone":"UTC""#, "1969-12-31T23:00:00Z[UTC]"),
    (#"1763712900,"timeZone":"UTC","allDay":true"#, "2025-11-21[UTC]"),
  ])
  func `a date is of the zone that is named`(written: String, date: String) throws {
    let taken = try Taken(
      #"{"text":"x","date":\#(written)}"#, named: "diary.jsonl", as: .jsonl)
    let read = try #require(taken.entries.first).date
    // UTC's offset is written as a number in the register.
    #expect(read.rfc9557 == date.replacing("Z[", with: "+00:00["))
    #expect(taken.report.notesByKind.isEmpty)
  }

  @Test func `what has no register is kept in the text, and named`() throws {
    let taken = try Taken(
      """
      {"date":"2026-11-21T07:15:00Z","text":"One.","weather":{"sky":"clear","wind":3},"x":null}
      {"date":"2026-11-21T07:15:00Z","text":"","weather":"wet"}
      {"date":"2026-11-21T07:15:00Z","text":" "}
      """, named: "diary.jsonl", as: .jsonl)
    #expect(
      taken.entries.map(\.text) == ["One.\n\nweather: sky: clear, wind: 3", "weather: wet"])
    #expect(taken.report.notesByKind[.keptInText("weather")]?.count == 2)
    #expect(taken.report.notesByKind[.empty]?.first.line == 3)
  }

  @Test func `what a member cannot be is kept in the text as well`() throws {
    let taken = try Taken(
      """
      {"date":"2026-11-21T07:15:00Z","score":5,"entry":"A day with Sam"}
      {"date":"2026-11-21T07:15:00Z","text":"One.","createdAt":"long ago","starred":"perhaps"}
      {"date":"2026-11-21T07:15:00Z","entry":"Two.","createdAt":1600000000000,"starred":1}
      """, named: "diary.jsonl", as: .jsonl)
    guard case .mood(let mood)? = taken.records.first?.content else {
      Issue.record("a score is no mood log")
      return
    }
    #expect(mood.note == "entry: A day with Sam" && mood.entry == nil)
    #expect(taken.entries.map(\.text) == ["One.\n\ncreatedAt: long ago\nstarred: perhaps", "Two."])
    #expect(taken.entries.map(\.isStarred) == [false, true])
    #expect(taken.records.map(\.createdAt) == [nil, nil, 1_600_000_000_000])
  }

  @Test func `one object may stand alone, over several lines`() throws {
    let taken = try Taken(
      """
      {
        "date": "2026-11-21T07:15:00Z",
        "text": "One."
      }
      """, named: "entry.json", as: .jsonl)
    #expect(taken.entries.map(\.text) == ["One."])
    #expect(taken.report.faults.isEmpty)
  }

  /// The clock of an instant is this machine's; the instant is not.
  @Test func `an instant is the same record wherever it is imported`() throws {
    let line = #"{"date":1700000000,"text":"By the river"}"#
    let taken = try Taken(line, named: "diary.jsonl", as: .jsonl)
    #expect(
      taken.records.first?.identity == .contentWith(id: nil, instant: 1_700_000_000_000))
    #expect(taken.report.notesByKind[.zoneAssumed(nil)]?.count == 1)
    let named = try Taken(
      #"{"date":1700000000,"text":"x","timeZone":"Nowhere/At_All"}"#, named: "diary.jsonl",
      as: .jsonl)
    #expect(named.report.notesByKind[.zoneAssumed("Nowhere/At_All")]?.count == 1)
  }

  @Test(arguments: [
    (#""id":1"#, ImportedRecord.Identity.contentWith(id: "1", instant: nil)),
    (#""id":"e7""#, .contentWith(id: "e7", instant: nil)),
    (
      #""id":"7d444840-9dc0-11d1-b245-5ffdce74fad2""#,
      .source("7d444840-9dc0-11d1-b245-5ffdce74fad2")
    ),
    (#""uuid":"V1StGXR8_Z5jdHi6B-myT""#, .source("V1StGXR8_Z5jdHi6B-myT")),
  ])
  func `short ids are one's own with what they name`(
    member: String, identity: ImportedRecord.Identity
  ) throws {
    let taken = try Taken(
      #"{"date":"2026-11-21","text":"x",\#(member)}"#, named: "diary.jsonl", as: .jsonl)
    #expect(taken.records.map(\.identity) == [identity])
  }

  @Test func `tags that stand in the text are no registers`() throws {
    let taken = try Taken(
      """
      [{"id":"00000000000000000000000000000001","kind":"entry","date":"2026-11-21T07:15:00Z",
        "text":"#a","tags":["a","b"],"derived":{"tags":["a"],"people":[]},"trashed":true}]
      """, named: "ebb.json", as: .ebb)
    #expect(taken.entries.map(\.tags) == [["b"]])
    #expect(taken.records.map(\.isTrashed) == [true])
    guard case .record = try #require(taken.records.first).identity else {
      Issue.record("the record's own id is lost")
      return
    }
  }

  @Test(arguments: [
    (#"{"text":"x"}"#, ImportFault.Reason.noDate), (#"{"date":[],"text":"x"}"#, .noDate),
    (#"{"date":true,"text":"x"}"#, .malformed("“date” has a value of another kind")),
    (
      #"{"date":1e300,"text":"x"}"#,
      .malformed("“date” is “1e300”, which is no time from 1000 to 9999")
    ),
    (
      #"{"date":-60000000000000,"text":"x"}"#,
      .malformed("“date” is “-60000000000000”, which is no time from 1000 to 9999")
    ),
    (
      #"{"date":"2026-11-21","score":5.5}"#,
      .malformed("“score” is “5.5”, which is no whole number")
    ),
    (#"{"date":"2026-11-21","text":["x"]}"#, .malformed("“text” has a value of another kind")),
    (
      #"{"date":"2026-11-21","text":"x","tags":[1]}"#,
      .malformed("“tags” has a value of another kind")
    ),
    (
      #"{"id":"00000000000000000000000000000001","kind":"dream","date":"2026-11-21","score":5}"#,
      .malformed("“dream” is no kind that this Ebb knows: entry, mood or step")
    ),
    (#"{"date":"0999-01-01","text":"x"}"#, .date(.yearOutOfRange(999))),
    (#""x""#, .malformed("it is not an object in braces")),
  ])
  func `what cannot be taken is named`(line: String, reason: ImportFault.Reason) throws {
    let taken = try Taken(line, named: "diary.jsonl", as: .jsonl)
    #expect(taken.records.isEmpty)
    #expect(taken.report.faults.map(\.reason) == [reason])
  }

  @Test(arguments: [
    "[", #"[{"date":"2026-11-21","text":"x"}"#, #"[{"date":"2026-11-21","text":"x"}] x"#,
    #"[{"date":"2026-11-21","text":"x"},]"#,
  ])
  func `of a broken document nothing is taken`(text: String) {
    #expect(throws: ImportError.self) { try Taken(text, named: "ebb.json", as: .ebb) }
  }

  @Test func `UTF-16 is read by its mark`() throws {
    let line = #"{"date":"2026-11-21","text":"日本 💯"}"# + "\r\n"
    let units = Array((line + line).utf16)
    let little: [UInt8] = [0xFF, 0xFE] + units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let big: [UInt8] = [0xFE, 0xFF] + units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    for bytes in [little, big] {
      let taken = try Taken(bytes: bytes, named: "diary.jsonl", as: .jsonl)
      #expect(taken.entries.map(\.text) == ["日本 💯", "日本 💯"])
    }
  }
}
