internal import GRDB
internal import ServerCore

extension StorageError {
  /// Lets a `StorageError` be what callers see of SQLite's errors; others pass.
  static func translating<Value>(_ body: () throws -> Value) throws -> Value {
    do { return try body() } catch { throw translated(error) }
  }

  static func translating<Value>(_ body: () async throws -> Value) async throws -> Value {
    do { return try await body() } catch { throw translated(error) }
  }

  private static func translated(_ error: any Error) -> any Error {
    switch error {
    case let error as DatabaseError: StorageError(error)
    // GRDB's own table of migrations, of which a name has become NULL.
    case is RowDecodingError: damaged(error)
    default: error
    }
  }

  static func damaged(_ cause: any Error) -> StorageError {
    StorageError(
      .damaged, "The server's database is damaged; restore it from a backup.", cause: cause)
  }

  init(_ error: DatabaseError) {
    switch error.extendedResultCode {
    // The index of the WAL lies in a file that grows too, and SQLite has a code of its own for it.
    case .SQLITE_FULL, .SQLITE_IOERR_SHMSIZE:
      self.init(.full, "There is no room left on the server's disk.", cause: error)
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM:
      self.init(.readOnly, "The server's database cannot be written.", cause: error)
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
      self = .damaged(error)
    default:
      self.init(
        .other, "The server's database failed (SQLite \(error.extendedResultCode.rawValue)).",
        cause: error)
    }
  }
}
