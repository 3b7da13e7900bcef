internal import Foundation

/// A terminal that a test sits at: what is typed goes to the program, what it shows can be read.
package final class PseudoTerminal {
  private let end: Int32
  private let child: ChildProcess
  /// What was shown and not asked for yet.
  private var shown: [UInt8] = []

  /// Starts a program on a new terminal of so many columns. Throws `POSIXError`.
  package init(
    _ command: [String], environment: [String: String], columns: Int, rows: Int = 40
  ) throws {
    // As `posix_openpt` does, which the C library declares only as an extension.
    let end = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard end >= 0 else { throw Self.error }
    do {
      var size = winsize(
        ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
      var lock: Int32 = 0
      var number: Int32 = 0
      guard ioctl(end, UInt(TIOCSWINSZ), &size) == 0, ioctl(end, Self.lock, &lock) == 0,
        ioctl(end, Self.number, &number) == 0
      else { throw Self.error }
      let terminal = ChildProcess.Stream.file(URL(filePath: "/dev/pts/\(number)"))
      child = try ChildProcess(
        command, environment: environment, input: terminal, output: terminal, error: terminal,
        leadsSession: true)
    } catch {
      close(end)
      throw error
    }
    self.end = end
  }

  deinit {
    child.signal(SIGKILL)
    close(end)
  }

  /// `TIOCSPTLCK` and `TIOCGPTN`: unlocks the other end, and tells its number.
  private static let lock: UInt = 0x4004_5431
  private static let number: UInt = 0x8004_5430

  private static var error: POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }

  /// As keys: `\n` is Enter, `\u{3}` Ctrl-C.
  package func type(_ text: String) throws {
    let bytes = Array(text.utf8)
    guard write(end, bytes, bytes.count) == bytes.count else { throw Self.error }
  }

  /// Waits until a text is shown, and gives all that was shown up to its end since the last call.
  ///
  /// Throws `Missed` if the program ends, or nothing comes for a minute, before that.
  package func show(until text: String) throws -> String {
    while true {
      let all = String(decoding: shown, as: UTF8.self).replacing("\r\n", with: "\n")
      if let found = all.range(of: text) {
        shown = Array(all[found.upperBound...].utf8)
        return String(all[..<found.upperBound])
      }
      guard try readMore() else { throw Missed(text: text, shown: all) }
    }
  }

  /// Waits until the program has ended: what was shown since the last call, and its exit code.
  package func finish() throws -> (shown: String, exitCode: Int32) {
    while try readMore() {}
    let rest = String(decoding: shown, as: UTF8.self).replacing("\r\n", with: "\n")
    shown = []
    return (rest, child.waitUntilExit())
  }

  package struct Missed: Error {
    package let text: String
    package let shown: String
  }

  /// `false` once the program has let go of the terminal.
  private func readMore() throws -> Bool {
    var state = pollfd(fd: end, events: Int16(POLLIN), revents: 0)
    guard poll(&state, 1, 60_000) > 0 else { throw POSIXError(.ETIMEDOUT) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(end, &bytes, bytes.count)
    if count > 0 { shown += bytes.prefix(count) }
    return count > 0
  }
}
