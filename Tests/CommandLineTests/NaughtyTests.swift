import Foundation
import TestSupport
import Testing

/// Whatever somebody writes comes back byte for byte, and does a terminal no harm.
struct NaughtyTests {
  @Test func `naughty strings survive as piped text and as an argument`() async throws {
    let machine = try Machine()
    var expected: [String] = []
    for text in try NaughtyStrings.all().enumerated().filter({ $0.offset % 4 == 0 }).map(\.element)
    {
      let piped: Entry = try await machine.json("write", input: text)
      #expect(Array(piped.text.utf8) == Array(text.utf8))
      let argument: Entry = try await machine.json("write", "--", text)
      #expect(Array(argument.text.utf8) == Array(text.utf8))
      expected += [text, text]
    }
    let listed: [Entry] = try await machine.json("list", "--reverse")
    #expect(Set(listed.map { Array($0.text.utf8) }) == Set(expected.map { Array($0.utf8) }))
    #expect(listed.count == expected.count)
    try await expectHarmless(machine)
  }

  @Test func `NUL survives as piped text`() async throws {
    let machine = try Machine()
    let entry: Entry = try await machine.json("write", input: "a\u{0}b")
    #expect(Array(entry.text.utf8) == [0x61, 0, 0x62])
    #expect(try await machine.json("list", as: [Entry].self).map(\.text) == ["a\u{0}b"])
  }

  private func expectHarmless(_ machine: Machine) async throws {
    let outputs = [
      try await machine.ebb("list", "--limit", "0"), try await machine.ebb("list", "--json"),
      try await machine.ebb(),
    ]
    for output in outputs {
      let harmful = output.unicodeScalars.filter {
        $0 != "\n" && $0.properties.generalCategory == .control || $0 == "\u{202E}"
      }
      #expect(harmful.isEmpty)
    }
  }

  @Test func `names, titles and errors show no control character`() async throws {
    let machine = try Machine()
    let id = try await machine.write("x\u{1B}[2Jy\u{9B}z", "--title", "\u{1B}[31m\u{202E}red")
    for arguments in [
      ["show", id], ["list"], ["history", id], ["show", "\u{1B}[2J"], ["\u{1B}[2J"],
    ] {
      let ended = try await machine.run(arguments)
      #expect(
        (ended.output + ended.error).unicodeScalars.allSatisfy {
          $0 == "\n" || $0.properties.generalCategory != .control && $0 != "\u{202E}"
        })
    }
  }
}
