import Foundation
import TestSupport
import Testing

/// `ebb insights` and `ebb review`.
struct InsightsTests {
  private let machine: Machine

  init() throws { machine = try Machine() }

  @Test func `an empty journal has nothing to say, and says what it would need`() async throws {
    let found = try await machine.json("insights", as: Found.self)
    #expect(found.findings.isEmpty)
    #expect(found.missing.count == 10)
    let text = try await machine.ebb("insights")
    #expect(text.hasPrefix("It is early"))
    #expect(text.contains("\n\nFrom 0 mood logs and 0 steps done.\n\nNot enough yet"))
  }

  @Test func `what goes together is told with its records`() async throws {
    try await importLogs()
    let found = try await machine.json("insights", as: Found.self)
    let hour = try #require(found.findings.first { $0.question == "hour" })
    #expect(hour.n == 168)
    #expect(hour.interval.count == 2 && hour.interval[0] <= hour.interval[1])
    #expect(Set(hour.ids).count == 168)
    // The same journal gives the same text.
    #expect(try await machine.json("insights", as: Found.self) == found)

    let text = try await machine.ebb("insights")
    #expect(text.contains(hour.text + "\n"))
    #expect(text.contains("  morning  "))
    #expect(!text.contains("\u{1B}"))
    let shown = try #require(text.split(separator: "\n").first { $0.hasPrefix("  records: ") })
    let id = try #require(shown.split(separator: " ").dropFirst().first)
    #expect(try await machine.ebb("show", String(id)).contains("Europe/Berlin"))
  }

  @Test func `only logs about a person, or since a day`() async throws {
    try await importLogs()
    let recent = try await machine.json("insights", "--since", "2026-03-01", as: Found.self)
    #expect(!recent.findings.contains { $0.question == "hour" })
    let unknown = try await machine.run(["insights", "--person", "Sam"])
    #expect(unknown.exitCode == 1)
    #expect(unknown.error.hasPrefix("Nobody in your journal is called “Sam”"))
    _ = try await machine.mood("6", "--person", "Sam")
    let sam = try await machine.ebb("insights", "--person", "@Sam")
    #expect(sam.contains("From 1 mood log and 0 steps done.\n"))
    let refused = try await machine.run(["insights", "--since", "foo"])
    #expect(refused.exitCode == 64)
    #expect(refused.error.hasPrefix("--since wants a day"))
  }

  /// One person's self-ratings over 238 days: see `KnownAnswerTests`.
  private static let ratings = ProjectFiles.sharedData + "/ema/esm-mood.jsonl"

  @Test(.enabled(if: FileManager.default.fileExists(atPath: ratings)))
  func `a known change of mood is found in ratings that were imported`() async throws {
    struct Rating: Decodable {
      var time: String
      var phase: Int
      var items: [String: Double?]
    }
    let logs = try String(contentsOfFile: Self.ratings, encoding: .utf8).split(separator: "\n")
      .compactMap { line -> String? in
        let rating = try JSONDecoder().decode(Rating.self, from: Data(line.utf8))
        guard let down = rating.items["mood_down"] ?? nil else { return nil }
        return #"{"kind":"mood","date":"\#(rating.time)","score":\#(4 - Int(down)),"#
          + #""tags":["phase\#(rating.phase)"]}"#
      }
    let path = machine.path + "/ratings.jsonl"
    try logs.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
    try await machine.ebb("import", path)
    struct Scored: Decodable { var score: Int }
    for (phase, mean) in zip(1...5, [3.93, 4.02, 3.94, 3.82, 3.65]) {
      let scores = try await machine.json("list", "--tag", "phase\(phase)", as: [Scored].self)
        .map(\.score)
      #expect(abs(Double(scores.reduce(0, +)) / Double(scores.count) - mean) < 0.005)
    }
    let levels = try await machine.json("insights", as: Found.self).findings
      .filter { $0.question == "mood-level" }
    #expect(levels.count == 1)
    #expect(levels.first?.text.contains("about 2012-12-19") == true)
  }

  @Test func `a week in review, as text, Markdown, JSON and an entry`() async throws {
    let text = "Sat by the river with @Sam until it was dark."
    let written = try await machine.write(text)
    _ = try await machine.mood("4", "torn", "--said", "I need space", "--meant", "hold me")
    let review = try await machine.json("review", as: Reviewed.self)
    #expect(review.written == Reviewed.Written(entries: 1, days: 1, words: 10, ids: [written]))
    #expect(review.quotes.map(\.id) == [written] && review.quotes.map(\.text) == [text])
    #expect(review.people == [Reviewed.Named(name: "Sam", count: 1)])
    #expect(
      review.question
        == "You said “I need space” and meant “hold me”. Who could hear the second sentence?")

    let page = try await machine.ebb("review")
    let day = try #require(review.quotes.first?.day)
    #expect(page.contains("\nIn your words\n  \(day): “\(text)”\n"))
    let markdown = try await machine.ebb("review", "--markdown")
    #expect(markdown.hasPrefix("# The week in review: "))
    #expect(markdown.contains("\n## In your words\n\n> \(day): \(text)\n"))

    #expect(try await machine.ebb("review", "--month", "--save").hasPrefix("Saved "))
    let kept = try await machine.json("list", "--limit", "1", as: [Entry].self)
    #expect(kept.first?.title?.hasPrefix("The month in review: ") == true)
    #expect(try await machine.json("review", as: Reviewed.self).written.entries == 1)
    #expect(kept.first?.people == [])
  }

  @Test func `a review that is saved already is not saved twice`() async throws {
    _ = try await machine.write("Sat by the river with @Sam until it was dark.")
    try await machine.ebb("review", "--save")
    let again = try await machine.run(["review", "--save"])
    #expect(again.exitCode == 0)
    #expect(again.error.hasPrefix("This review is saved already, as "))
    _ = try await machine.write("Home again, and tired.")
    let anew = try await machine.run(["review", "--save"])
    #expect(anew.error.hasPrefix("It was saved before, as "))
    #expect(try await machine.json("list", as: [Entry].self).count == 3)
  }

  @Test func `days that have not come yet are said to be ahead`() async throws {
    let page = try await machine.ebb("review", "9000-01")
    #expect(page.contains("\nThe days from 9000-01-01 to 9000-01-31 have not come yet.\n"))
  }

  @Test func `nobody's words make headings in a review, or reach a terminal raw`() async throws {
    try await machine.ebb("step", "plan", "Ask\n# Sam \u{1B}[2J", "--by", "today")
    _ = try await machine.mood("4", "--said", "fine\n## Fine", "--meant", "\u{1B}]0;stay\u{7}")
    let markdown = try await machine.ebb("review", "--markdown")
    #expect(markdown.contains("- planned: Ask # Sam ␛[2J, by "))
    #expect(markdown.contains("You said “fine ## Fine” and meant “␛]0;stay␇”."))
    #expect(!markdown.contains("\u{1B}") && !markdown.contains("\n## Fine"))
  }

  @Test(
    arguments: [
      ["review", "--week", "--year"], ["review", "--json", "--markdown"], ["review", "soon"],
      ["review", "--month", "last week"], ["insights", "Sam"],
    ])
  func `what does not fit is refused`(arguments: [String]) async throws {
    let ended = try await machine.run(arguments)
    #expect(ended.exitCode == 64)
    #expect(ended.output == "")
  }

  @Test func `an earlier week, month or year, and days until one that is named`() async throws {
    let lines = (1...9).map { #"{"date":"2024-0\#($0)-15","text":"Month \#($0)."}"# }
    let path = machine.path + "/x.jsonl"
    try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
    try await machine.ebb("import", path)
    for month in 1...9 { _ = try await machine.mood("\(month)", "--date", "2024-0\(month)-15") }
    let year = try await machine.ebb("review", "2024")
    #expect(year.hasPrefix("The year in review: 2024-01-01 to 2024-12-31\n"))
    #expect(year.contains("  month by month ▁▁▂▃▄▅▆▇█, from 2024-01: 1, 2, 3, 4, 5, 6, 7, 8, 9\n"))
    for (words, entries) in [
      (["2024-03"], 1), (["2024-W11"], 1), (["2024-03-14"], 0), (["2024-03-18"], 1),
      (["--month", "2024-04-01"], 1), (["--year", "2024-09-30"], 9), (["march", "2024"], 1),
    ] {
      let ended = try await machine.run(["review", "--json"] + words)
      let review = try JSONDecoder().decode(Reviewed.self, from: Data(ended.output.utf8))
      #expect(review.written.entries == entries, "\(words)")
    }
  }

  @Test func `there is no review to keep of days without a word`() async throws {
    let ended = try await machine.run(["review", "--save"])
    #expect(ended.exitCode == 1)
    #expect(ended.error == "Nothing was written in these days, so there is no review to keep.\n")
  }

  /// Twelve weeks from 2026-01-05 on with a low mood every morning and a better one every evening.
  private func importLogs() async throws {
    var logs: [[String: Any]] = []
    for day in 0..<84 {
      let date = Date(timeIntervalSince1970: 1_767_571_200 + Double(day) * 86_400)
      let text = date.formatted(.iso8601.year().month().day())
      for (time, score) in [("08:00:00", 3 + day % 2), ("19:00:00", 6 + day * 7 % 3)] {
        logs.append([
          "id": String(format: "%016x%016x", day, score), "kind": "mood",
          "date": "\(text)T\(time)+01:00", "timeZone": "Europe/Berlin", "score": score,
        ])
      }
    }
    let path = machine.path + "/logs.json"
    try JSONSerialization.data(withJSONObject: logs).write(to: URL(fileURLWithPath: path))
    _ = try await machine.run(["import", path, "--format", "ebb"])
  }
}

private struct Found: Decodable, Equatable {
  var findings: [Finding]
  var missing: [Missing]

  struct Finding: Decodable, Equatable {
    var question: String
    var text: String
    var n: Int
    var interval: [Double]
    var ids: [String]
  }

  struct Missing: Decodable, Equatable {
    var question: String
    var needs: String
  }
}

private struct Reviewed: Decodable {
  var written: Written
  var people: [Named]
  var quotes: [Quote]
  var question: String

  struct Written: Decodable, Equatable {
    var entries: Int
    var days: Int
    var words: Int
    var ids: [String]
  }

  struct Named: Decodable, Equatable {
    var name: String
    var count: Int
  }

  struct Quote: Decodable, Equatable {
    var id: String
    var day: String
    var text: String
  }
}
