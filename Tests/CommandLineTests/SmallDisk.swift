import Foundation
import TestSupport

/// A file system of its own in memory, small enough to be filled. Only programs that `command` starts
/// see it under its path.
final class SmallDisk: Sendable {
  /// Begins a command line; what follows runs with the disk in its place.
  let command: [String]
  let path: String
  /// Where this process sees what is on it.
  let visiblePath: String

  private let folder: TemporaryFolder
  private let holder: ChildProcess
  /// The holder ends with this end of it, even if this process is killed.
  private let held: Pipe

  static let pageBytes = 4096

  /// Throws `POSIXError` where nobody may mount anything.
  init(pages: Int) throws {
    folder = try TemporaryFolder()
    path = folder.path + "/disk"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    held = Pipe()
    let answer = Pipe()
    let script = #"mount -t tmpfs -o size="$1",mode=700 tmpfs "$0" && echo mounted && exec cat"#
    holder = try ChildProcess(
      ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, path]
        + ["\(pages * Self.pageBytes)"],
      input: .handle(held.fileHandleForReading), output: .handle(answer.fileHandleForWriting))
    try held.fileHandleForReading.close()
    try answer.fileHandleForWriting.close()
    let number = "\(holder.identifier)"
    command = [
      "nsenter", "--target", number, "--user", "--preserve-credentials", "--mount", "--",
    ]
    visiblePath = "/proc/" + number + "/root" + path
    guard try answer.fileHandleForReading.read(upToCount: 1) != nil else {
      throw POSIXError(.EPERM)
    }
  }

  deinit {
    try? held.fileHandleForWriting.close()
    // The folder can go when nothing is mounted in it any more.
    _ = holder.waitUntilExit()
  }

  /// Whether there can be such disks here: containers may forbid it.
  static let arePossible = (try? SmallDisk(pages: 16)) != nil

  static let reason = "needs unshare and mount, which are not permitted here"
}

// What is on it.
extension SmallDisk {
  /// Puts a machine's journal there, instead of everything that is.
  func hold(_ machine: Machine) throws {
    try empty()
    guard FileManager.default.fileExists(atPath: machine.visibleHome) else { return }
    try FileManager.default.copyItem(
      atPath: machine.visibleHome, toPath: visiblePath + "/home")
  }

  func empty() throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: visiblePath) {
      try FileManager.default.removeItem(atPath: visiblePath + "/" + name)
    }
  }

  /// Takes all room but so many pages.
  func leave(pages: Int) throws {
    try makeRoom()
    let descriptor = open(filler, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw POSIXError(.EIO) }
    defer { close(descriptor) }
    let count = try freePages() - pages
    guard count > 0 else { return }
    let code = posix_fallocate(descriptor, 0, off_t(count * Self.pageBytes))
    guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO) }
  }

  func makeRoom() throws {
    guard unlink(filler) == 0 || errno == ENOENT else { throw POSIXError(.EIO) }
  }

  func freePages() throws -> Int {
    var status = statvfs()
    guard statvfs(visiblePath, &status) == 0 else { throw POSIXError(.EIO) }
    return Int(status.f_bfree) * Int(status.f_frsize) / Self.pageBytes
  }

  /// From now on it can only be read, or written again.
  func setReadOnly(_ isReadOnly: Bool) async throws {
    let words = command + ["mount", "-o", "remount," + (isReadOnly ? "ro" : "rw"), path]
    let ended = try await runProgram(words[0], Array(words.dropFirst()))
    guard ended.exitCode == 0 else { throw POSIXError(.EBUSY) }
  }

  private var filler: String { visiblePath + "/filler" }
}
