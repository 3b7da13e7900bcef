internal import Glibc

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
    say(prompt)
    return readLine()
  }

  /// A line that is not shown while it is typed.
  func secret(_ prompt: String) -> String? {
    say(prompt)
    guard Interruption.hideTyping(on: descriptor) else { return readLine() }
    let line = readLine()
    Interruption.showTyping()
    say("\n")
    return line
  }

  func say(_ text: String) {
    _ = Output.writeAll(Array(text.utf8), to: descriptor)
  }

  private func readLine() -> String? {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while bytes.count < 1 << 16 {
      let count = read(descriptor, &byte, 1)
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { return bytes.isEmpty ? nil : String(validating: bytes, as: UTF8.self) }
      if byte == UInt8(ascii: "\n") { break }
      bytes.append(byte)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
