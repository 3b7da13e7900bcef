import JournalCommands
import Testing

/// What a person wrote is never taken for a flag.
struct SortedArgumentsTests {
  private let write = ArgumentShape(
    words: .text, flags: ["--star", "--json", "--standard-input"],
    values: ["--title", "--date"],
    repeated: ["--tag"])
  private let list = ArgumentShape(flags: ["--json"], values: ["--limit"])

  @Test(
    arguments: [
      (["- went home"], [], ["- went home"]),
      (["--star gazing", "is", "quiet"], [], ["--star gazing", "is", "quiet"]),
      (["-5", "degrees"], [], ["-5", "degrees"]),
      (["-v"], [], ["-v"]),
      (["---"], [], ["---"]),
      (["–", "—word"], [], ["–", "—word"]),
      (["--", "--star", "--help", "-h"], [], ["--star", "--help", "-h"]),
      (["a", "--star", "b"], ["--star"], ["a", "b"]),
      (["a", "--", "--", "b"], [], ["a", "--", "b"]),
      (["--title", "- a list", "x"], ["--title=- a list"], ["x"]),
      (["--title", "-5", "x"], ["--title=-5"], ["x"]),
      (["--title", "--json is a format", "x"], ["--title=--json is a format"], ["x"]),
      (["--title=My day", "x"], ["--title=My day"], ["x"]),
      (["--title=--star", "x"], ["--title=--star"], ["x"]),
      (["--title=", "x"], ["--title", ""], ["x"]),
      (["--title=a=b"], ["--title=a=b"], []),
      (["--tag", "a", "--tag", "b"], ["--tag=a", "--tag=b"], []),
      (["--unknown word with spaces"], [], ["--unknown word with spaces"]),
      (["--unknown\u{A0}word"], [], ["--unknown\u{A0}word"]),
      (["", "x"], [], ["", "x"]),
      (["-"], ["--standard-input"], []), (["--", "-"], [], ["-"]),
      (["a", "-", "b"], [], ["a", "-", "b"]),
    ] as [([String], [String], [String])])
  func `options are told from text`(
    arguments: [String], options: [String], text: [String]
  ) throws {
    #expect(
      try SortedArguments(arguments, command: "write", shape: write)
        == .command(options: options, text: text))
  }

  @Test(
    arguments: [
      (["--stra", "x"], "--star"), (["--Title", "x"], "--title"), (["--tags=x"], "--tag"),
      (["--qwertz", "x"], nil),
    ] as [([String], String?)])
  func `an unknown option is an error that names the nearest`(
    arguments: [String], nearest: String?
  ) throws {
    let failure = try #require(throws: Failure.self) {
      try SortedArguments(arguments, command: "write", shape: write)
    }
    #expect(failure.status == .usage)
    if let nearest {
      #expect(failure.message.contains("did you mean \(nearest)?"))
    } else {
      #expect(!failure.message.contains("did you mean"))
    }
  }

  @Test(arguments: [
    ["--title"], ["--title", "--star"], ["--title", "--", "x"], ["--title", "--other"],
    ["--title", "a", "--title", "b"], ["--star=yes"], ["x", "--help"], ["-h", "x"],
    ["--tag", "a", "--help"],
  ])
  func `what could lose text is an error`(arguments: [String]) throws {
    let failure = try #require(throws: Failure.self) {
      try SortedArguments(arguments, command: "write", shape: write)
    }
    #expect(failure.status == .usage)
  }

  @Test(arguments: [["-h"], ["--help"]])
  func `help asked for alone is help`(arguments: [String]) throws {
    #expect(try SortedArguments(arguments, command: "write", shape: write) == .help)
  }

  @Test func `where there is no text to lose, help is help anywhere`() throws {
    #expect(
      try SortedArguments(["--limit", "3", "--help"], command: "list", shape: list) == .help)
  }

  @Test func `a single dash is an unknown option for commands without text`() throws {
    let failure = try #require(throws: Failure.self) {
      try SortedArguments(["-n"], command: "list", shape: list)
    }
    #expect(failure.status == .usage)
  }

  /// Other programs have them as options, and would be misread in silence.
  @Test func `a single letter or digit excludes behind a bare --`() throws {
    let search = ArgumentShape(words: .query)
    for word in ["-5", "-a"] {
      #expect(throws: Failure.self) {
        try SortedArguments(["day", word], command: "search", shape: search)
      }
      #expect(
        try SortedArguments(["day", "--", word], command: "search", shape: search)
          == .command(options: [], text: ["day", word]))
    }
  }

  @Test(arguments: [["river"], ["--limit", "3", "-"], ["--", "--json"]])
  func `a command without words refuses them`(arguments: [String]) throws {
    let failure = try #require(throws: Failure.self) {
      try SortedArguments(arguments, command: "list", shape: list)
    }
    #expect(failure.status == .usage)
  }

  @Test func `the parser gets nothing left to guess`() throws {
    let sorted = try SortedArguments(
      ["-5", "degrees", "--title", "-x", "--star"], command: "write", shape: write)
    #expect(sorted.forParser == ["--title=-x", "--star", "--", "-5", "degrees"])
  }
}
