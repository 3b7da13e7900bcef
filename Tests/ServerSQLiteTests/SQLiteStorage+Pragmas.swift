import GRDB

@testable import ServerSQLite

extension SQLiteStorage {
  func writerPragma(_ name: String) async throws -> String? {
    try await pool.writeWithoutTransaction { try String.fetchOne($0, sql: "PRAGMA \(name)") }
  }

  func readerPragma(_ name: String) async throws -> String? {
    try await pool.read { try String.fetchOne($0, sql: "PRAGMA \(name)") }
  }

  /// Lets the database grow no more: SQLite then answers as for a full disk.
  func limitPages() async throws {
    try await pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 1") }
  }
}
