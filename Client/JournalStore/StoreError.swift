/// Why the store could not do what it was asked, with what one plain sentence needs.
package struct StoreError: Error {
  package var code: Code
  /// The file or folder it is about.
  package var path: String
  /// What SQLite or the system said; never needed to understand `code`.
  package var cause: (any Error)?

  package init(_ code: Code, path: String, cause: (any Error)? = nil) {
    self.code = code
    self.path = path
    self.cause = cause
  }

  package enum Code: Hashable, Sendable {
    /// There is no journal here, and none was to be made.
    case missing
    /// The file is there and is no journal of Ebb's.
    case foreign
    /// The file is a journal, and parts of it cannot be read. It was not changed.
    case damaged
    /// A later version of Ebb made or changed this journal.
    case newerVersion(Int)
    /// Another command has been writing for longer than one waits.
    case busy
    /// Another file has taken the place of the one that was opened. (`doctor`, `restore`)
    case replaced
    /// The disk is full; everything is as before.
    case diskFull
    /// The disk has less room than this work needs, in bytes; nothing was begun.
    case noRoom(bytes: Int64)
    /// File, folder or file system may not be written.
    case readOnly
    /// The file cannot be opened.
    case cannotOpen
    /// Reading or writing failed in the system. A transaction that was just ending may be whole;
    /// all before it is.
    case inputOutput
    /// The file that was to be made is there already; it was not touched.
    case exists
    /// The journal holds accepted operations of another account.
    case otherAccount
    /// A record has as many operations as a device may make.
    case sequencesUsedUp
    /// Anything else SQLite reports: a defect of Ebb's.
    case unexpected
  }
}
