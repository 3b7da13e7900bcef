import JournalModel
import OperationLog
import TestSupport
import Testing

@Suite struct MergingTests {
  /// Eight operations of three devices: prose written side by side and settled, a set, the trash,
  /// an edit that did not know of it, and a value of a later version.
  private static func eightOperations() -> RecordLog {
    var log = RecordLog()
    let first = log.write(1, at: 10, .text("one"), .tag("river"))
    let second = log.write(2, at: 20, .text("two", seen: first), .tag("river", false))
    log.write(3, at: 20, .text("three", seen: first), .tag("river"))
    let settled = log.write(1, at: 30, .text("both", seen: second), RegisterWrite(.title, .unknown))
    log.write(2, at: 40, .trash(seen: settled))
    log.write(3, at: 25, .text("late", seen: second), .tag("sea"))
    log.write(1, at: 50, .trash(false))
    log.write(2, at: 50, .trash(seen: settled), RegisterWrite(.starred, .boolean(true)))
    return log
  }

  @Test func `every order of arrival gives the same state`() throws {
    let log = Self.eightOperations()
    let expected = try #require(log.state)
    var orders = 0
    var different = 0
    eachOrder(of: log.changes) { changes in
      orders += 1
      if log.merged(changes) != expected { different += 1 }
    }
    #expect(orders == 40_320)
    #expect(different == 0)
    #expect(expected[.text] == .text("both"))
    #expect(expected.registers[.text]?.siblings.map(\.value) == [.text("three"), .text("late")])
    #expect(expected.members(of: .tag) == ["river", "sea"])
    #expect(!expected.isTrashed)
  }

  @Test func `every part of the log, doubled, gives the state of that part`() throws {
    let log = Self.eightOperations()
    for mask in 1..<(1 << log.changes.count) {
      let part = log.changes.indices.filter { mask & (1 << $0) != 0 }.map { log.changes[$0] }
      #expect(log.merged(part + part.reversed()) == log.merged(part))
    }
  }

  @Test func `taking in the rest later makes no difference to what was taken first`() throws {
    let log = Self.eightOperations()
    let states = Set(
      log.changes.indices.map { index in
        log.merged(Array(log.changes[index...] + log.changes[..<index]))
      })
    #expect(states.count == 1)
  }

  @Test func `no operations are no record`() {
    #expect(RecordLog().state == nil)
  }

  @Test func `the kind is the one that the last operation names`() throws {
    var log = RecordLog()
    log.write(1, at: 10, .text("a"))
    log.kind = RecordKind(rawValue: "later")
    log.write(2, at: 20, .tag("b"))
    #expect(log.state?.kind.rawValue == "later")
    #expect(log.state?.modified == Timestamp(milliseconds: 20))
  }

  @Test func `of equal timestamps the greater device wins, then the greater sequence`() {
    var log = RecordLog()
    log.write(2, at: 10, .text("two"))
    log.write(1, at: 10, .text("one"))
    #expect(log.state?[.text] == .text("two"))
    log.write(2, at: 10, .text("two again"))
    #expect(log.state?[.text] == .text("two again"))
  }

  @Test func `an unknown value wins like any other and is not absent`() {
    var log = RecordLog()
    log.write(1, at: 10, RegisterWrite(.journal, .text("work")))
    log.write(2, at: 20, RegisterWrite(.journal, .unknown))
    #expect(log.state?[.journal] == .unknown)
  }

  /// Calls `body` with every order of the items. Source: Heap, 1963.
  private func eachOrder<Item>(of items: [Item], _ body: ([Item]) -> Void) {
    var items = items
    func permute(_ count: Int) {
      guard count > 1 else { return body(items) }
      for index in 0..<count {
        permute(count - 1)
        if index < count - 1 { items.swapAt(count.isMultiple(of: 2) ? index : 0, count - 1) }
      }
    }
    permute(items.count)
  }
}
