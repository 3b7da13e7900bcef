private import Foundation
internal import GRDB
internal import JournalSealing

/// A copy of a journal's file as it was at one moment, to be read at leisure while others write,
/// and to be judged when SQLite does not even take it for a database.
///
/// Copying reads every page.
struct JournalCopy {
  let scratch: ScratchFile
  let pageSize: Int
  let bytes: Int
  /// By which a later change of the journal's file can be told.
  let original: FileVersion
  /// What the system could not read, and what the file's first bytes say that is not so.
  let findings: [JournalFinding]

  /// - Throws: `StoreError`: `missing`; `foreign` if it is no file; `diskFull` if there is no room
  ///   for the copy and what is made of it; `busy`.
  init(of path: String, environment: StoreEnvironment) throws {
    // A pipe is opened only when somebody writes to it.
    let source = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard source >= 0 else {
      throw errno == ENOENT || errno == ENOTDIR
        ? StoreError(.missing, path: path) : StoreError(systemError: errno, path: path)
    }
    defer { close(source) }
    var status = stat()
    guard fstat(source, &status) == 0 else { throw StoreError(systemError: errno, path: path) }
    try StoreDisk.checkIsFile(mode: status.st_mode, path)
    try Self.requireRoom(toCopy: UInt64(clamping: status.st_size), path: path)
    let scratch = try ScratchFile(beside: path)
    var copying = Copying(from: source, to: scratch.descriptor.number, path: path)
    original = try Self.undisturbed(path, environment) {
      try copying.copy()
      return try FileVersion(of: source, path: path)
    }
    try copying.straighten()
    self.scratch = scratch
    bytes = copying.position
    pageSize = copying.pageSize
    findings = copying.findings
  }

  /// Nobody writes meanwhile, unless nobody can.
  private static func undisturbed<Value>(
    _ path: String, _ environment: StoreEnvironment, _ body: () throws -> Value
  ) throws -> Value {
    let lock = FileLock(
      path: StoreFile.lockPath(of: path), environment)
    do {
      return try lock.whileLocked(body)
    } catch let error as StoreError where error.code == .readOnly && error.path == lock.path {
      return try body()
    }
  }

  private static func requireRoom(toCopy bytes: UInt64, path: String) throws {
    var room = statvfs()
    let folder = (path as NSString).deletingLastPathComponent
    guard statvfs(folder.isEmpty ? "." : folder, &room) == 0 else {
      throw StoreError(systemError: errno, path: path)
    }
    // The copy, what is made of it, and what that leaves free to go on writing.
    let needed = bytes * 5 / 2 + 1 << 20
    let isWritable = room.f_flag & UInt(ST_RDONLY) == 0
    guard !isWritable || UInt64(room.f_bavail) * UInt64(room.f_frsize) >= needed else {
      throw StoreError(.noRoom(bytes: Int64(clamping: needed)), path: path)
    }
  }
}

/// What the system says of a file, the same for as long as nobody writes to it.
struct FileVersion: Equatable {
  private let inode: UInt64
  private let size: Int64
  private let seconds: Int
  private let nanoseconds: Int

  init(of descriptor: Int32, path: String) throws {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw StoreError(systemError: errno, path: path) }
    self.init(status)
  }

  init(path: String) throws {
    var status = stat()
    guard stat(path, &status) == 0 else { throw StoreError(systemError: errno, path: path) }
    self.init(status)
  }

  private init(_ status: stat) {
    inode = UInt64(status.st_ino)
    size = Int64(status.st_size)
    seconds = status.st_mtim.tv_sec
    nanoseconds = status.st_mtim.tv_nsec
  }
}

private struct Copying {
  let source: Int32
  let target: Int32
  let path: String
  var position = 0
  var findings: [JournalFinding] = []
  var pageSize = 4096

  private static let blockBytes = 1 << 20
  private static let pageBytes = 4096

  init(from source: Int32, to target: Int32, path: String) {
    self.source = source
    self.target = target
    self.path = path
  }

  mutating func copy() throws {
    // Behind its end a file that cannot be read has nothing more, whatever is asked.
    var status = stat()
    let size = fstat(source, &status) == 0 ? Int(status.st_size) : 0
    var buffer = [UInt8](repeating: 0, count: Self.blockBytes)
    while true {
      var count = pread(source, &buffer, buffer.count, off_t(position))
      if count < 0, errno == EINTR { continue }
      if count < 0 {
        // One page at a time, for the others of this block.
        count = pread(source, &buffer, Self.pageBytes, off_t(position))
        if count < 0 {
          guard position < size else { return }
          let reason = String(cString: strerror(errno))
          findings.append(.file("page \(position / Self.pageBytes + 1) cannot be read: \(reason)"))
          for index in 0..<Self.pageBytes { buffer[index] = 0 }
          count = Self.pageBytes
        }
      }
      guard count > 0 else { return }
      try write(buffer[..<count])
      position += count
    }
  }

  private func write(_ bytes: ArraySlice<UInt8>) throws {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        pwrite(
          target, $0.baseAddress.map { $0 + written }, $0.count - written,
          off_t(position + written))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw StoreError(systemError: errno, path: path) }
      written += count
    }
  }

  /// Reads what the first page says of the others. In the copy, the mark of another journal mode
  /// is put right: SQLite would make files for it.
  mutating func straighten() throws {
    var header = [UInt8](repeating: 0, count: 100)
    guard pread(target, &header, header.count, 0) == header.count else { return }
    let size = Int(header[16]) << 8 | Int(header[17])
    let isPower = size >= 512 && size & (size - 1) == 0
    if size == 1 { pageSize = 65_536 } else if isPower { pageSize = size }
    guard header[18] != 1 || header[19] != 1 else { return }
    findings.append(.file("the file's header names another journal mode"))
    let marks: [UInt8] = [1, 1]
    guard pwrite(target, marks, 2, 18) == 2 else {
      throw StoreError(systemError: errno, path: path)
    }
  }
}
