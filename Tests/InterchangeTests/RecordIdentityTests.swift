import Interchange
import JournalModel
import OperationLog
import Testing

@Suite struct RecordIdentityTests {
  @Test func `the same content has the same id in every import`() throws {
    var first = RecordIdentities(format: .jsonl)
    var second = RecordIdentities(format: .jsonl)
    let change = try entry("By the river.")
    #expect(first.naming(.content, change) == second.naming(.content, change))
  }

  @Test func `a second record of the same content is another record`() throws {
    var identities = RecordIdentities(format: .jsonl)
    let change = try entry("By the river.")
    let ids = (0..<3).map { _ in identities.naming(.content, change) }
    #expect(Set(ids).count == 3)
  }

  @Test func `when a record was created is no part of its content`() throws {
    var first = RecordIdentities(format: .jsonl)
    var second = RecordIdentities(format: .jsonl)
    #expect(
      try first.naming(.content, entry("By the river.", createdAt: 1))
        == second.naming(.content, entry("By the river.", createdAt: 2)))
  }

  @Test func `the source's own id is the id, whatever the content`() throws {
    var first = RecordIdentities(format: .dayone)
    var second = RecordIdentities(format: .dayone)
    let before = try first.naming(.source("A1"), entry("One."))
    #expect(try second.naming(.source("A1"), entry("Two.")) == before)
    #expect(try first.naming(.source("A2"), entry("One.")) != before)
  }

  @Test func `an id that a source uses again names one record for each content`() throws {
    var identities = RecordIdentities(format: .dayone)
    let one = try identities.naming(.source("A1"), entry("One."))
    #expect(try identities.naming(.source("A1"), entry("One.")) == one)
    guard case .usedTwice(let other, "A1") = try identities.naming(.source("A1"), entry("Two."))
    else {
      Issue.record("the second content has the id of the first")
      return
    }
    #expect(.id(other) != one)
  }

  @Test func `an instant is the same record, whatever the clocks showed`() throws {
    let instant = ImportedRecord.Identity.contentWith(id: nil, instant: 1)
    var first = RecordIdentities(format: .jsonl)
    var second = RecordIdentities(format: .jsonl)
    let here = try first.naming(instant, entry("By the river."))
    #expect(try second.naming(instant, entry("By the river.", on: "2026-11-22")) == here)
    #expect(
      try first.naming(.contentWith(id: nil, instant: 2), entry("By the river.")) != here)
  }

  @Test func `an id that others give too names one record for each content`() throws {
    let first = ImportedRecord.Identity.contentWith(id: "1", instant: nil)
    let second = ImportedRecord.Identity.contentWith(id: "2", instant: nil)
    var names: Set<RecordIdentities.Naming> = []
    for _ in 1...2 {
      var identities = RecordIdentities(format: .jsonl)
      for (identity, text) in [(first, "One."), (first, "Two."), (second, "One.")] {
        names.insert(try identities.naming(identity, entry(text)))
      }
    }
    #expect(names.count == 3)
  }

  private func entry(_ text: String, createdAt: Int64 = 0, on day: String = "2026-11-21") throws
    -> RecordChange
  {
    let day = try #require(CivilDay(day))
    let draft = EntryDraft(date: JournalDate(day: day, timeZone: "UTC"), text: text)
    let id = try #require(RecordID(Array(repeating: 0, count: RecordID.count)))
    return try draft.change(record: id, createdAt: createdAt)
  }
}
