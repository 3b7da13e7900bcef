import JournalModel
import JournalStore
import TestSupport
import Testing

struct SearchTokenTests {
  /// Each token as one word: `-` excluded, `name:` filters.
  private func told(_ arguments: [String]) -> [String] {
    SearchToken.tokens(of: arguments).map { token in
      token.isOr
        ? "OR"
        : (token.isNegated ? "-" : "") + (token.filter.map { $0.rawValue + ":" } ?? "")
          + (token.unknownFilter.map { "?\($0):" } ?? "") + "<\(token.value)>"
    }
  }

  @Test(
    arguments: [
      (["river", "lake"], ["<river>", "<lake>"]), (["by the river"], ["<by the river>"]),
      (["\"by the\" river"], ["<by the>", "<river>"]), (["run* home"], ["<run*>", "<home>"]),
      (["\"by the riv\"*"], ["<by the riv*>"]), (["\"not closed"], ["<not closed>"]),
      (["tag:river"], ["tag:<river>"]), (["tag:\"two words\""], ["tag:<two words>"]),
      (["tag:two words"], ["tag:<two words>"]), (["tag:x mood:1-3"], ["tag:<x>", "mood:<1-3>"]),
      (["tag:x", "river"], ["tag:<x>", "<river>"]), (["-river"], ["-<river>"]),
      (["-tag:x"], ["-tag:<x>"]), (["-\"by the\""], ["-<by the>"]),
      (["-tag:\"two words\""], ["-tag:<two words>"]), (["river -lake"], ["<river>", "-<lake>"]),
      (["a", "OR", "b"], ["<a>", "OR", "<b>"]), (["a OR b"], ["<a>", "OR", "<b>"]),
      (["a or b"], ["<a or b>"]), (["-OR"], ["-<OR>"]), (["mood:<4"], ["mood:<<4>"]),
      (["mood:>= 4"], ["mood:<>= 4>"]), (["before:last monday"], ["before:<last monday>"]),
      (["foo:bar"], ["?foo:<bar>"]), (["tag:"], ["tag:<>"]), (["Tag:x"], ["?Tag:<x>"]),
      (["tagg:\"two words\""], ["?tagg:<two words>"]), (["tagg:two words"], ["?tagg:<two words>"]),
      (["-tagg:x"], ["-?tagg:<x>"]), (["as foo:bar says"], ["<as foo:bar says>"]),
      (["12:30"], ["<12:30>"]), (["x:D"], ["<x:D>"]), (["Freund:innen"], ["<Freund:innen>"]),
      (["std::sort"], ["<std::sort>"]), (["note:"], ["<note:>"]), (["\"foo:bar\""], ["<foo:bar>"]),
      (["tag: river"], ["<tag: river>"]), (["- went home"], ["<- went home>"]),
      (["--x"], ["<--x>"]), (["-"], ["<->"]), ([""], []),
      (["https://x.example"], ["<https://x.example>"]),
    ] as [([String], [String])])
  func `arguments are words, phrases and filters`(arguments: [String], expected: [String]) {
    #expect(told(arguments) == expected)
  }

  @Test(arguments: [
    ["river"], ["by the river"], ["tag:two words"], ["-tag:x", "OR", "-y"], ["\"OR\""], ["\"-x\""],
    ["\"tag:x\""], ["run*", "\"by the riv*\""], ["mood:<4"], ["foo:bar"], ["\"foo:bar\""], ["--x"],
    ["-tagg:two words"], ["tagg:\"/x\""], ["tagg:\":\""], ["a\"b\"c"],
    // A mark does not make another sign of the one before it.
    ["\"-\u{5B6}\""], ["tagg:\"/\u{301}\""],
  ])
  func `tokens as text are the same tokens`(arguments: [String]) {
    let tokens = SearchToken.tokens(of: arguments)
    let line = tokens.map(\.text).joined(separator: " ")
    #expect(SearchToken.tokens(ofLine: line) == tokens)
  }

  @Test(arguments: SeededGenerator.seeds)
  func `whatever is typed is read, and read again from its text`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let parts = [
      "a", "tag:", "is:", "-", "\"", "*", " ", "OR", ":", "<", "é", "日", "mood:1", "\u{301}",
      "foo:", "/", "Tag:",
    ]
    for _ in 0..<200 {
      let argument = (0..<Int.random(in: 0...8, using: &generator)).compactMap { _ in
        parts.randomElement(using: &generator)
      }.joined()
      let tokens = SearchToken.tokens(of: [argument])
      let line = tokens.map(\.text).joined(separator: " ")
      #expect(SearchToken.tokens(ofLine: line) == tokens, "\(argument) | \(line)")
    }
  }

  @Test(arguments: [
    ["mood:11"], ["mood:0"], ["mood:great"], ["mood:<"], ["mood:1-2-3"], ["mood:-4"], ["urge:11"],
    ["before:soon"], ["on:2026-02-30"], ["kind:dream"], ["is:lost"], ["pull:up"], ["saved:x"],
    ["tag:"], ["-is:"], ["tag:\"\""],
    ["closeness:999999999999999999999"], ["tagg:x"], ["river", "-tagg:x"], ["Tag:x"],
  ])
  func `a filter that nothing can meet is told`(arguments: [String]) {
    #expect(throws: (any Error).self) { try SearchQuery(SearchToken.tokens(of: arguments)) }
  }
}

struct SearchMarksTests {
  @Test(
    arguments: [
      (["river"], "By the River, by the RIVER.", ["River", "RIVER"]),
      (["by the"], "By, the; by tha by the", ["By, the", "by the"]),
      (["run*"], "I ran, running to run.", ["running", "run"]),
      (["\"was run*\""], "it was running", ["was running"]),
      (["cafe"], "Das Café", ["Café"]), (["münchen"], "in MUNCHEN", ["MUNCHEN"]),
      (["あけ"], "春はあけぼの", ["あけ"]), (["river", "lake"], "lake, river", ["lake", "river"]),
      (["-lake", "tag:x"], "a lake x", []), (["soft"], "so\u{AD}ft", ["so\u{AD}ft"]),
      (["a b", "b c"], "a b c", ["a b c"]), (["cafe"], "cafe\u{301}!", ["cafe\u{301}"]),
    ] as [([String], String, [String])])
  func `what was found is marked`(words: [String], text: String, marked: [String]) throws {
    let marks = try SearchQuery(SearchToken.tokens(of: words)).marks
    #expect(marks.ranges(in: text).map { String(text[$0]) } == marked)
  }
}

extension SearchQuery {
  /// As of 21 November 2026.
  init(_ tokens: [SearchToken]) throws {
    try self.init(tokens) {
      try CivilDay.typedRange($0, now: 1_795_250_000_000, zones: .utc)
    }
  }
}
