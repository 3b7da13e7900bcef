import Foundation
import JournalModel
import TestSupport
import Testing

@testable import Interchange

@Suite struct DaylioTests {
  private static let header = "full_date,date,weekday,time,mood,activities,note_title,note\n"

  @Test func `a row is one mood log, its note in it`() throws {
    let taken = try Taken(
      "\u{FEFF}" + Self.header
        + "2020-05-30,30 May,Saturday,6:50 pm,rad,friends | movies / tv | ,,Awesome\r\n"
        + "\n2022-10-26,October 26,Wednesday,10:00 PM, captivated , | home |,\"A \"\"title\"\"\","
        + "\"One,<br><br>two <b>three</b> &amp; four\nfive #home\"\n",
      named: "daylio.csv", as: .daylio)
    #expect(taken.report.faults.isEmpty)
    let moods = taken.moods
    #expect(moods.map(\.score) == [10, 8])
    #expect(moods.map(\.emotions) == [[], ["captivated"]])
    #expect(moods.map(\.tags) == [["friends", "movies / tv"], []])
    #expect(
      moods.map(\.note)
        == ["Awesome", "A \"title\"\n\nOne,\n\ntwo **three** & four\nfive #home"])
    #expect(
      moods.map(\.date.rfc3339) == ["2020-05-30T18:50:00+02:00", "2022-10-26T22:00:00+02:00"])
    #expect(taken.records.map(\.place.line) == [2, 4])
    #expect(taken.report.notesByKind[.zoneAssumed(nil)]?.count == 2)
    #expect(taken.report.notesByKind[.moodScored("captivated", 8)]?.count == 1)
  }

  @Test func `columns may be missing, in another order, or more`() throws {
    let taken = try Taken(
      "full_date;weekday;mood;activities;scales;note\n"
        + "2020-08-31;Montag;Gut;Mäßig | Arbeit;\"Schlaf:\u{A0}8/10 Punkte | Kaffee: 2\";\"\"\n",
      named: "daylio.csv", as: .daylio)
    let mood = try #require(taken.moods.first)
    #expect(mood.score == 8 && mood.emotions.isEmpty && mood.date.isAllDay)
    #expect(mood.tags == ["Mäßig", "Arbeit"])
    #expect(mood.note == "scales: Schlaf: 8/10 Punkte | Kaffee: 2")
    #expect(taken.report.notesByKind[.keptInText("scales")]?.count == 1)
  }

  @Test func `broken rows are named, whole ones taken, and nothing beyond a column is lost`() throws
  {
    let taken = try Taken(
      Self.header + """
        ,October 27,Thursday,1:49 PM,good,chess,,no date
        1944-13-45,x,Sunday,1:49 PM,good,chess,,no such day
        2022-10-26,October 26,Wednesday,25:00,good,chess,,no such time
        2022-10-26,October 26,Wednesday,8:00 PM,,chess,,no mood
        2022-10-26,October 26,Wednesday,8:00 PM,good,chess,,one, two
        2022-10-26,October 26,Wednesday,9:00 PM,good,chess,,"open
        2022-10-26,October 26,Wednesday,9:30 PM,bad
        """, named: "daylio.csv", as: .daylio)
    #expect(taken.report.faults.map(\.place.line) == [2, 3, 4, 5, 7])
    #expect(taken.moods.map(\.note) == ["one\n\ntwo", nil])
    #expect(taken.moods.map(\.score) == [8, 4])
    #expect(taken.report.notesByKind[.zoneAssumed(nil)]?.count == 2)
  }

  @Test(arguments: [
    ("rad", 10, true), ("Gut", 8, true), ("MEH", 6, true), ("так себе", 6, true), ("mal", 4, true),
    ("Lausig", 2, true), ("最高", 10, true), ("so-so", 6, true), ("sad", 4, false),
    ("very tired", 4, false), ("vaguely ok", 6, false), ("a bit stressed", 4, false),
    ("zorblax", 6, false), ("", 6, false), ("very", 6, false),
  ])
  func `a word for a mood becomes a score, and stays as an emotion unless it is Daylio's own`(
    word: String, score: Int, isOwn: Bool
  ) throws {
    let date = try #require(JournalDate(rfc9557: "2026-11-21[Europe/Berlin]"))
    var report = ImportReport()
    let draft = DaylioLog(date: date, mood: word).draft(SourcePlace(file: "a"), &report)
    #expect(draft.score == score)
    #expect(draft.emotions == (isOwn ? [] : [word]))
    let isGuessed = ["zorblax", "", "very"].contains(word)
    #expect(report.notesByKind.keys.map(\.name) == [isGuessed ? "moodGuessed" : "moodScored"])
  }

  @Test(arguments: [
    ("6:50 pm", 1130), ("12:00 AM", 0), ("12:38 pm", 758), ("14:03", 843), ("00:05", 5),
    ("10:04\u{202F}PM", 1324), ("18.30 Uhr", 1110), ("18h30", 1110), ("下午3:20", 920),
    ("3:20 p. m.", 920), ("٣:٢٠ م", 920), ("24:00", nil), ("8:60", nil), ("8", nil), ("", nil),
    ("8:00 zz", nil), ("8:00:00:00", nil), ("99999999999:1", nil),
  ])
  func `times are read in the languages of their owners`(text: String, minute: Int?) {
    #expect(DaylioTime.secondOfDay(text) == minute.map { $0 * 60 })
  }

  @Test(arguments: [
    ("plain", "plain"), ("a<br>b<BR/>c<br />d", "a\nb\nc\nd"), ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"),
    ("<div>one</div><div>two</div>", "one\ntwo"), ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
    ("<script>x</script>", "<script>x</script>"), ("&lt;b&gt;&nbsp;&#33;&what;", "<b> !&what;"),
    ("<", "<"), ("&", "&"), ("<b", "<b"),
  ])
  func `the few elements of HTML in notes become Markdown`(note: String, text: String) {
    #expect(DaylioNote.text(note) == text)
  }

  @Test func `numbers at the end of their range, and values of another kind, are no end`() throws {
    let taken = try Taken(
      """
      {"customMoods":[{"id":1,"predefined_name_id":-9223372036854775808}],"dayEntries":[
      {"datetime":1795245300000,"mood":1,"note":["two","words"],"note_title":7,"tags":["x",9e99]}]}
      """, named: "backup.json", as: .daylio)
    #expect(taken.moods.map(\.note) == ["7\n\ntwo, words"])
    #expect(taken.report.notesByKind[.leftOut("activities without a name")]?.count == 2)
  }

  @Test func `of two columns of one name nothing is lost`() throws {
    let taken = try Taken(
      "full_date,time,mood,note,note\n2022-10-26,8:00 PM,good,one,two\n", named: "daylio.csv",
      as: .daylio)
    #expect(taken.moods.map(\.note) == ["one\n\ntwo"])
  }

  @Test func `a backup names moods and activities by number`() throws {
    let json = """
      {"customMoods":[{"id":1,"custom_name":"","mood_group_id":1,"predefined_name_id":1},
      {"id":9,"custom_name":"odd","mood_group_id":4,"predefined_name_id":-1}],
      "tags":[{"id":3,"name":"family"}],"goals":[{"id":1}],
      "dayEntries":[
      {"id":1,"minute":15,"hour":8,"day":21,"month":10,"year":2026,"datetime":1795245300123,
      "timeZoneOffset":3600000,"mood":9,"note":"a<br>b","note_title":"T","tags":[3,4],"assets":[7]},
      {"id":2,"minute":15,"hour":23,"day":20,"month":10,"year":2026,"datetime":1795218300000,
      "timeZoneOffset":-18000000,"mood":5,"note":"","tags":[],"isFavorite":true},
      {"id":3,"minute":15,"hour":8,"day":1,"month":0,"year":2020,"mood":1},
      {"id":4,"mood":1},{"id":5,"datetime":1795245300000,"mood":77},8]}
      """
    var sample = SampleArchive(.init("backup.daylio"))
    sample.files = [.init("backup.daylio", Self.base64(json))]
    let taken = try Taken(bytes: sample.bytes, named: "my.daylio", as: .daylio)
    let moods = taken.moods
    #expect(moods.map(\.score) == [4, 2, 10])
    #expect(moods.map(\.emotions) == [["odd"], [], []])
    #expect(moods.map(\.tags) == [["family"], [], []])
    #expect(moods.map(\.note) == ["T\n\na\nb", "isFavorite: yes", nil])
    #expect(
      moods.map(\.date.rfc9557) == [
        "2026-11-21T08:15:00+01:00[Europe/Berlin]", "2026-11-20T18:45:00-05:00[-05:00]",
        "2020-01-01T08:15:00+01:00[Europe/Berlin]",
      ])
    #expect(taken.records.first?.identity == .source("1 1795245300123"))
    #expect(taken.report.faults.count == 3)
    #expect(taken.report.notesByKind[.media("attachment")]?.count == 1)
    #expect(taken.report.notesByKind[.leftOut("goals")]?.count == 1)
    #expect(taken.report.notesByKind[.moodScored("odd", 4)]?.count == 1)
    // The same without its wrapping.
    #expect(try Taken(json, named: "backup.json", as: .daylio).moods == moods)
  }

  @Test(arguments: ["not base64!", "eyJ", "e30=", ""])
  func `of a backup that is broken nothing is taken`(content: String) {
    #expect {
      try Taken(
        bytes: SampleArchive(.init("backup.daylio", content)).bytes, named: "my.daylio",
        as: .daylio)
    } throws: { error in
      if case .damaged = error as? ImportError { true } else { false }
    }
  }

  @Test(arguments: ["", "f", "fo", "foo", "foob", "fooba", "foobar"])
  func `base64 is read as it is written`(text: String) {
    #expect(Base64.decoded(Array(Self.base64(text).utf8)) == Array(text.utf8))
  }

  @Test(arguments: ["date,mood\n2026-11-21,good\n", "full_date,text\n", "words\n", ""])
  func `other tables are not taken for Daylio's`(text: String) {
    #expect(throws: ImportError.self) { try Taken(text, named: "a.csv", as: .daylio) }
  }

  private static func base64(_ text: String) -> String {
    Data(text.utf8).base64EncodedString(options: [.lineLength76Characters])
  }
}

/// Real tables and backups.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: ProjectFiles.sharedData + "/daylio")))
struct DaylioSampleTests {
  private static let folder = ProjectFiles.sharedData + "/daylio/"

  @Test(arguments: [
    ("currin-sample.csv", 3, 0), ("daylio-parser-test_data.csv", 32, 0),
    ("niklas-german-a.csv", 274, 0), ("odp-bad_empty_lines_whitespace.csv", 5, 0),
    ("odp-bad_missing_fields.csv", 3, 2), ("odp-escaped_characters.csv", 5, 0),
    ("odp-ok.csv", 12, 0), ("odp-ok_scales.csv", 7, 0), ("toldry-1936-1943.csv", 2755, 0),
    ("backup-english.daylio", 5, 0), ("backup-english.json", 5, 0),
  ])
  func `every sample is brought in, and what is missing in it is named`(
    name: String, count: Int, faults: Int
  ) throws {
    let taken = try Taken(path: Self.folder + name, as: .daylio)
    #expect(taken.moods.count == count && taken.report.faults.count == faults)
    #expect(taken.report.notesByKind.keys.allSatisfy { $0.name != "moodGuessed" })
  }

  /// `odp-moods.json` says on which of five levels its owner has which word.
  @Test func `words are on the level of their owner, or next to it`() throws {
    let data = try Data(contentsOf: URL(filePath: Self.folder + "odp-moods.json"))
    let words = try JSONDecoder().decode([String: [String]].self, from: data)
    let levels = ["awful": 1, "bad": 2, "neutral": 3, "good": 4, "rad": 5]
    for (group, list) in words {
      let level = try #require(levels[group])
      for word in list {
        switch DaylioMood(word) {
        case .level(let found), .feeling(let found):
          #expect(abs(found - level) <= 1, "\(word)")
        case .unknown: break
        }
      }
    }
  }

  @Test func `a backup says what Daylio prints of it`() throws {
    let moods = try Taken(path: Self.folder + "backup-english.daylio", as: .daylio).moods
    #expect(moods.map(\.score) == [2, 10, 6, 2, 4])
    #expect(moods[1].note == "Note title\n\nNote body")
    #expect(Set(moods[1].tags) == ["famille", "rendez-vous", "exercice", "sport", "ménage"])
    #expect(moods[4].emotions == ["null"])
    #expect(moods[4].date.day.description == "2015-05-16")
    #expect(moods[4].date.time?.hour == 20)
  }
}
