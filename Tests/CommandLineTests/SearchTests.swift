import Foundation
import TestSupport
import Testing

/// What `ebb search` shows, the searches that have names, and queries elsewhere.
struct SearchCommandTests {
  private let machine: Machine

  init() throws { machine = try Machine() }

  @Test func `a hit is shown in its line, marked, in whatever field it is`() async throws {
    let filler = String(repeating: "and on it went ", count: 12)
    let deep = try await machine.write(
      filler + "to the river.", "--title", "Far", "--date", "2026-11-21 10:00")
    let mood = try await machine.mood(
      "4", "--note", "nothing", "--meant", "stay by the River", "--date", "2026-11-20 10:00")
    #expect(
      try await machine.ebb("search", "river") == """
        \(deep.prefix(6))  2026-11-21 10:00  Far: …it went and on it went to the [river].
        \(mood.prefix(6))  2026-11-20 10:00  mood 4 · meant: stay by the [River]

        """)
    let narrow = try await machine.onTerminal(columns: 60, ["search", "river"])
    #expect(
      narrow.output == """
        \(deep.prefix(6))  2026-11-21 10:00  Far: …to the [river].
        \(mood.prefix(6))  2026-11-20 10:00  mood 4 · meant: …the [River]

        """)
    let styled = try await machine.onTerminal(
      columns: 60, ["search", "river", "--kind", "entry"], environment: ["NO_COLOR": ""])
    #expect(styled.output.hasSuffix("Far: …to the \u{1B}[1;4mriver\u{1B}[0m.\n"))
    #expect(try await machine.ebb("list").contains("[") == false)
  }

  @Test func `a search is kept, used in every query, listed and forgotten`() async throws {
    let river = try await machine.write("By the river.", "--tag", "two words")
    _ = try await machine.write("At the lake.")
    #expect(
      try await machine.ebb("search", "--save", "water", "river", "OR", "lake") == """
        Saved water: river OR lake
        saved:water stands for it in every query.

        """)
    try await machine.ebb("search", "--save", "both", "saved:water", "tag:two words", "-\"a b\"")
    #expect(
      try await machine.json("search", "--saved", as: [Saved].self) == [
        Saved(name: "both", query: "saved:water tag:\"two words\" -\"a b\""),
        Saved(name: "water", query: "river OR lake"),
      ])
    #expect(try await machine.json("list", "saved:water", as: [Entry].self).count == 2)
    #expect(try await machine.json("search", "saved:both", as: [Entry].self).map(\.id) == [river])
    let replacing = try await machine.run(["search", "--save", "water", "sea"])
    #expect(replacing.error == "It takes the place of what water was before: river OR lake\n")
    #expect(try await machine.run(["search", "--save", "water", "sea"]).error == "")
    try await machine.ebb("search", "--forget", "water")
    let ended = try await machine.run(["search", "saved:both"])
    #expect(ended.exitCode == 1)
    #expect(ended.error.hasPrefix("There is no saved search “water”"))
  }

  @Test func `comments and order of the file stay while searches change`() async throws {
    try await machine.ebb("search", "--save", "x", "y")
    let file = machine.home + "/searches.toml"
    try "# mine\nb = \"one\" # often\n\na = \"two\"".write(
      toFile: file, atomically: true, encoding: .utf8)
    try await machine.ebb("search", "--save", "c", "say \"a b\"")
    #expect(try await machine.run(["search", "--save", "b", "three"]).exitCode == 0)
    #expect(
      try String(contentsOfFile: file, encoding: .utf8)
        == "# mine\nb = \"three\" # often\n\na = \"two\"\nc = \"say \\\"a b\\\"\"\n")
    try await machine.ebb("search", "--forget", "a")
    #expect(
      try String(contentsOfFile: file, encoding: .utf8)
        == "# mine\nb = \"three\" # often\n\nc = \"say \\\"a b\\\"\"\n")
  }

  @Test func `searches that are kept at the same time are all kept`() async throws {
    let names = (0..<12).map { "s\($0)" }
    try await withThrowingTaskGroup(of: Int32.self) { group in
      for name in names {
        group.addTask { [machine] in
          try await machine.run(["search", "--save", name, "river"]).exitCode
        }
      }
      for try await code in group { #expect(code == 0) }
    }
    #expect(
      try await machine.json("search", "--saved", as: [Saved].self).map(\.name) == names.sorted())
  }

  @Test func `a random record is of the kind that the query asks for`() async throws {
    let entry = try await machine.write("By the river.")
    let mood = try await machine.mood("2", "--note", "low")
    try await machine.ebb("search", "--save", "lows", "mood:1-3")
    for words in [["mood:1-3"], ["saved:lows"], ["kind:mood"], ["-kind:entry"]] {
      let ended = try await machine.run(["random", "--json"] + words)
      #expect(ended.exitCode == 0)
      #expect(ended.output.contains(mood))
    }
    for words in [[], ["river"], ["-mood:1-3"]] {
      #expect(try await machine.run(["random", "--json"] + words).output.contains(entry))
    }
  }

  @Test(arguments: [
    (["list", "--tag", "rivr"], " There is no tag “rivr”; did you mean River?"),
    (["list", "--trash", "--tag", "rivr"], " There is no tag “rivr”; did you mean River?"),
    (["list", "--person", "Sma"], " There is nobody called “Sma”; did you mean Sam?"),
    (["list", "--journal", "trip"], " There is no journal “trip”; `ebb journals` lists them."),
    (["search", "tag:rivr", "-tag:lake"], " There is no tag “rivr”; did you mean River?"),
    (
      ["search", "person:Zoe", "OR", "journal:wrok"],
      " There is nobody called “Zoe”; `ebb people` lists them. There is no journal “wrok”; did you "
        + "mean work?"
    ),
    (["list", "--tag", "river", "--starred"], ""), (["search", "lake"], ""),
  ])
  func `a name that there is none of is named where nothing is found`(
    arguments: [String], told: String
  ) async throws {
    _ = try await machine.write("one", "--tag", "River", "--person", "Sam", "--journal", "work")
    let shown = try await machine.onTerminal(columns: 200, arguments)
    #expect(shown == Ended(exitCode: 0, output: "Nothing found.\(told)\n", error: ""))
    let piped = try await machine.run(arguments)
    #expect(piped == Ended(exitCode: 0, output: "", error: ""))
    let json = try await machine.run(arguments + ["--json"])
    #expect(json == Ended(exitCode: 0, output: "[]\n", error: ""))
  }

  @Test func `a search that is refused makes no folder`() async throws {
    #expect(try await machine.run(["search", "--forget", "x"]).exitCode == 1)
    #expect(try await machine.run(["search", "--save", "x", "mood:11"]).exitCode == 64)
    #expect(!FileManager.default.fileExists(atPath: machine.home))
  }

  private struct Saved: Decodable, Equatable {
    let name: String
    let query: String
  }

  @Test(arguments: [
    (["--save", "a b", "x"], "The name of a search"), (["--save", "x"], "nothing to search for"),
    (["--save", "x", "saved:x"], "would contain itself"),
    (["--save", "x", "mood:11"], "mood: wants a number"),
    (["--save", "x", "y", "--tag", "t"], "is a query alone"), (["--saved", "x"], "saved:NAME"),
    (["-saved:two"], "stands for several conditions"),
    (["saved:two", "OR", "x"], "stands for several conditions"),
    (["-n", "5"], "has no option -n"),
    (["tagg:x"], "“tagg” is no filter; did you mean tag:? To search for the words, put"),
  ])
  func `what cannot be is said, and changes nothing`(
    arguments: [String], sentence: String
  ) async throws {
    try await machine.ebb("search", "--save", "two", "one", "two")
    let ended = try await machine.run(["search"] + arguments)
    #expect(ended.exitCode == 64)
    #expect(ended.error.contains(sentence), Comment(rawValue: ended.error))
    #expect(try await machine.ebb("search", "--saved") == "two  one two\n")
  }

  @Test func `a mistake in the file of searches is named by its line`() async throws {
    try await machine.ebb("search", "--save", "x", "y")
    try "a = \"b\"\nb = \n".write(
      toFile: machine.home + "/searches.toml", atomically: true, encoding: .utf8)
    let ended = try await machine.run(["list", "saved:a"])
    #expect(ended.exitCode == 65)
    #expect(ended.error.hasPrefix("Line 2 of \(machine.home)/searches.toml"))
    _ = try await machine.ebb("list", "a")
  }
}

struct DeletingByQueryTests {
  private let machine: Machine

  init() throws { machine = try Machine() }

  @Test func `on a terminal it shows what it will put into the trash, and asks`() async throws {
    let old = try await machine.write("Old scratch.", "--date", "2019-05-01", "--tag", "x")
    _ = try await machine.write("New.", "--tag", "x")
    let shown = """
      \(old.prefix(6))  2019-05-01        Old [scratch]. #x
      Put this record into the trash? (yes/no)\u{20}
      """
    let arguments = ["delete", "scratch", "--to", "2020"]
    let declined = try await machine.onTerminal(
      arguments, typing: [.init(after: "(yes/no) ", text: "no\n")])
    #expect(declined.output == shown + "Nothing was deleted.\n")
    #expect(declined.exitCode == 1)
    #expect(try await machine.json("list", as: [Entry].self).count == 2)
    let agreed = try await machine.onTerminal(
      arguments, typing: [.init(after: "(yes/no) ", text: "yes\n")])
    let deleted = "Deleted \(old.prefix(6))  2019-05-01        Old scratch. #x\n"
    #expect(agreed.output.hasPrefix(shown + deleted))
    #expect(agreed.output.contains("ebb undelete"))
    #expect(try await machine.json("list", "--trash", as: [Entry].self).map(\.id) == [old])
  }

  @Test func `without a terminal it wants --yes, and then takes all that is found`() async throws {
    for number in 0..<21 { _ = try await machine.write("\(number)", "--tag", "x") }
    let kept = try await machine.write("kept")
    let refused = try await machine.run(["delete", "tag:x"])
    #expect(refused.exitCode == 64)
    #expect(refused.error.contains("--yes"))
    #expect(try await machine.ebb("delete", "tag:x", "--yes").split(separator: "\n").count == 21)
    #expect(try await machine.json("list", as: [Entry].self).map(\.id) == [kept])
    let nothing = try await machine.run(["delete", "tag:x", "--yes"])
    #expect(nothing.exitCode == 1)
    #expect(nothing.error == "Nothing found, so nothing was deleted.\n")
    let unknown = try await machine.run(["delete", "tag:xy", "--yes"])
    #expect(unknown.exitCode == 1)
    #expect(
      unknown.error
        == "Nothing found, so nothing was deleted. There is no tag “xy”; `ebb tags` lists them.\n")
  }

  @Test func `words alone are ids`() async throws {
    _ = try await machine.write("cafe cafe")
    let ended = try await machine.run(["delete", "zcafe", "--yes"])
    #expect(ended.exitCode == 1)
    #expect(ended.error.contains("is not an id"))
  }
}
