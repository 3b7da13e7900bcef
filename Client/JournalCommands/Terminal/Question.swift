internal import Glibc
internal import Interchange

/// Asks on the terminal itself, whatever the standard streams are connected to.
struct Question: ~Copyable {
  private let descriptor: Int32

  /// `nil` without a terminal: then nothing can be asked.
  init?() {
    let descriptor = Glibc.open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { return nil }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// A line, without the line end; `nil` at the end of input.
  func line(_ prompt: String) -> String? {
    say(broken(prompt))
    return readLine()
  }

  /// Asks until there is a yes or a no; the end of input is a no.
  ///
  /// - Parameter inFull: where `y`, easily typed without having looked, is not enough.
  func agrees(_ prompt: String, inFull: Bool = false) -> Bool {
    while true {
      switch line(prompt)?.lowercased() {
      case "yes"?: return true
      case "y"? where !inFull: return true
      case "no"?, "n"?, nil: return false
      default: tell(Messages.yesOrNo)
      }
    }
  }

  /// A line that is not shown while it is typed.
  func secret(_ prompt: String) -> String? {
    say(broken(prompt))
    guard Interruption.hideTyping(on: descriptor) else { return readLine() }
    let line = readLine()
    Interruption.showTyping()
    say("\n")
    return line
  }

  /// What came of a question.
  enum Reply: Equatable {
    case line(String)
    /// A line that is no UTF-8.
    case unreadable
    /// Ctrl-C, or the end of input.
    case interrupted
    /// The terminal went away, or the process was told to end: there is nobody to ask any more.
    case gone
  }

  /// As `line`, inside `Interruption.noting`: Ctrl-C is a reply too.
  func reply(to prompt: String) -> Reply {
    say(prompt)
    // Another thread may be the one that a signal wakes, so the note is looked for now and then.
    while !isReadable(withinMilliseconds: 100) {
      guard let signal = Interruption.takeNoted() else { continue }
      say("\n")
      return signal == SIGINT ? .interrupted : .gone
    }
    guard let bytes = readBytes() else {
      say("\n")
      return isHungUp ? .gone : .interrupted
    }
    return String(validating: bytes, as: UTF8.self).map(Reply.line) ?? .unreadable
  }

  /// Whether there is something to read before the time is over.
  func isReadable(withinMilliseconds milliseconds: Int32) -> Bool {
    var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&state, 1, milliseconds) > 0
  }

  private var isHungUp: Bool {
    var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&state, 1, 0) > 0 && state.revents & Int16(POLLHUP) != 0
  }

  /// Something that wants no answer, on lines of its own.
  func tell(_ text: String) { say(broken(text) + "\n") }

  /// Between words, with the spaces after the last, behind which the answer is typed.
  private func broken(_ text: String) -> String {
    let spaces = text.reversed().prefix { $0 == " " }
    return LineWrap.sentences(
      text, columns: Terminal.columns(of: descriptor).map { $0 - spaces.count }
    )
    .joined(separator: "\n").trimmingTrailingSpaces + String(spaces)
  }

  func say(_ text: String) {
    _ = SystemFiles.writeAll(Array(text.utf8), to: descriptor)
  }

  /// Each key counts at once, and none is shown, until `giveKeysBack`.
  func takeKeys() { Interruption.takeKeys(on: descriptor) }

  /// What was pressed meanwhile is no answer to what is asked next.
  func giveKeysBack() {
    tcflush(descriptor, TCIFLUSH)
    Interruption.showTyping()
  }

  private func readLine() -> String? {
    readBytes().flatMap { String(validating: $0, as: UTF8.self) }
  }

  /// Without the line end; `nil` at the end of input.
  private func readBytes() -> [UInt8]? {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while bytes.count < 1 << 16 {
      let count = read(descriptor, &byte, 1)
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { return bytes.isEmpty ? nil : bytes }
      if byte == UInt8(ascii: "\n") { break }
      bytes.append(byte)
    }
    return bytes
  }
}
