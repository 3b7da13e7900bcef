import Foundation
import TestSupport
import Testing

/// Whole screens, at 60 and at 120 columns, as they lie in `Tests/Screens`.
///
/// `EBB_WRITE_SCREENS=1 swift test --filter ScreenTests` writes them anew: read the difference.
struct ScreenTests {
  private static let folder = ProjectFiles.root + "/Tests/Screens"

  /// By the name of their file.
  private static let commands: [(name: String, arguments: [String])] = [
    ("list", ["list"]), ("list-moods", ["list", "--kind", "mood", "--reverse"]),
    ("list-styled", ["list", "river", "--color", "always"]), ("search", ["search", "river"]),
    ("show-entry", ["show", "a1"]), ("show-entry-styled", ["show", "a1", "--color", "always"]),
    ("show-raw", ["show", "a1", "--raw"]), ("show-mood", ["show", "b1"]),
    ("show-step", ["show", "c1"]), ("show-ugly", ["show", "a5"]), ("tags", ["tags"]),
    ("journals", ["journals"]), ("calendar-month", ["calendar", "2024-02"]),
    ("calendar-year", ["calendar", "2024"]), ("calendar-mood", ["calendar", "2024-02", "--mood"]),
    ("calendar-table", ["calendar", "2024", "--table"]), ("stats", ["stats"]),
    ("on-this-day", ["on-this-day", "2025-02-28"]),
    ("on-leap-day", ["on-this-day", "2024-02-29"]),
  ]

  @Test(arguments: [60, 120])
  func `screens are as they were`(columns: Int) async throws {
    let machine = try Machine()
    try await machine.ebb("import", Self.folder + "/journal.json", "--format", "ebb")
    for (name, arguments) in Self.commands {
      let ended = try await machine.onTerminal(columns: columns, rows: 200, arguments)
      #expect(ended.exitCode == 0)
      let path = "\(Self.folder)/\(columns)/\(name).txt"
      if ProcessInfo.processInfo.environment["EBB_WRITE_SCREENS"] != nil {
        try ended.output.write(toFile: path, atomically: true, encoding: .utf8)
      }
      let screen = try String(contentsOfFile: path, encoding: .utf8)
      #expect(ended.output == screen, "ebb \(arguments.joined(separator: " ")), \(path)")
    }
  }

  /// Today is never the same twice.
  @Test func `today shows what is of today, what came before, and the week's mood in words`()
    async throws
  {
    let machine = try Machine()
    try await machine.ebb("import", Self.folder + "/journal.json", "--format", "ebb")
    let id = try await machine.write("Now.")
    let mood = try await machine.mood("7")
    try await machine.ebb("mood", "4", "--date", "2 days ago")
    let ended = try await machine.onTerminal(columns: 60, ["today"])
    #expect(try await machine.onTerminal(columns: 60, []) == ended)
    let sections = ended.output.components(separatedBy: "\n\n")
    try #require(sections.count == 5)
    #expect(sections[1].hasPrefix(mood.prefix(6)) && sections[1].contains("\n\(id.prefix(6))"))
    #expect(sections[2].hasPrefix("Before today:\na50000  2024-12-31 12:00  The end ␛[31mof"))
    #expect(sections[2].split(separator: "\n").count == 4)
    let week = try #require(sections[3].wholeMatch(of: /Mood, seven days  ····▃·▆  (.*)/))
    #expect(week.1.wholeMatch(of: /[A-Z][a-z]{2} 4, [A-Z][a-z]{2} 7/) != nil)
    #expect(sections[4] == "6 entries, 5 mood logs, 1 step\n")
  }

  @Test func `some record of those asked for is shown, or none there is`() async throws {
    let machine = try Machine()
    try await machine.ebb("import", Self.folder + "/journal.json", "--format", "ebb")
    var seen: Set<String> = []
    for _ in 0..<4 { seen.insert(try await machine.json("random", as: Entry.self).kind) }
    #expect(seen == ["entry"])
    let work = try await machine.json("random", "journal:work", as: Entry.self)
    #expect(work.id.hasPrefix("a3"))
    #expect(try await machine.ebb("random", "kind:mood", "mood:4").hasPrefix("mood b10000\n"))
    #expect(try await machine.run(["random", "nothing-like-it"]).exitCode == 1)
  }

  @Test func `numbers are there for scripts`() async throws {
    let machine = try Machine()
    try await machine.ebb("import", Self.folder + "/journal.json", "--format", "ebb")
    let days = try await machine.json("calendar", "2024-02", as: [Day].self)
    #expect(days.map(\.day) == ["2024-02-27", "2024-02-28", "2024-02-29"])
    #expect(days.map(\.scores) == [[4], [9, 6], []] || days.map(\.scores) == [[4], [6, 9], []])
    let stats = try await machine.json("stats", as: Numbers.self)
    #expect(stats.records == ["entry": 5, "mood": 3, "step": 1])
    #expect(stats.longestRun == .init(days: 3, from: "2024-02-27", to: "2024-02-29"))
    #expect(stats.presentRun == nil)
    #expect(try await machine.json("stats", "journal:work", as: Numbers.self).days == 1)
  }

  private struct Day: Decodable {
    let day: String
    let scores: [Int]
  }

  private struct Numbers: Decodable {
    let records: [String: Int]
    let days: Int
    let longestRun: Run?
    let presentRun: Run?

    struct Run: Decodable, Equatable {
      let days: Int
      let from: String
      let to: String
    }
  }
}
