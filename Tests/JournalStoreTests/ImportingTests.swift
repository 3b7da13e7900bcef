import JournalModel
import JournalSealing
import OperationLog
import Testing

@testable import JournalStore

struct ImportingTests {
  /// More than are made at once on another thread.
  private static let many = 3_000

  @Test func `many records are stored in the order they came`() async throws {
    try await withStore { store in
      try store.importing { journal in
        for number in 1...Self.many {
          let known = try journal.add(try entry(number, "Words \(number)"))
          #expect(known == .new)
        }
      }
      #expect(try store.summary().operations == Self.many)
      let sequences = try [1, 2, 129, 2_500, Self.many].map { number in
        try store.history(of: try recordID(number)).map(\.id.sequence.rawValue)
      }
      #expect(sequences == [[1], [2], [129], [2_500], [UInt64(Self.many)]])
      #expect(
        try store.write([try entry(Self.many + 1, "Next")]).first?.sequence
          == Sequence(UInt64(Self.many) + 1))
      try store.expectConsistent()
    }
  }

  @Test func `a record that is not stored yet is known all the same`() async throws {
    try await withStore { store in
      try store.write([try entry(1, "Here before")])
      try store.importing { journal in
        let known = try [
          journal.add(entry(1, "Here before")), journal.add(entry(2, "Once")),
          journal.add(entry(2, "Once")), journal.add(entry(1, "Corrected")),
        ]
        #expect(known == [.same, .new, .same, .different])
      }
      #expect(try store.summary().operations == 2)
    }
  }

  @Test func `records of several operations come between others`() async throws {
    try await withStore { store in
      var edit = RecordEdit()
      edit.set(.text, .text("Before"))
      let version = EarlierVersion(.edit(edit))
      try store.importing { journal in
        for number in 1...300 {
          let isThrownAway = number.isMultiple(of: 100)
          _ = try journal.add(
            try entry(number, "Words \(number)"), after: isThrownAway ? [version] : [],
            trashed: isThrownAway)
        }
      }
      #expect(try store.state(of: try recordID(200))?.isTrashed == true)
      #expect(try store.history(of: try recordID(200)).count == 3)
      #expect(try store.summary().operations == 300 + 3 * 2)
      try store.expectConsistent()
    }
  }

  @Test func `one change that cannot be stored, and nothing is`() async throws {
    try await withStore { store in
      let before = try store.summary().stateDigest
      let empty = RecordChange(record: try recordID(2), kind: .entry, writes: [])
      #expect(throws: ChangeError.empty) {
        try store.importing { journal in
          for number in 3...Self.many { _ = try journal.add(try entry(number, "No")) }
          _ = try journal.add(empty)
        }
      }
      #expect(try store.summary().stateDigest == before)
      #expect(try store.summary().operations == 0)
      #expect(try store.write([try entry(1, "First")]).first?.sequence == .first)
    }
  }
}
