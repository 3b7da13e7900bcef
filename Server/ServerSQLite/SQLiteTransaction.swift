internal import Foundation
internal import GRDB
internal import OperationLog
internal import ServerCore

/// A transaction on one connection. Statements are prepared once for each connection.
final class SQLiteTransaction: StorageWriting {
  let database: Database
  // Those run once for each operation or register: kept at hand for the transaction.
  private(set) lazy var selectWinner = prepared(
    """
    SELECT register.operation, operation.timestamp
    FROM register LEFT JOIN operation ON operation.key = register.operation
    WHERE account = ? AND tag = ?
    """)
  private(set) lazy var upsertWinner = prepared(
    """
    INSERT INTO register (account, tag, operation) VALUES (?, ?, ?)
    ON CONFLICT (account, tag) DO UPDATE SET operation = excluded.operation
    """)
  private(set) lazy var claimRegister = prepared(
    "INSERT OR IGNORE INTO register (account, tag, operation) VALUES (?, ?, ?)")
  private(set) lazy var insertOperation = prepared(
    """
    INSERT OR IGNORE INTO operation (key, timestamp, digest, held, envelope, checksum)
    VALUES (?, ?, ?, ?, ?, ?)
    """)
  private(set) lazy var selectDigest = prepared("SELECT digest FROM operation WHERE key = ?")

  init(_ database: Database) {
    self.database = database
  }

  /// For a statement that is known to be right; what is wrong with it is told when it runs.
  private func prepared(_ sql: String) -> Result<Statement, any Error> {
    Result { try database.cachedStatement(sql: sql) }
  }

  func execute(_ sql: String, _ arguments: StatementArguments = []) throws {
    try database.cachedStatement(sql: sql).execute(arguments: arguments)
  }

  func row<Value>(
    _ sql: String, _ arguments: StatementArguments, _ read: (Row) throws -> Value
  ) throws -> Value? {
    try rows(sql, arguments, read).first
  }

  func rows<Value>(
    _ sql: String, _ arguments: StatementArguments = [], _ read: (Row) throws -> Value
  ) throws -> [Value] {
    let cursor = try Row.fetchCursor(
      try database.cachedStatement(sql: sql), arguments: arguments)
    var values: [Value] = []
    while let row = try cursor.next() { values.append(try read(row)) }
    return values
  }
}

extension Row {
  /// A value of a fixed number of bytes; throws `.damaged` for any other number.
  func fixed<Value: FixedBytes>(_ index: Int, _: Value.Type = Value.self) throws -> Value {
    let value = try withUnsafeData(atIndex: index) { $0.flatMap { Value($0) } }
    guard let value else {
      throw StorageError(.damaged, "A value in the server's database has the wrong length.")
    }
    return value
  }

  // What the disk has made NULL, by turning one bit, must not end the program. Where it matters, a
  // checksum tells.

  /// A number; 0 for NULL.
  func integer<Value: FixedWidthInteger & DatabaseValueConvertible & StatementColumnConvertible>(
    _ index: Int
  ) -> Value {
    (self[index] as Value?) ?? 0
  }

  /// Whether something was used up or ended, which NULL means too.
  func flag(_ index: Int) -> Bool { (self[index] as Bool?) ?? true }

  func text(_ index: Int) -> String { (self[index] as String?) ?? "" }

  func bytes(_ index: Int) throws -> [UInt8] {
    try withUnsafeData(atIndex: index) { $0.map { [UInt8]($0) } ?? [] }
  }
}

extension FixedBytes {
  var data: Data { Data(bytes) }
}
