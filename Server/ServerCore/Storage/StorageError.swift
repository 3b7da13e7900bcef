/// The storage could not do what it was asked; nothing of the transaction was kept.
package struct StorageError: Error {
  package let code: Code
  /// One plain sentence without anything an account holds.
  package let message: String
  package let cause: (any Error)?

  package init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
    self.code = code
    self.message = message
    self.cause = cause
  }

  package enum Code: Hashable, Sendable {
    /// No room on the disk.
    case full
    /// The files or their folder cannot be written.
    case readOnly
    /// Another server holds the data folder.
    case locked
    /// Made by a newer version of this program.
    case newerVersion
    /// The database is damaged, or no database of a server.
    case damaged
    /// There is a file already where one should be made.
    case exists
    case other
  }
}

extension StorageError: CustomStringConvertible {
  package var description: String { message }
}
