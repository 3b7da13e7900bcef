internal import Glibc
package import Interchange

/// Standard output, collected and written in large pieces.
///
/// A reader that goes away (`ebb list | head`) ends the command quietly; a full disk does not.
package final class Output {
  private var buffer: [UInt8] = []
  /// Held back as a whole, to be shown through a pager.
  private var isHeld = false
  /// Of the terminal that it goes to; `nil` if it goes elsewhere.
  private let columns: Int?

  /// - Parameter columns: of the terminal that it goes to; `nil` if it goes elsewhere.
  package init(columns: Int? = nil) {
    self.columns = columns
  }

  package func line(_ text: String = "") {
    write(text)
    write("\n")
  }

  /// What is told in passing, broken between words where a terminal would break it anywhere.
  func sentence(_ text: String) {
    LineWrap.sentences(text, columns: columns).forEach { line($0) }
  }

  package func json(_ value: JSONText) {
    line(value.text)
  }

  /// An array with one element a line.
  package func json(lines values: some Swift.Sequence<JSONText>) {
    var separator = "["
    for value in values {
      write(separator)
      write(value.text)
      separator = ",\n"
    }
    line(separator == "[" ? "[]" : "]")
  }

  package func write(_ text: String) {
    buffer.append(contentsOf: text.utf8)
    if !isHeld && buffer.count >= 1 << 16 { flush() }
  }

  /// Keeps everything until `flush` or `takeHeld`.
  func hold() { isHeld = true }

  func takeHeld() -> [UInt8] {
    isHeld = false
    defer { buffer = [] }
    return buffer
  }

  /// Errors are kept for `finish`: the work is done by then, only the telling failed.
  package func flush() {
    isHeld = false
    if failure == nil { failure = SystemFiles.writeAll(buffer, to: STDOUT_FILENO) }
    buffer.removeAll(keepingCapacity: true)
  }

  /// To standard error, and below what was printed before it.
  func message(_ text: String) {
    flush()
    Self.message(text)
  }

  private var failure: Int32?

  /// Writes what is left; throws if something could not be written, unless nobody reads.
  package func finish() throws {
    flush()
    guard let failure, failure != EPIPE else { return }
    throw Failure(.disk, Messages.Files.outputFailed(reason: String(cString: strerror(failure))))
  }

  /// Messages, one a line, to standard error; broken between words if that is a terminal.
  package static func message(_ text: String) {
    let lines = LineWrap.sentences(text, columns: Terminal.columns(of: STDERR_FILENO))
    _ = SystemFiles.writeAll(
      Array((lines.joined(separator: "\n") + "\n").utf8), to: STDERR_FILENO)
  }
}
