import JournalModel
import OperationLog
import Testing

@Suite struct TrashTests {
  @Test func `a record thrown away in sight of its prose is in the trash`() throws {
    var log = RecordLog()
    log.write(1, at: 1, .text("a"))
    let trashing = try #require(log.state?.trashing())
    log.write(1, at: 2, trashing)
    #expect(log.state?.isTrashed == true)
    #expect(log.state?.trashing() == nil)
  }

  /// The edit's time, and that of throwing away.
  @Test(arguments: [(5, 9), (9, 5), (7, 7)] as [(Int64, Int64)])
  func `an edit made elsewhere brings it back, whichever came first`(edit: Int64, trash: Int64)
    throws
  {
    var log = RecordLog()
    let first = log.write(1, at: 1, .text("a"))
    let trashing = try #require(log.state?.trashing())
    var edited = RecordEdit()
    edited.set(.text, .text("b"))
    let editing = try #require(try log.state.flatMap { try edited.change(of: $0) })
    log.write(1, at: trash, trashing)
    log.write(2, at: edit, editing)
    #expect(editing.writes == [.text("b", seen: first)])
    #expect(log.state?.isTrashed == false)

    let again = try #require(log.state?.trashing())
    log.write(1, at: 20, again)
    #expect(log.state?.isTrashed == true)
  }

  @Test func `a tag added elsewhere does not bring it back`() throws {
    var log = RecordLog()
    log.write(1, at: 1, .text("a"))
    let trashing = try #require(log.state?.trashing())
    log.write(2, at: 5, .tag("river"))
    log.write(1, at: 3, trashing)
    #expect(log.state?.isTrashed == true)
  }

  @Test func `prose of another register brings it back too`() throws {
    var log = RecordLog()
    log.write(1, at: 1, .text("a"))
    let trashing = try #require(log.state?.trashing())
    log.write(1, at: 9, trashing)
    log.write(2, at: 5, RegisterWrite(.title, .text("T")))
    #expect(log.state?.isTrashed == false)
  }

  /// What the second machine writes, each text in sight of the one before it.
  @Test(arguments: [
    (["a"], true), (["a", "b"], true), (["b"], true),
    (["c"], false), (["c", "b"], false), (["a", "c", "b"], false),
  ])
  func `the same imported elsewhere does not bring it back, new words do`(
    texts: [String], isTrashed: Bool
  ) throws {
    var log = RecordLog()
    let first = log.write(1, at: 1, .text("a"))
    log.write(1, at: 2, .text("b", seen: first))
    log.write(1, at: 3, try #require(log.state?.trashing()))
    var seen: [OperationID] = []
    for (index, text) in texts.enumerated() {
      seen = [
        log.write(2, at: 5 + Int64(index), RegisterWrite(.text, .text(text), seen: seen))
      ]
    }
    #expect(log.state?.isTrashed == isTrashed)
    #expect(log.merged(log.changes.reversed()) == log.state)
  }

  @Test func `going back elsewhere to an earlier text brings it back`() throws {
    var log = RecordLog()
    let first = log.write(1, at: 1, .text("a"))
    let second = log.write(1, at: 2, .text("b", seen: first))
    log.write(1, at: 3, try #require(log.state?.trashing()))
    log.write(2, at: 4, .text("a", seen: second))
    #expect(log.state?.isTrashed == false)
  }

  @Test func `the same text with another title brings it back`() throws {
    var log = RecordLog()
    log.write(1, at: 1, .text("a"), RegisterWrite(.title, .text("T")))
    log.write(1, at: 2, try #require(log.state?.trashing()))
    log.write(2, at: 3, .text("a"), RegisterWrite(.title, .text("U")))
    #expect(log.state?.isTrashed == false)
  }

  @Test func `what is imported into the trash of two machines is in the trash`() throws {
    var log = RecordLog()
    for device: UInt64 in [1, 2] {
      let text = log.write(device, at: 1, .text("a"))
      log.write(device, at: 2, .trash(seen: text))
    }
    #expect(log.state?.isTrashed == true)
  }

  @Test func `an edit in the trash takes it out`() throws {
    var log = RecordLog()
    let first = log.write(1, at: 1, .text("a"))
    log.write(1, at: 2, try #require(log.state?.trashing()))
    var edit = RecordEdit()
    edit.add("river", to: .tag)
    let change = try #require(try log.state.flatMap { try edit.change(of: $0) })
    #expect(change.writes == [.tag("river"), .trash(false, seen: first)])
    log.write(1, at: 3, change)
    #expect(log.state?.isTrashed == false)
  }

  @Test func `going back to what was thrown away brings back the words, not the trash`() throws {
    var log = RecordLog()
    log.write(1, at: 1, .text("a"))
    log.write(1, at: 2, try #require(log.state?.trashing()))
    let earlier = try #require(log.state)
    var edit = RecordEdit()
    edit.set(.text, .text("b"))
    log.write(1, at: 3, try #require(try log.state.flatMap { try edit.change(of: $0) }))
    let change = try #require(log.state?.reverting(to: earlier))
    #expect(change.writes.map(\.register) == [.text])
    log.write(1, at: 4, change)
    #expect(log.state?[.text] == .text("a"))
    #expect(log.state?.isTrashed == false)
  }

  @Test func `going back to what says the same takes a record out of the trash`() throws {
    var log = RecordLog()
    log.write(1, at: 1, .text("a"))
    let earlier = try #require(log.state)
    log.write(1, at: 2, try #require(log.state?.trashing()))
    let thrownAway = try #require(log.state)
    #expect(log.state?.reverting(to: thrownAway) == nil)
    log.write(1, at: 3, try #require(log.state?.reverting(to: earlier)))
    #expect(log.state?.isTrashed == false)
    #expect(log.state?.reverting(to: earlier) == nil)
  }

  @Test func `taking out is thrown away by nobody's earlier trash`() throws {
    var log = RecordLog()
    log.write(1, at: 1, .text("a"))
    #expect(log.state?.untrashing() == nil)
    let trashing = try #require(log.state?.trashing())
    log.write(1, at: 2, trashing)
    log.write(1, at: 4, try #require(log.state?.untrashing()))
    log.write(2, at: 3, trashing)
    #expect(log.state?.isTrashed == false)
  }

  @Test func `a record without prose can be thrown away`() throws {
    var log = RecordLog()
    log.kind = .mood
    log.write(1, at: 1, RegisterWrite(.score, .integer(6)))
    log.write(1, at: 2, try #require(log.state?.trashing()))
    #expect(log.state?.isTrashed == true)
  }

  @Test func `a trash of an unknown value is no trash, and told`() throws {
    var log = RecordLog()
    log.write(1, at: 1, .text("a"), RegisterWrite(.trashed, .unknown))
    let entry = try #require(log.state.flatMap(Entry.init))
    #expect(!entry.isTrashed)
    #expect(entry.unreadable == ["trashed"])
  }
}
