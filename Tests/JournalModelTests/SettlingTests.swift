import JournalModel
import OperationLog
import Testing

@Suite struct SettlingTests {
  /// One text, changed by three devices that did not know of each other: d wins over b and c.
  private func contested() -> (log: RecordLog, first: OperationID, lost: [OperationID]) {
    var log = RecordLog()
    let first = log.write(1, at: 1, .text("a"))
    let lost = [
      log.write(1, at: 2, .text("b", seen: first)), log.write(2, at: 3, .text("c", seen: first)),
    ]
    log.write(3, at: 4, .text("d", seen: first))
    return (log, first, lost)
  }

  @Test func `each way to settle gives its text and leaves no sibling`() throws {
    let (log, _, lost) = contested()
    let cases: [(Settlement, String)] = [
      (.winner, "d"), (.sibling(lost[0]), "b"), (.both, "d\n\nb\n\nc"), (.text("new\n"), "new"),
    ]
    for (settlement, expected) in cases {
      var log = log
      let change = try #require(try log.state?.settling(.text, by: settlement))
      log.write(2, at: 9, change)
      #expect(log.state?[.text] == .text(expected))
      #expect(log.state?.hasSiblings == false)
      #expect(try log.state?.settling(.text, by: settlement) == nil)
    }
  }

  @Test func `one sibling is settled by itself`() throws {
    var (log, _, lost) = contested()
    log.write(2, at: 9, try #require(try log.state?.settling(.text, by: .both, only: lost[1])))
    #expect(log.state?[.text] == .text("d\n\nc"))
    #expect(log.state?.registers[.text]?.siblings.map(\.value) == [.text("b")])
    log.write(2, at: 10, try #require(try log.state?.settling(.text, by: .winner)))
    #expect(log.state?.hasSiblings == false)
    #expect(log.state?[.text] == .text("d\n\nc"))
    let unknown = OperationID(device: DeviceID(rawValue: 9), sequence: .first)
    #expect(try log.state?.settling(.text, by: .winner, only: unknown) == nil)
  }

  /// Two have written it, and only one of them is shown.
  @Test func `settling one leaves another that two machines wrote`() throws {
    var (log, first, lost) = contested()
    log.write(4, at: 3, .text("b", seen: first))
    #expect(log.state?.registers[.text]?.siblings.map(\.value) == [.text("b"), .text("c")])
    log.write(2, at: 9, try #require(try log.state?.settling(.text, by: .winner, only: lost[1])))
    #expect(log.state?.registers[.text]?.siblings.map(\.value) == [.text("b")])
    log.write(2, at: 10, try #require(try log.state?.settling(.text, by: .winner)))
    #expect(log.state?.hasSiblings == false)
  }

  @Test func `who keeps a record despite an erase has kept it, in the trash and back`() throws {
    let erase = OperationID(device: DeviceID(rawValue: 7), sequence: .first)
    var log = RecordLog()
    log.write(1, at: 1, .text("a"))
    log.write(1, at: 2, try #require(log.state).keeping(despite: [erase]))
    log.write(1, at: 3, try #require(log.state?.trashing()))
    #expect(log.state?.isTrashed == true)
    log.write(1, at: 4, try #require(log.state?.untrashing()))
    #expect(log.state?.isKept(despite: [erase]) == true)
    let other = OperationID(device: DeviceID(rawValue: 8), sequence: .first)
    #expect(log.state?.isKept(despite: [erase, other]) == false)
  }

  /// How two machines settle the same at once, and what is left to settle then.
  @Test(
    arguments: [
      (.winner, .winner, []), (.winner, .sibling, []), (.sibling, .winner, []), (.both, .both, []),
      (.sibling, .sibling, []), (.text("x"), .text("y"), ["x"]), (.text("x"), .text("x"), []),
      (.winner, .text("y"), []), (.text("x"), .winner, ["x"]),
    ] as [(Way, Way, [String])])
  func `settled on two machines at once, only new words are a new conflict`(
    first: Way, second: Way, siblings: [String]
  ) throws {
    var log = RecordLog()
    let base = log.write(1, at: 1, .text("a"))
    let lost = log.write(1, at: 2, .text("b", seen: base))
    log.write(2, at: 3, .text("c", seen: base))
    let before = try #require(log.state)
    let changes = try [first, second].map { way in
      try #require(try before.settling(.text, by: way.settlement(lost)))
    }
    log.write(1, at: 10, changes[0])
    log.write(2, at: 11, changes[1])
    let register = try #require(log.state?.registers[.text])
    #expect(register.siblings.map(\.value) == siblings.map(RegisterValue.text))
    // Whichever arrives first.
    #expect(log.merged(log.changes.reversed()) == log.state)
  }

  enum Way: Sendable {
    case winner, sibling, both
    case text(String)

    func settlement(_ lost: OperationID) -> Settlement {
      switch self {
      case .winner: .winner
      case .sibling: .sibling(lost)
      case .both: .both
      case .text(let text): .text(text)
      }
    }
  }

  @Test func `an edit made elsewhere meanwhile is kept beside the settlement`() throws {
    var (log, _, _) = contested()
    let settling = try #require(try log.state?.settling(.text, by: .text("all")))
    var edit = RecordEdit()
    edit.set(.text, .text("d, and more"))
    let editing = try #require(try log.state.flatMap { try edit.change(of: $0) })
    log.write(1, at: 10, settling)
    log.write(3, at: 11, editing)
    let register = try #require(log.state?.registers[.text])
    #expect(register.value == .text("d, and more"))
    #expect(register.siblings.map(\.value) == [.text("all")])
  }

  @Test func `what is not contested, or cannot be written, is refused`() throws {
    var log = RecordLog()
    let first = log.write(1, at: 1, .text("a"))
    #expect(try log.state?.settling(.text, by: .winner) == nil)
    #expect(try log.state?.settling(.title, by: .winner) == nil)
    log.write(2, at: 2, RegisterWrite(.text, .unknown, seen: [first]))
    log.write(3, at: 3, .text("c", seen: first))
    let state = try #require(log.state)
    #expect(throws: InputError.writtenByLaterVersion(field: "text")) {
      try state.settling(.text, by: .both)
    }
    #expect(throws: InputError.empty(field: "text")) { try state.settling(.text, by: .text("")) }
    #expect(try state.settling(.text, by: .winner) != nil)
  }

  @Test func `a record in the trash comes back by being settled`() throws {
    var (log, _, _) = contested()
    log.write(1, at: 8, try #require(log.state?.trashing()))
    #expect(log.state?.isTrashed == true)
    log.write(1, at: 9, try #require(try log.state?.settling(.text, by: .winner)))
    #expect(log.state?.isTrashed == false)
    #expect(log.state?.hasSiblings == false)
  }

  @Test func `titles are joined on one line, and a cleared one adds nothing`() throws {
    var log = RecordLog()
    let first = log.write(1, at: 1, RegisterWrite(.title, .text("a")))
    log.write(1, at: 2, RegisterWrite(.title, .text("b"), seen: [first]))
    log.write(2, at: 3, RegisterWrite(.title, .absent, seen: [first]))
    log.write(3, at: 4, RegisterWrite(.title, .text("d"), seen: [first]))
    let state = try #require(log.state)
    #expect(state.contestedRegisters == [.title])
    let change = try #require(try state.settling(.title, by: .both))
    #expect(change.writes.map(\.value) == [.text("d / b")])
  }

  @Test func `the common ancestor is the last text that both go back to`() throws {
    var log = RecordLog()
    let first = log.write(1, at: 1, .text("first"))
    let second = log.write(1, at: 2, .text("second", seen: first))
    let here = log.write(1, at: 3, .text("here", seen: second))
    let hereAgain = log.write(1, at: 4, .text("here again", seen: here))
    let there = log.write(2, at: 5, .text("there", seen: second))
    let alone = log.write(3, at: 6, .text("alone"))
    let history = ProseHistory(of: .text, in: log.changes)
    #expect(history.commonAncestor(of: hereAgain, there) == "second")
    #expect(history.commonAncestor(of: there, hereAgain) == "second")
    #expect(history.commonAncestor(of: hereAgain, here) == "here")
    #expect(history.commonAncestor(of: there, alone) == nil)
    #expect(ProseHistory(of: .title, in: log.changes).commonAncestor(of: here, there) == nil)
  }

  @Test func `of several siblings with the same words one is kept`() throws {
    var log = RecordLog()
    let first = log.write(1, at: 1, .text("a"))
    log.write(1, at: 2, .text("b", seen: first))
    log.write(2, at: 3, .text("b", seen: first))
    log.write(3, at: 4, .text("c", seen: first))
    let register = try #require(log.state?.registers[.text])
    #expect(register.siblings.map(\.value) == [.text("b")])
    log.write(3, at: 5, try #require(try log.state?.settling(.text, by: .winner)))
    #expect(log.state?.registers[.text]?.heads.count == 1)
  }
}
