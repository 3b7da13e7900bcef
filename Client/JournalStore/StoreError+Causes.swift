private import Foundation
internal import GRDB
internal import JournalSealing

extension StoreError {
  /// What SQLite's result code means for whoever uses the journal.
  init(_ error: DatabaseError, path: String) {
    let code: Code =
      switch error.resultCode {
      case _ where error.extendedResultCode == .SQLITE_READONLY_DBMOVED: .replaced
      case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
      case .SQLITE_FULL: .diskFull
      case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: .readOnly
      case .SQLITE_CORRUPT, .SQLITE_NOTADB: .damaged
      case .SQLITE_CANTOPEN: .cannotOpen
      case .SQLITE_IOERR: .inputOutput
      default: .unexpected
      }
    self.init(code, path: path, cause: error)
  }

  /// What an error number of the system means.
  init(systemError number: Int32, path: String) {
    let code: Code =
      switch number {
      case ENOSPC, EDQUOT: .diskFull
      case EACCES where access(path, F_OK) == 0 && access(path, R_OK) != 0: .cannotOpen
      case EROFS, EACCES, EPERM: .readOnly
      case EEXIST: .exists
      case ENOENT, ENOTDIR, EISDIR, ELOOP, EMFILE, ENFILE: .cannotOpen
      default: .inputOutput
      }
    self.init(code, path: path, cause: SystemError(number: number))
  }

  /// What SQLite or the system says, without a period; never what was being written.
  package var reason: String? {
    if let error = cause as? DatabaseError { return error.message ?? "\(error.resultCode)" }
    return cause.map { "\($0)" }
  }

  /// Runs `body`; what SQLite throws in it becomes a `StoreError` about `path`.
  static func naming<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw StoreError(error, path: path)
    } catch let error as DamagedRow {
      throw StoreError(.damaged, path: path, cause: error)
    } catch let error as PayloadError {
      throw StoreError(.damaged, path: path, cause: error)
    } catch let error as SequencesUsedUp {
      throw StoreError(.sequencesUsedUp, path: path, cause: error)
    }
  }
}

/// An error number of the operating system.
package struct SystemError: Error, Hashable, CustomStringConvertible {
  package let number: Int32

  package var description: String { String(cString: strerror(number)) }
}
