private import Foundation
internal import GRDB
private import GRDBSQLite

extension JournalStore {
  /// Copies the whole journal, keys included, into one new file (0600), while others go on writing.
  ///
  /// The file has its name only when it is whole and durable.
  ///
  /// - Parameter isStopped: asked now and then; once it says yes, an error is thrown, and nothing is
  ///   left of the copy.
  /// - Throws: `StoreError.exists` if there is such a file.
  package func backup(to path: String, isStopped: @escaping () -> Bool = { false }) throws {
    try finishErasing()
    try StoreCopy(to: path).make { copy in
      do {
        try outsideTransactions { try $0.copy(into: copy, isStopped: isStopped) }
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
    backup: String, into folder: String, environment: StoreEnvironment,
    isStopped: @escaping () -> Bool = { false }
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
          try source.writeWithoutTransaction { try $0.copy(into: copy, isStopped: isStopped) }
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

extension Database {
  /// Copies the database into an empty file.
  fileprivate func copy(into path: String, isStopped: @escaping () -> Bool) throws {
    let question = StopQuestion(isStopped)
    // Far less than a millisecond of work.
    sqlite3_progress_handler(
      sqliteConnection, 1_000,
      { question in
        guard let question else { return 0 }
        return Unmanaged<StopQuestion>.fromOpaque(question).takeUnretainedValue().isStopped()
          ? 1 : 0
      },
      Unmanaged.passUnretained(question).toOpaque())
    defer { sqlite3_progress_handler(sqliteConnection, 0, nil, nil) }
    try withExtendedLifetime(question) {
      try execute(sql: "VACUUM INTO ?", arguments: [path])
    }
  }

  private final class StopQuestion {
    let isStopped: () -> Bool

    init(_ isStopped: @escaping () -> Bool) { self.isStopped = isStopped }
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

  /// Removes what copies into this folder have left that were killed: their names end in two numbers
  /// and `.part`, and nobody holds their lock.
  private func removeLeftovers() {
    let named = StoreFile.folder(of: path)
    let folder = named.isEmpty ? "." : named
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names {
      let parts = name.split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count >= 4, parts.last == "part",
        parts.dropLast().suffix(2).allSatisfy({ UInt32($0) != nil })
      else { continue }
      let leftover = folder + "/" + name
      let descriptor = open(leftover, O_RDWR | O_NOFOLLOW | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      defer { close(descriptor) }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, Self.isDatabase(descriptor) else { continue }
      unlink(leftover)
      unlink(leftover + "-journal")
    }
  }

  /// Whether a file is empty, or begins as SQLite's do, or not yet.
  private static func isDatabase(_ descriptor: Int32) -> Bool {
    var start = [UInt8](repeating: 0, count: 16)
    return pread(descriptor, &start, 16, 0) == 0
      || start.elementsEqual("SQLite format 3\0".utf8) || start.allSatisfy { $0 == 0 }
  }

  /// The error number, or `nil`.
  private func giveName() -> Int32? {
    // Unlike renaming, linking never replaces what came into being meanwhile.
    if link(passing, path) == 0 { return nil }
    // Sticks have file systems without second names.
    guard [EPERM, EOPNOTSUPP, EMLINK].contains(errno) else { return errno }
    var status = stat()
    guard lstat(path, &status) != 0 else { return EEXIST }
    return rename(passing, path) == 0 ? nil : errno
  }

  func make(_ fill: (String) throws -> Void) throws {
    guard access(path, F_OK) != 0 else { throw StoreError(.exists, path: path) }
    removeLeftovers()
    let descriptor = open(passing, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw StoreError(systemError: errno, path: path) }
    flock(descriptor, LOCK_EX | LOCK_NB)
    defer {
      unlink(passing)
      unlink(passing + "-journal")
      close(descriptor)
    }
    do {
      try fill(passing)
    } catch var error as StoreError where error.path == passing {
      error.path = path
      throw error
    }
    guard fsync(descriptor) == 0 else { throw StoreError(systemError: errno, path: path) }
    if let error = giveName() { throw StoreError(systemError: error, path: path) }
    try StoreFile.syncFolder(of: path)
  }
}
