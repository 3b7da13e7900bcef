package import Foundation
private import Synchronization

/// A program that a test started.
///
/// Not Foundation's `Process`: it crashes now and then where a thousand descriptors are open, as
/// when tests run side by side, and passes blocked signals on.
package final class ChildProcess: Sendable {
  /// What a stream of a program is connected with.
  package enum Stream {
    case null
    case file(URL)
    /// Stays the caller's, to be closed.
    case handle(FileHandle)
  }

  package let identifier: Int32
  private let end: End

  /// Starts a program, found in `PATH` unless its name has a slash. It inherits its three streams
  /// and nothing else. Throws `POSIXError`.
  ///
  /// - Parameter leadsSession: whether a terminal among its streams becomes its own.
  package init(
    _ command: [String], environment: [String: String] = ProcessInfo.processInfo.environment,
    input: Stream = .null, output: Stream = .null, error: Stream = .null,
    leadsSession: Bool = false
  ) throws {
    let child = try Self.spawn(command, environment, [input, output, error], leadsSession)
    identifier = child
    let end = End()
    self.end = end
    Thread.detachNewThread { end.wait(for: child) }
  }

  /// Sent only while it runs.
  package func signal(_ signal: Int32) {
    end.unlessKnown { _ = kill(identifier, signal) }
  }

  /// Its exit code, or the signal that ended it.
  package func exitCode() async -> Int32 {
    await withCheckedContinuation { continuation in
      end.group.notify(queue: .global()) { continuation.resume(returning: self.end.exitCode) }
    }
  }

  /// As `exitCode()`, holding up the thread.
  package func waitUntilExit() -> Int32 {
    end.group.wait()
    return end.exitCode
  }

  private static func spawn(
    _ command: [String], _ environment: [String: String], _ streams: [Stream],
    _ leadsSession: Bool
  ) throws -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // The streams' own descriptors are higher than these three.
    for (number, stream) in zip(Int32(0)..., streams) {
      let mode = number == 0 ? O_RDONLY : O_WRONLY | O_CREAT
      switch stream {
      case .null: posix_spawn_file_actions_addopen(&actions, number, "/dev/null", mode, 0)
      case .file(let file):
        posix_spawn_file_actions_addopen(&actions, number, file.path, mode, 0o600)
      case .handle(let handle):
        posix_spawn_file_actions_adddup2(&actions, handle.fileDescriptor, number)
      }
    }
    try closeAll(from: 3, &actions)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    // Whoever runs the tests may ignore what a person's shell does not.
    var defaults = sigset_t()
    sigemptyset(&defaults)
    if leadsSession { sigaddset(&defaults, SIGINT) }
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | (leadsSession ? sessionFlag : 0)))

    var words = command.map { strdup($0) } + [nil]
    var settings = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { (words + settings).forEach { free($0) } }
    var identifier: pid_t = 0
    let code = posix_spawnp(&identifier, command[0], &actions, &attributes, &words, &settings)
    guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EINVAL) }
    return identifier
  }
}

/// `POSIX_SPAWN_SETSID`, which the C library declares only as an extension.
private let sessionFlag: Int32 = 0x80

/// Lets a program begin without the descriptors from a number on. The C library declares what does
/// it only as an extension, which Swift does not see.
private func closeAll(
  from number: Int32, _ actions: UnsafeMutablePointer<posix_spawn_file_actions_t>
) throws {
  typealias Function =
    @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32
  guard let symbol = dlsym(nil, "posix_spawn_file_actions_addclosefrom_np") else {
    throw POSIXError(.ENOSYS)
  }
  _ = unsafeBitCast(symbol, to: Function.self)(actions, number)
}

/// How a program ended, as soon as it is known.
private final class End: Sendable {
  let group = DispatchGroup()
  private let status = Mutex<Int32?>(nil)

  init() { group.enter() }

  func wait(for identifier: Int32) {
    var ended = siginfo_t()
    while waitid(P_PID, id_t(identifier), &ended, WEXITED | WNOWAIT) < 0 && errno == EINTR {}
    // Only from here on may the system give its number to another program.
    status.withLock {
      var reaped: Int32 = 0
      while waitpid(identifier, &reaped, 0) < 0 && errno == EINTR {}
      $0 = reaped
    }
    group.leave()
  }

  func unlessKnown(_ body: () -> Void) {
    status.withLock { if $0 == nil { body() } }
  }

  var exitCode: Int32 {
    let status = self.status.withLock { $0 } ?? 0
    return status & 0x7f == 0 ? (status >> 8) & 0xff : status & 0x7f
  }
}
