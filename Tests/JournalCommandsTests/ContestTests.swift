import JournalModel
import OperationLog
import Testing

@testable import JournalCommands

struct ContestTests {
  private static let first = OperationID(device: DeviceID(rawValue: 0xAB << 56), sequence: .first)
  private static let second = OperationID(device: DeviceID(rawValue: 0xCD << 56), sequence: .first)
  private static let winner = OperationID(device: DeviceID(rawValue: 0xEF << 56), sequence: .first)

  /// Contested in its text by two others, and in its title by one.
  private func contest(field: String? = nil, sibling: String? = nil) throws -> Contest {
    let id = try #require(RecordID(hexadecimal: String(repeating: "ab", count: 16)))
    func change(_ time: Int64, _ operation: OperationID, _ writes: [RegisterWrite])
      -> StampedChange
    {
      StampedChange(
        stamp: Stamp(timestamp: Timestamp(milliseconds: time), id: operation),
        change: RecordChange(record: id, kind: .entry, writes: writes))
    }
    let state = try #require(
      RecordState(
        id: id,
        merging: [
          change(1, Self.first, [RegisterWrite(.text, .text("one"))]),
          change(
            2, Self.second,
            [RegisterWrite(.text, .text("two")), RegisterWrite(.title, .text("T"))]),
          change(
            3, Self.winner,
            [RegisterWrite(.text, .text("three")), RegisterWrite(.title, .text("U"))]),
        ]))
    return Contest(state: state, name: "ababab", field: field, sibling: sibling)
  }

  @Test func `all contested fields are meant unless one is named`() throws {
    #expect(try contest().registers() == [.title, .text])
    #expect(try contest(field: "text").registers() == [.text])
    #expect(try contest(field: "title").oneRegister() == .title)
    #expect(throws: Failure.self) { try contest().oneRegister() }
    #expect(throws: InputError.noSuchField("mood", kind: .entry)) {
      try contest(field: "mood").registers()
    }
    let tags = #expect(throws: Failure.self) { try contest(field: "tags").registers() }
    #expect(tags?.message.hasPrefix("Only texts are kept side by side") == true)
  }

  @Test func `of several others one is named by the beginning of its version`() throws {
    #expect(try contest(field: "text", sibling: "ab").oneSibling(of: .text).stamp.id == Self.first)
    #expect(
      try contest(field: "text", sibling: "cd00.1").oneSibling(of: .text).stamp.id == Self.second)
    // Only the text has this one.
    #expect(try contest(sibling: "ab").registers() == [.text])
    #expect(try contest(field: "title").oneSibling(of: .title).stamp.id == Self.second)
    #expect(try contest(field: "title").namedSibling(of: .title) == nil)
  }

  @Test func `which other is meant has to be said, and to be there`() throws {
    let unsaid = try #require(throws: Failure.self) {
      try contest(field: "text").oneSibling(of: .text)
    }
    #expect(unsaid.status == .usage)
    #expect(unsaid.message.contains("ab0000.1 and cd0000.1"))
    let wrong = try #require(throws: Failure.self) {
      try contest(field: "text", sibling: "ef").namedSibling(of: .text)
    }
    #expect(wrong.status == .notPossible)
  }
}
