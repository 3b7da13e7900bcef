internal import GRDB
internal import GRDBSQLite

/// A value for a statement's parameter.
enum SQLValue {
  case integer(Int64)
  case blob([UInt8])
  case text(String)
  case null

  init(_ bytes: [UInt8]?) {
    self = bytes.map(SQLValue.blob) ?? .null
  }
}

/// A row under the cursor; its columns are read while it is there.
struct ResultRow {
  let statement: OpaquePointer

  func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }

  func isNull(_ column: Int32) -> Bool {
    sqlite3_column_type(statement, column) == SQLITE_NULL
  }

  func bytes(_ column: Int32) -> [UInt8] { withBytes(column) { Array($0) } }

  func withBytes<Value>(
    _ column: Int32, _ body: (UnsafeRawBufferPointer) throws -> Value
  ) rethrows -> Value {
    let start = sqlite3_column_blob(statement, column)
    let count = Int(sqlite3_column_bytes(statement, column))
    return try body(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
  }

  func text(_ column: Int32) -> String { withBytes(column) { String(decoding: $0, as: UTF8.self) } }
}

/// Statements with as little as possible between them and SQLite, for they run once for each
/// operation: prepared once a connection by GRDB, bound and stepped here.
///
/// A statement is one object: none may run again inside its own `rows`.
extension Database {
  /// Runs a statement that returns nothing.
  func run(_ sql: String, _ values: SQLValue...) throws {
    try step(sql, values) { _ in false }
  }

  /// Runs an insertion that may meet a conflict; whether it changed a row.
  func changes(_ sql: String, _ values: SQLValue...) throws -> Bool {
    try step(sql, values) { _ in false }
    return sqlite3_changes(sqliteConnection) > 0
  }

  /// The first row's value.
  func first<Value>(
    _ sql: String, _ values: SQLValue..., read: (ResultRow) throws -> Value
  ) throws -> Value? {
    var value: Value?
    try step(sql, values) { row in
      value = try read(row)
      return false
    }
    return value
  }

  /// All rows' values.
  func all<Value>(
    _ sql: String, _ values: SQLValue..., read: (ResultRow) throws -> Value
  ) throws -> [Value] {
    var all: [Value] = []
    try step(sql, values) { row in
      all.append(try read(row))
      return true
    }
    return all
  }

  /// Visits rows for as long as `body` says.
  func rows(_ sql: String, _ values: [SQLValue], _ body: (ResultRow) throws -> Bool) throws {
    try step(sql, values, body)
  }

  private func step(
    _ sql: String, _ values: [SQLValue], _ body: (ResultRow) throws -> Bool
  ) throws {
    let statement = try cachedStatement(sql: sql).sqliteStatement
    defer { sqlite3_reset(statement) }
    for (index, value) in values.enumerated() {
      try check(bind(value, to: statement, at: Int32(index) + 1), sql)
    }
    while true {
      let code = sqlite3_step(statement)
      guard code == SQLITE_ROW else {
        return try check(code == SQLITE_DONE ? SQLITE_OK : code, sql)
      }
      guard try body(ResultRow(statement: statement)) else { return }
    }
  }

  private func bind(_ value: SQLValue, to statement: OpaquePointer, at index: Int32) -> Int32 {
    // SQLite copies what it is given.
    let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    switch value {
    case .integer(let integer):
      return sqlite3_bind_int64(statement, index, integer)
    case .blob(let bytes):
      guard !bytes.isEmpty else { return sqlite3_bind_zeroblob(statement, index, 0) }
      return sqlite3_bind_blob(statement, index, bytes, Int32(clamping: bytes.count), copied)
    case .text(var text):
      return text.withUTF8 { utf8 in
        utf8.withMemoryRebound(to: CChar.self) { characters in
          guard let start = characters.baseAddress else {
            return sqlite3_bind_text(statement, index, "", 0, copied)
          }
          return sqlite3_bind_text(
            statement, index, start, Int32(clamping: characters.count), copied)
        }
      }
    case .null:
      return sqlite3_bind_null(statement, index)
    }
  }

  private func check(_ code: Int32, _ sql: String) throws {
    guard code != SQLITE_OK else { return }
    throw DatabaseError(
      resultCode: ResultCode(rawValue: code), message: lastErrorMessage, sql: sql)
  }
}
