internal import GRDB

/// Table `search`: which record's prose has which words.
enum SearchIndex {
  static func insert(_ text: SearchText, row: Int64, _ db: Database) throws {
    try db.run(
      "INSERT INTO search(rowid, prose) VALUES (?1, ?2)", .integer(row), .text(text.text))
  }

  static func delete(_ text: SearchText, row: Int64, _ db: Database) throws {
    try db.run(
      "INSERT INTO search(search, rowid, prose) VALUES ('delete', ?1, ?2)", .integer(row),
      .text(text.text))
  }

  /// Makes the index anew from the records that are there: with nothing in it of those that are
  /// not, whatever a damaged one said of itself when it was taken out.
  static func rebuild(_ db: Database) throws {
    try db.run("INSERT INTO search(search) VALUES ('delete-all')")
    try db.run("INSERT OR IGNORE INTO search_pending(row) SELECT row FROM record")
    while try indexPending(limit: 20_000, db) {}
  }

  static func hasPending(_ db: Database) throws -> Bool {
    try db.first("SELECT 1 FROM search_pending LIMIT 1", read: { _ in true }) ?? false
  }

  /// Indexes some of the records that wait for it; whether more do.
  static func indexPending(limit: Int, _ db: Database) throws -> Bool {
    let rows = try db.all(
      "SELECT row FROM search_pending ORDER BY row LIMIT ?1", .integer(Int64(limit)),
      read: { $0.integer(0) })
    for row in rows {
      let state = try db.first(
        "SELECT id, kind, state FROM record WHERE row = ?1", .integer(row),
        read: { try $0.state() })
      if let text = state.flatMap(SearchText.init) { try insert(text, row: row, db) }
    }
    if let last = rows.last {
      try db.run("DELETE FROM search_pending WHERE row <= ?1", .integer(last))
    }
    return rows.count == limit
  }
}
