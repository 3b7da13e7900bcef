import Foundation
import TestSupport
import Testing

struct PeopleTests {
  private struct Person: Decodable, Equatable {
    var name: String
    var records: Int
    var last: String?
    var weeks: [Week]?
    var openSteps: [String]?

    struct Week: Decodable, Equatable {
      var week: String
      var closeness: [Int]
      var pulls: [String]
    }
  }

  private func journal() async throws -> Machine {
    let machine = try Machine()
    try await machine.ebb("mood", "--closeness", "8", "--pull", "away", "--person", "Sam")
    try await machine.ebb(
      "mood", "--closeness", "2", "--pull", "torn", "--person", "Sam", "--date", "14 days ago")
    try await machine.ebb("mood", "--urge", "2", "--person", "Sam", "--date", "300 days ago")
    try await machine.ebb("step", "plan", "Call", "--person", "Sam", "--rung", "1", "--by", "2099")
    try await machine.ebb("write", "Met @Mara and @Sam.", "--date", "2026-01-01")
    return machine
  }

  @Test func `people are told in drawings, and in words beside them`() async throws {
    let machine = try await journal()
    let people = try await machine.json("people", as: [Person].self)
    #expect(people.map(\.name) == ["Mara", "Sam"])
    #expect(people.map(\.records) == [1, 5])
    #expect(people.first?.last == "2026-01-01")
    #expect(people.last?.weeks?.count == 12)
    #expect(people.last?.weeks?.last?.closeness == [8])
    #expect(people.last?.weeks?.flatMap(\.pulls) == ["torn", "away"])
    #expect(people.last?.openSteps?.count == 1)
    let shown = try await machine.ebb("people")
    let heads =
      #/Mara  1 record, last 2026-01-01, [0-9,]+ days ago\nSam  5 records, last .*, today\n/#
    #expect(shown.contains(heads))
    #expect(shown.contains("  closeness  ·········▂·▇  2 to 8 of 10 in 2 logs, lately 8\n"))
    #expect(shown.contains("  pull       ·········↔·←  1 away and 1 torn\n"))
    let page = try await machine.ebb("people", "@Sam")
    let weeks =
      #/Week by week\n  week of [-0-9]+  closeness 2, 1 torn\n  week of [-0-9]+  closeness 8, 1 away\n/#
    #expect(page.contains(weeks))
    #expect(page.contains("Planned\n") && page.contains("step 1 · Call"))
    #expect(page.contains("  1 ○ a small preference      1 planned\n"))
    #expect(page.contains("Written last\n"))
    // However the name is typed.
    for typed in ["sam", "@SAM", "sám"] {
      #expect(try await machine.ebb("people", typed) == page)
      #expect(try await machine.json("list", "--person", typed, as: [Named].self).count == 5)
      #expect(try await machine.json("search", "person:\(typed)", as: [Named].self).count == 5)
    }
    let unknown = try await machine.run(["people", "Sm"])
    #expect(unknown.exitCode == 1 && unknown.error.contains("Did you mean Sam?"))
    // A plain journal knows people, and no more.
    try await machine.ebb("config", "set", "practice.enabled", "false")
    let plain = try await machine.ebb("people")
    #expect(plain.contains(heads))
    #expect(!plain.contains("closeness") && !plain.contains("planned"))
  }

  @Test func `lately is what was logged last, also within a week`() async throws {
    let machine = try Machine()
    for (closeness, date) in [("9", "now"), ("1", "1 minute ago")] {
      try await machine.ebb("mood", "--closeness", closeness, "--person", "Sam", "--date", date)
    }
    #expect(try await machine.ebb("people").contains("1 to 9 of 10 in 2 logs, lately 9\n"))
  }

  @Test func `what turns a name back can be pasted into a shell`() async throws {
    let machine = try Machine()
    let name = "$(touch pasted) `id` \"it's\""
    try await machine.ebb("write", "x", "--tag", name)
    let renamed = try await machine.run(["tags", "rename", name, "plain"])
    let quoted = "'" + name.replacingOccurrences(of: "'", with: "'\\''") + "'"
    #expect(renamed.error == "`ebb tags rename plain \(quoted)` turns it back.\n")
  }

  @Test func `somebody gets another name everywhere, and back`() async throws {
    let machine = try await journal()
    let trashed = try await machine.write("with @Sam too")
    try await machine.ebb("delete", trashed)
    let before = try await machine.json("list", as: [Named].self)
    let renamed = try await machine.run(["people", "rename", "Sam", "Samuel"])
    #expect(renamed.exitCode == 0)
    #expect(renamed.output == "Sam is Samuel now, in 5 records.\n")
    #expect(renamed.error == "`ebb people rename Samuel Sam` turns it back.\n")
    #expect(try await machine.json("people", as: [Person].self).map(\.name) == ["Mara", "Samuel"])
    #expect(try await machine.ebb("list").contains("Met @Mara and @Samuel."))
    let back = try await machine.ebb("people", "rename", "Samuel", "Sam", "--json")
    #expect(back.hasPrefix(#"{"from":"Samuel","to":"Sam","ids":[""#))
    #expect(try await machine.json("list", as: [Named].self) == before)
    #expect(try await machine.ebb("list", "--trash").contains("with @Sam too"))
  }

  @Test func `two names become one only when that is wanted`() async throws {
    let machine = try await journal()
    let digest = try await machine.digest()
    for (arguments, status) in [
      (["Sam", "Mara"], 64), (["Sam"], 64), (["Sam", "Sam"], 64), (["Zoe", "Sam"], 1),
      (["Sam", "a\nb"], 64), (["Sam", "Mara", "Zoe"], 64),
    ] as [([String], Int32)] {
      #expect(try await machine.run(["people", "rename"] + arguments).exitCode == status)
    }
    #expect(try await machine.digest() == digest)
    #expect(try await machine.run(["people", "rename", "Sam", "Mara", "--yes"]).exitCode == 0)
    #expect(try await machine.json("people", as: [Person].self).map(\.records) == [5])
    #expect(try await machine.ebb("list").contains("Met @Mara and @Mara."))
  }

  private struct Named: Decodable, Equatable {
    var id: String
    var text: String?
    var people: [String]
  }
}
