import Foundation
import JournalModel
import TestSupport
import Testing

@testable import Interchange

@Suite struct DayOneTests {
  @Test func `an entry comes with its words, clock, tags and star`() throws {
    let taken = try Taken(
      document(
        """
        {"uuid":"5BA8A0499775E5B7AB050CE5A5A32F87","creationDate":"2018-04-21T17:57:04Z",
        "timeZone":"Europe\\/London","starred":true,"tags":["Day One","river"],
        "text":"# By the #river\\n\\nIt was good\\\\.\\n\\n"}
        """), named: "a.json", as: .dayone)
    let entry = try #require(taken.entries.first)
    #expect(entry.text == "# By the #river\n\nIt was good.")
    #expect(entry.title == nil && entry.isStarred && entry.journal == Entry.defaultJournal)
    // The other tag stands in the text.
    #expect(entry.tags == ["Day One"])
    #expect(entry.date.rfc9557 == "2018-04-21T18:57:04+01:00[Europe/London]")
    #expect(taken.records.first?.identity == .source("5BA8A0499775E5B7AB050CE5A5A32F87"))
    #expect(taken.records.first?.createdAt == 1_524_333_424_000)
    #expect(taken.report.notesByKind.isEmpty && taken.report.faults.isEmpty)
  }

  @Test(arguments: [
    (#""timeZone":"Europe/Berlin""#, "2026-11-21T08:15:00+01:00[Europe/Berlin]", nil),
    (#""timeZone":"Etc\\/GMT""#, "2026-11-21T07:15:00+00:00[Etc/GMT]", nil),
    (#""timeZone":"GMT-0530""#, "2026-11-21T01:45:00-05:30[-05:30]", nil),
    (#""timeZone":"GMT+2""#, "2026-11-21T09:15:00+02:00[+02:00]", nil),
    (#""timeZone":"Mars/Olympus""#, "2026-11-21T08:15:00+01:00[Europe/Berlin]", "Mars/Olympus"),
    (#""timeZone":"../../etc""#, "2026-11-21T08:15:00+01:00[Europe/Berlin]", "../../etc"),
    (#""starred":false"#, "2026-11-21T08:15:00+01:00[Europe/Berlin]", ""),
    (
      #""timeZone":"Pacific/Auckland","isAllDay":true"#, "2026-11-21[Pacific/Auckland]", nil
    ),
  ])
  func `the zone is the entry's, else the local one, which is noted`(
    members: String, date: String, assumed: String?
  ) throws {
    let taken = try Taken(
      document(#"{"creationDate":"2026-11-21T07:15:00Z","text":"x",\#(members)}"#),
      named: "a.json", as: .dayone)
    #expect(taken.entries.map(\.date.rfc9557) == [date])
    let note = assumed.map { ImportNote.zoneAssumed($0.isEmpty ? nil : $0) }
    #expect(Array(taken.report.notesByKind.keys) == (note.map { [$0] } ?? []))
  }

  @Test func `what has no place of its own is kept in the text, and the rest is named`() throws {
    let taken = try Taken(
      document(
        """
        {"creationDate":"2026-11-21T07:15:00Z","timeZone":"UTC","text":"x",
        "weather":{"temperatureCelsius":18.829999923706055,"conditionsDescription":"Light Rain",
        "pressureMB":1012},"location":{"placeName":"Uncle's Tavern","localityName":"Alice Springs",
        "country":"Australia","latitude":-23.7006893157959,"longitude":133.8813018798828},
        "music":{"track":"Mess","artist":"Real Friends","albumYear":2016},
        "userActivity":{"activityName":"Walking","stepCount":2562},"isPinned":true,
        "photos":[{"md5":"a"},{"md5":"b"}],"audios":[{"transcription":"Hello."}],
        "creationDevice":"phone","duration":0,"mystery":{"depth":3}}
        """), named: "a.json", as: .dayone)
    #expect(
      taken.entries.map(\.text) == [
        """
        x

        transcription: Hello.
        pinned: yes
        location: Uncle's Tavern, Alice Springs, Australia (-23.70069, 133.8813)
        music: Mess, Real Friends, 2016
        mystery: depth: 3
        activity: Walking, 2562 steps
        weather: 18.8 °C, Light Rain
        """
      ])
    let notes = Set(taken.report.notesByKind.map { "\($0.key.name) \($0.key.detail ?? "")" })
    #expect(
      notes.isSuperset(of: [
        "media photo", "media audio recording", "leftOut device and editing",
        "leftOut details of the weather", "keptInText mystery",
      ]))
    #expect(taken.report.notesByKind[.media("photo")]?.count == 2)
  }

  @Test func `what is of another kind than Day One writes is not lost`() throws {
    let taken = try Taken(
      """
      {"metadata":{},"entries":[{"creationDate":"2024-02-29T07:15:00Z","timeZone":"UTC","text":"x",
      "tags":["river",2019,{"a":"b"}],"starred":1,"userActivity":{"activityName":"Walking","pace":7},
      "photos":{"md5":"1"}},
      {"creationDate":"2024-02-29T08:15:00Z","timeZone":"UTC","text":"y","tags":"river, long walk"}]}
      """, named: "Journal.json", as: .dayone)
    #expect(taken.entries.map(\.tags) == [["river"], ["river", "long walk"]])
    #expect(
      taken.entries.first?.text == "x\n\nstarred: 1\ntags: 2019, a: b\nactivity: Walking, 7")
    #expect(taken.report.notesByKind[.media("photo")]?.count == 1)
  }

  @Test func `links to pictures stay, and an entry that is a picture is not lost`() throws {
    let taken = try Taken(
      document(
        """
        {"creationDate":"2026-11-21T07:15:00Z","timeZone":"UTC","text":"![](dayone-moment://AB)"},
        {"creationDate":"2026-11-21T07:15:00Z","timeZone":"UTC","photos":[{"md5":"a"}]},
        {"creationDate":"2026-11-21T07:15:00Z","timeZone":"UTC","text":"  "},
        {"creationDate":"2026-11-21T07:15:00Z","timeZone":"UTC",
        "richText":"{\\"contents\\":[{\\"text\\":\\"Only \\"},{\\"text\\":\\"here.\\"}]}"}
        """), named: "a.json", as: .dayone)
    #expect(
      taken.entries.map(\.text)
        == ["![](dayone-moment://AB)", "photos: 1, not imported", "Only here."])
    #expect(taken.report.notesByKind[.keptInText("dayone-moment links")]?.count == 1)
    #expect(taken.report.notesByKind[.empty]?.count == 1)
  }

  @Test func `a bad entry is named by its line, and the others are read`() throws {
    let taken = try Taken(
      "{\"metadata\":{},\"entries\":[\n{\"text\":\"x\",\"isAllDay\":false},\n7,\n"
        + "{\"creationDate\":\"1944-13-45T00:00:00Z\",\"text\":\"x\"},\n"
        + "{\"creationDate\":5,\"text\":\"x\"},\n"
        + "{\"creationDate\":\"2026-11-21T07:15:00Z\",\"text\":[]},\n"
        + "{\"creationDate\":\"2026-11-21T07:15:00Z\",\"text\":\"good\"}]}",
      named: "a.json", as: .dayone)
    #expect(taken.entries.map(\.text) == ["good"])
    #expect(taken.report.faults.map(\.place.line) == [2, 3, 4, 5, 6])
    #expect(taken.report.faults.first?.reason == .noDate)
  }

  @Test(arguments: [
    #"{"metadata":{"version":"1.0"},"entries":"#,
    #"{"metadata":{"version":"1.0"},"entries":[{"creationDate":"2026-11-21T07:15:00Z","te"#,
    #"{"metadata":{"version":"1.0"},"entries":[]} and more"#,
    #"{"metadata":{"version":"1.0"},"entries":{}}"#, #"{"metadata":{"version":"1.0"}}"#,
  ])
  func `of a document that is broken nothing is taken`(text: String) {
    #expect {
      try Taken(text, named: "a.json", as: .dayone)
    } throws: { error in
      if case .damaged = error as? ImportError { true } else { false }
    }
  }

  @Test(arguments: [
    ("good\\. \\(very\\)\\!", "good. (very)!"), ("rabbit\\-hole", "rabbit-hole"),
    ("1\\. not a list", "1\\. not a list"), ("\\- not a list", "\\- not a list"),
    ("in 1999\\. Then", "in 1999. Then"), ("\\# none", "\\# none"), ("C\\# it is", "C# it is"),
    ("at \\#home", "at \\#home"), ("to \\@sam", "to \\@sam"), ("a\\*b\\*", "a\\*b\\*"),
    ("2 \\* 3", "2 * 3"), ("snake\\_case", "snake_case"), ("\\_no\\_", "\\_no\\_"),
    ("\\!\\[x\\](y)", "!\\[x\\](y)"), ("\\![x](y)", "\\![x](y)"),
    ("[a](b\\)c)", "[a](b\\)c)"), ("`a\\.b` c\\.", "`a\\.b` c."), ("C:\\temp", "C:\\temp"),
    ("\\<b\\>", "\\<b>"), ("end\\", "end\\"), ("a\\\\b", "a\\b"), ("a\\\\.", "a\\\\."),
    ("| a \\| b |", "| a \\| b |"), ("see \\[1\\]", "see [1]"), ("AT\\&T", "AT\\&T"),
  ])
  func `a backslash goes where the character means nothing without it`(
    text: String, unescaped: String
  ) {
    #expect(DayOneMarkdown.unescaped(text, isGenerated: true) == unescaped)
  }

  @Test func `in blocks of code backslashes are Day One's or the writer's`() {
    let text = "```\na\\.b \\\\ \\x\n```\nc\\."
    #expect(DayOneMarkdown.unescaped(text, isGenerated: true) == "```\na.b \\ \\x\n```\nc.")
    #expect(DayOneMarkdown.unescaped(text, isGenerated: false) == "```\na\\.b \\\\ \\x\n```\nc.")
  }

  @Test func `each journal of an archive keeps its name`() throws {
    let entry = #"{"creationDate":"2026-11-21T07:15:00Z","timeZone":"UTC","text":"#
    let sample = SampleArchive(
      .init("Journal.json", document(entry + "\"one\"}")),
      .init("Reisen nach Süden.json", document(entry + "\"two\"}")),
      .init("__MACOSX/._Journal.json", "\u{0}"), .init("photos/", ""), .init("photos/a.jpeg", "x"),
      .init("notes.json", "{}"))
    let taken = try Taken(bytes: sample.bytes, named: "export.zip", as: .dayone)
    #expect(taken.entries.map(\.text) == ["one", "two"])
    #expect(taken.entries.map(\.journal) == [Entry.defaultJournal, "Reisen nach Süden"])
    #expect(taken.report.notesByKind[.passedOver("other files of the archive")]?.count == 2)
  }

  @Test func `of an archive with a broken file nothing is taken`() throws {
    var sample = SampleArchive(
      .init("Journal.json", document(#"{"creationDate":"2026-11-21T07:15:00Z","text":"x"}"#)))
    sample.files[0].checksum ^= 1
    #expect {
      try Taken(bytes: sample.bytes, named: "export.zip", as: .dayone)
    } throws: { error in
      guard case .damaged(_, let reason) = error as? ImportError else { return false }
      return reason.hasPrefix("“Journal.json” in it is damaged")
    }
    #expect {
      try Taken(
        bytes: SampleArchive(.init("../Journal.json", document(""))).bytes, named: "a.zip",
        as: .dayone)
    } throws: { error in
      if case .unsafeArchive = error as? ImportError { true } else { false }
    }
  }

  @Test func `entries of Day One 1 are files of a folder, and a broken one is named`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/Journal.dayone"
    for name in ["entries", "photos"] {
      try FileManager.default.createDirectory(
        atPath: path + "/" + name, withIntermediateDirectories: true)
    }
    func write(_ text: String, _ name: String) throws {
      try Data(text.utf8).write(to: URL(filePath: path + "/" + name))
    }
    let list = """
      <?xml version="1.0"?><!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "x">
      <plist version="1.0"><dict><!-- a <comment> -->
      <key>Creation Date</key><date>2013-06-17T18:38:29Z</date>
      <key>Entry Text</key><string>Fish &amp; chips &#x1F41F; <![CDATA[<b>]]></string>
      <key>Location</key><dict><key>Locality</key><string>Berlin</string>
      <key>Latitude</key><real>52.5</real><key>Longitude</key><integer>13</integer></dict>
      <key>Starred</key><true/><key>Tags</key><array><string>work</string></array>
      <key>Time Zone</key><string>America/Los_Angeles</string>
      <key>UUID</key><string>0BDDD6CDA43C4A9AA2681517CC35AD9D</string></dict></plist>
      """
    try write(list, "entries/0BDDD6CDA43C4A9AA2681517CC35AD9D.doentry")
    try write(String(list.prefix(300)), "entries/B.doentry")
    try write("x", "photos/0BDDD6CDA43C4A9AA2681517CC35AD9D.jpg")
    try write("x", "entries/notes.txt")
    let taken = try Taken(path: path, as: .dayone)
    let entry = try #require(taken.entries.first)
    #expect(entry.text == "Fish & chips 🐟 <b>\n\nlocation: Berlin (52.5, 13.0)")
    #expect(entry.date.rfc9557 == "2013-06-17T11:38:29-07:00[America/Los_Angeles]")
    #expect(entry.isStarred && entry.tags == ["work"])
    #expect(taken.report.notesByKind[.media("photo")]?.count == 1)
    #expect(taken.report.faults.map(\.place.file) == ["entries/B.doentry"])
    #expect(
      taken.report.notesByKind[.passedOver("other files of the folder")]?.first.file
        == "entries/notes.txt")
    #expect(taken.entries.count == 1)
  }

  @Test(arguments: [
    "", "<plist>", "<plist><dict>", "<plist><dict><key>a</key></dict></plist>", "<html></html>",
    "<plist><dict><string>a</string></dict></plist>", "<plist><string>&evil;</string></plist>",
    "<plist><key>a</key></plist>", "bplist00",
    "<plist>" + String(repeating: "<array>", count: 100_000),
  ])
  func `what is no property list is refused`(text: String) {
    #expect(throws: PropertyListError.self) { try PropertyList.value(Array(text.utf8)) }
  }

  @Test(arguments: [
    #"{"tags":{},"entries":[{"title":"a","body":"b","date":"2026-11-21"}]}"#, "[]", "words",
    #"{"date":"2026-11-21","text":"x"}"#, #"[{"creationDate":"2026-11-21T07:15:00Z"}]"#,
  ])
  func `other files are not taken for Day One's`(text: String) {
    #expect(throws: ImportError.self) { try Taken(text, named: "a.json", as: .dayone) }
  }

  private func document(_ entries: String) -> String {
    #"{"metadata":{"version":"1.0"},"entries":[\#(entries)]}"#
  }
}

/// Real exports.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: ProjectFiles.sharedData + "/dayone")))
struct DayOneSampleTests {
  private static let folder = ProjectFiles.sharedData + "/dayone/"

  @Test(arguments: [
    ("Example-open.json", 27), ("Example-open.zip", 27), ("MyJournal-kulapard.json", 1),
    ("sample_dayone_export-daygram.json", 2), ("day-one-fictional-automattic.zip", 3),
    ("classic-basic_dayone.dayone", 3), ("classic-dayone.dayone", 4),
  ])
  func `every sample is brought in whole`(name: String, count: Int) throws {
    let taken = try Taken(path: Self.folder + name, as: .dayone)
    #expect(taken.entries.count == count && taken.report.faults.isEmpty)
    #expect(Set(taken.records.map(\.identity)).count == count)
    // One has a backslash of its writer's.
    let texts = taken.entries.map(\.text).filter { !$0.hasPrefix("# Day One Markdown Syntax") }
    #expect(texts.allSatisfy { !$0.contains("\\.") && !$0.contains("\\!") })
  }

  @Test func `the example is as Day One shows it`() throws {
    let taken = try Taken(path: Self.folder + "Example-open.json", as: .dayone)
    #expect(taken.report.notesByKind[.media("photo")]?.count == 82)
    #expect(taken.report.notesByKind[.keptInText("weather")]?.count == 26)
    #expect(taken.report.notesByKind.keys.allSatisfy { $0.name != "zoneAssumed" })
    let alice = try #require(taken.entries.first { $0.text.hasPrefix("**Luckily**") })
    #expect(alice.text.contains("no wonder she felt unhappy.\n\n![](dayone-moment://1F04A9"))
    #expect(alice.date.rfc9557 == "2004-10-12T18:38:16-06:00[America/Boise]")
  }
}
