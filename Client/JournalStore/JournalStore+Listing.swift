internal import GRDB
package import JournalModel

extension JournalStore {
  /// The records that a query selects, newest first unless it says otherwise: by instant, then id.
  package func records(matching query: RecordQuery) throws -> [RecordState] {
    guard let selection = try selection(query) else { return [] }
    return try reading { db in
      var states: [RecordState] = []
      try selection.rows(db) { row in states.append(try Self.state(row, db)) }
      return states
    }
  }

  /// As `records`, one at a time, so that memory does not grow with their number.
  ///
  /// `body` runs outside of any transaction and may take its time. A record that is gone when its
  /// turn comes is left out.
  package func forEachRecord(
    matching query: RecordQuery, _ body: (RecordState) throws -> Void
  ) throws {
    guard let selection = try selection(query) else { return }
    let rows = try reading { db in
      var rows: [Int64] = []
      try selection.rows(db) { row in rows.append(row) }
      return rows
    }
    let batch = 256
    for start in stride(from: 0, to: rows.count, by: batch) {
      let states = try reading { db in
        try rows[start..<min(start + batch, rows.count)].compactMap { row in
          try RecordRow.state(row: row, db)
        }
      }
      for state in states { try body(state) }
    }
  }

  package func count(matching query: RecordQuery) throws -> Int {
    guard let selection = try selection(query) else { return 0 }
    return try reading(selection.count)
  }

  /// Whether there is a record outside the trash that was made at such an instant, in Unix
  /// milliseconds, whatever day it is about.
  ///
  /// Makes no state, and begins with what came last into the journal.
  package func hasRecord(createdAt isWanted: (Int64) -> Bool) throws -> Bool {
    try readingOnce { db in
      var isFound = false
      let kinds = RecordKind.journal.map { SQLValue.text($0.rawValue) }
      // The plus keeps it to the order of the table.
      try db.rows(
        """
        SELECT state FROM record
        WHERE +shelf = ?1 AND kind IN (\(kinds.indices.map { "?\($0 + 2)" }.joined(separator: ",")))
        ORDER BY row DESC
        """, [.integer(Shelf.listed.rawValue)] + kinds
      ) { row in
        try row.withBytes(0) { bytes in
          try RegisterScan.visit(bytes) { name, value in
            guard case .integer(let time) = value, name.equals(.created) else { return }
            isFound = isFound || isWanted(time)
          }
        }
        return !isFound
      }
      return isFound
    }
  }

  /// A search indexes first what a restore or import has left over.
  func selection(_ query: RecordQuery) throws -> RecordSelection? {
    if query.search?.hasWords == true, try reading(SearchIndex.hasPending) {
      let writer = mode == .readOnly ? try reopened(mode: .existing) : self
      try writer.finishBulk()
    }
    return RecordSelection(query)
  }

  static func state(_ row: Int64, _ db: Database) throws -> RecordState {
    let state = try db.first(
      "SELECT id, kind, state FROM record WHERE row = ?1", .integer(row),
      read: { try $0.state() })
    guard let state else { throw DamagedRow() }
    return state
  }
}
