import JournalModel
import OperationLog
import Testing

@Suite struct SiblingTests {
  /// What was written, and what is left of it.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let winner: String
    let siblings: [String]
    let log: RecordLog

    init(
      _ description: String, winner: String, siblings: [String],
      _ write: (inout RecordLog) -> Void
    ) {
      testDescription = description
      self.winner = winner
      self.siblings = siblings
      var log = RecordLog()
      write(&log)
      self.log = log
    }
  }

  private static let cases = [
    Case("one write", winner: "a", siblings: []) { $0.write(1, at: 1, .text("a")) },
    Case("an edit that saw what it replaced", winner: "b", siblings: []) {
      let first = $0.write(1, at: 1, .text("a"))
      $0.write(2, at: 2, .text("b", seen: first))
    },
    Case("two edits of the same text", winner: "c", siblings: ["b"]) {
      let first = $0.write(1, at: 1, .text("a"))
      $0.write(2, at: 2, .text("b", seen: first))
      $0.write(3, at: 3, .text("c", seen: first))
    },
    Case("two edits to the same words", winner: "b", siblings: []) {
      let first = $0.write(1, at: 1, .text("a"))
      $0.write(2, at: 2, .text("b", seen: first))
      $0.write(3, at: 3, .text("b", seen: first))
    },
    Case("three edits of the same text", winner: "d", siblings: ["b", "c"]) {
      let first = $0.write(1, at: 1, .text("a"))
      $0.write(1, at: 2, .text("b", seen: first))
      $0.write(2, at: 3, .text("c", seen: first))
      $0.write(3, at: 4, .text("d", seen: first))
    },
    Case("an edit of the winner leaves the sibling", winner: "d", siblings: ["b"]) {
      let first = $0.write(1, at: 1, .text("a"))
      $0.write(2, at: 2, .text("b", seen: first))
      let third = $0.write(3, at: 3, .text("c", seen: first))
      $0.write(3, at: 4, .text("d", seen: third))
    },
    Case("a resolution that saw both", winner: "b and c", siblings: []) {
      let first = $0.write(1, at: 1, .text("a"))
      let second = $0.write(2, at: 2, .text("b", seen: first))
      let third = $0.write(3, at: 3, .text("c", seen: first))
      $0.write(1, at: 4, RegisterWrite(.text, .text("b and c"), seen: [second, third]))
    },
    Case("a resolution with the earlier clock keeps the later text", winner: "c", siblings: []) {
      let first = $0.write(1, at: 1, .text("a"))
      let second = $0.write(2, at: 5, .text("b", seen: first))
      let third = $0.write(3, at: 6, .text("c", seen: first))
      $0.write(1, at: 2, RegisterWrite(.text, .text("c"), seen: [second, third]))
    },
    Case("text that somebody saw and replaced is settled", winner: "c", siblings: []) {
      let first = $0.write(1, at: 1, .text("a"))
      $0.write(2, at: 2, .text("a"))
      $0.write(3, at: 3, .text("c", seen: first))
    },
    Case("a cleared text against an edit", winner: "b", siblings: []) {
      let first = $0.write(1, at: 1, .text("a"))
      $0.write(2, at: 3, .text("b", seen: first))
      $0.write(3, at: 4, RegisterWrite(.title, .absent))
    },
    Case("texts that differ only in Unicode form", winner: "e\u{301}", siblings: ["\u{e9}"]) {
      let first = $0.write(1, at: 1, .text("a"))
      $0.write(2, at: 2, .text("\u{e9}", seen: first))
      $0.write(3, at: 3, .text("e\u{301}", seen: first))
    },
    Case("an operation that names itself", winner: "a", siblings: []) {
      let own = OperationID(device: DeviceID(rawValue: 1), sequence: .first)
      $0.write(1, at: 1, .text("a", seen: own))
    },
    Case("an operation that names itself, and loses", winner: "b", siblings: ["a"]) {
      let own = OperationID(device: DeviceID(rawValue: 1), sequence: .first)
      $0.write(1, at: 1, .text("a", seen: own))
      $0.write(2, at: 2, .text("b"))
    },
  ]

  @Test(arguments: cases)
  func `what nobody has seen settled is kept`(_ example: Case) throws {
    let register = try #require(example.log.state?.registers[.text])
    #expect(register.value == .text(example.winner))
    #expect(register.siblings.map(\.value) == example.siblings.map(RegisterValue.text))
    #expect(example.log.state?.hasSiblings == !example.siblings.isEmpty)
  }

  @Test func `what is no prose keeps no siblings`() throws {
    var log = RecordLog()
    log.write(1, at: 1, RegisterWrite(.journal, .text("a")))
    log.write(2, at: 2, RegisterWrite(.journal, .text("b")))
    #expect(log.state?.registers[.journal]?.siblings == [])
    #expect(log.state?.proseHeads == [])
  }
}
