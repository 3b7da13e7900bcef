private import Foundation
internal import GRDB

extension JournalStore {
  /// Copies the whole journal, keys included, into one new file (0600), while others go on writing.
  ///
  /// The file has its name only when it is whole and durable.
  /// - Throws: `StoreError.exists` if there is such a file.
  package func backup(to path: String) throws {
    try finishErasing()
    try StoreCopy(to: path).make { copy in
      do {
        try outsideTransactions { try $0.execute(sql: "VACUUM INTO ?", arguments: [copy]) }
      } catch let error as StoreError where error.code == .diskFull {
        // A damaged page can ask for more than any disk has.
        try outsideTransactions(Self.checkPages)
        throw error
      }
    }
  }

  private static func checkPages(_ db: Database) throws {
    let answer = try db.first("PRAGMA quick_check(1)", read: { $0.text(0) })
    guard answer == "ok" else { throw DamagedRow() }
  }

  /// Makes a journal of a backup, in a folder that holds none. New operations get a new device
  /// id; what the backup had not sent keeps its names.
  ///
  /// - Throws: `StoreError`: `exists` if the folder holds a journal; `missing`, `foreign`,
  ///   `newerVersion` or `damaged` about the backup.
  package static func restore(
    backup: String, into folder: String, environment: StoreEnvironment
  ) throws {
    let source = try StoreError.naming(backup) {
      let queue = try StoreFile.open(backup, environment: environment, mode: .readOnly)
      try queue.writeWithoutTransaction(checkPages)
      return queue
    }
    let path = StoreFile.path(in: folder)
    try environment.disk.makeFolder(folder)
    try FileLock(path: StoreFile.lockPath(of: path), environment).whileLocked {
      try clearPlace(path, environment)
      try StoreCopy(to: path).make { copy in
        try StoreError.naming(copy) {
          try source.writeWithoutTransaction { db in
            try db.execute(sql: "VACUUM INTO ?", arguments: [copy])
          }
          try forgetMachine(copy, environment: environment)
        }
      }
    }
  }

  /// Puts aside what a crash has left of a journal that is gone: SQLite would play it into the
  /// restored one. An empty file is no journal.
  private static func clearPlace(_ path: String, _ environment: StoreEnvironment) throws {
    var status = stat()
    let isThere = stat(path, &status) == 0
    guard !isThere || status.st_size == 0 else { return }
    try KeptFiles.keepRollbackJournal(
      of: path, as: KeptFiles.freeName(beside: path, at: environment.wallClockMilliseconds()))
    guard !isThere || unlink(path) == 0 else { throw StoreError(systemError: errno, path: path) }
  }

  /// As on another machine: the next transaction takes a new device id.
  private static func forgetMachine(_ path: String, environment: StoreEnvironment) throws {
    let queue = try DatabaseQueue(
      path: path, configuration: StoreFile.configuration(environment, isReadOnly: false))
    try queue.writeWithoutTransaction { db in
      // No journal file may be left under the copy's passing name.
      try db.execute(sql: "PRAGMA journal_mode = DELETE; UPDATE journal SET machine = x''")
    }
    try queue.close()
  }
}

/// A file that comes into being whole, or not at all.
private struct StoreCopy {
  let path: String
  private let passing: String

  init(to path: String) {
    self.path = path
    passing = "\(path).\(getpid()).\(UInt32.random(in: .min ... .max)).part"
  }

  func make(_ fill: (String) throws -> Void) throws {
    guard access(path, F_OK) != 0 else { throw StoreError(.exists, path: path) }
    let descriptor = open(passing, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw StoreError(systemError: errno, path: path) }
    defer {
      close(descriptor)
      unlink(passing)
    }
    do {
      try fill(passing)
    } catch var error as StoreError where error.path == passing {
      error.path = path
      throw error
    }
    guard fsync(descriptor) == 0 else { throw StoreError(systemError: errno, path: path) }
    // Unlike renaming, linking never replaces what came into being meanwhile.
    guard link(passing, path) == 0 else { throw StoreError(systemError: errno, path: path) }
    try StoreFile.syncFolder(of: path)
  }
}
