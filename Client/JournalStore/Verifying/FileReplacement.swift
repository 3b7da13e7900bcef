private import Foundation

/// Puts a repaired journal in the place of a damaged one, which is kept beside it.
struct FileReplacement {
  let path: String
  let environment: StoreEnvironment

  /// Where the damaged file is afterwards.
  ///
  /// At every moment there is a journal under the usual name, and when this returns it is durable.
  /// - Throws: `StoreError.busy` if somebody wrote to the journal since it was read.
  func replace(with scratch: ScratchFile, unlessChangedSince version: FileVersion) throws -> String
  {
    let lock = FileLock(
      path: StoreFile.lockPath(of: path), environment)
    return try lock.whileLocked {
      guard try FileVersion(path: path) == version else { throw StoreError(.busy, path: path) }
      let part = "\(path).\(getpid()).\(UInt32.random(in: .min ... .max)).part"
      defer { unlink(part) }
      try write(scratch, to: part)
      let kept = try keep()
      try check(rename(part, path))
      try StoreFile.syncFolder(of: path)
      return kept
    }
  }

  private func check(_ result: Int32) throws {
    guard result == 0 else { throw StoreError(systemError: errno, path: path) }
  }

  private func write(_ scratch: ScratchFile, to part: String) throws {
    let target = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard target >= 0 else { throw StoreError(systemError: errno, path: path) }
    defer { close(target) }
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    var position = 0
    while true {
      let count = pread(scratch.descriptor.number, &buffer, buffer.count, off_t(position))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw StoreError(systemError: errno, path: path) }
      if count == 0 { break }
      var written = 0
      while written < count {
        let more = buffer[written..<count].withUnsafeBytes {
          Glibc.write(target, $0.baseAddress, $0.count)
        }
        if more < 0, errno == EINTR { continue }
        guard more > 0 else { throw StoreError(systemError: errno, path: path) }
        written += more
      }
      position += count
    }
    try check(fsync(target))
  }

  /// Gives the damaged file a second name. What a crash left in its journal goes with it: the
  /// repaired file must never meet it.
  private func keep() throws -> String {
    let kept = KeptFiles.freeName(beside: path, at: environment.wallClockMilliseconds())
    if link(path, kept) != 0 {
      // A file system without second names: then there is a moment without a journal.
      guard errno == EPERM || errno == EOPNOTSUPP || errno == EMLINK else {
        throw StoreError(systemError: errno, path: path)
      }
      try check(rename(path, kept))
    }
    try KeptFiles.keepRollbackJournal(of: path, as: kept)
    return kept
  }
}
