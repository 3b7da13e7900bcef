internal import Glibc

/// What the standard streams are connected to.
package struct Terminal: Sendable {
  package var inputIsTerminal: Bool
  package var outputIsTerminal: Bool
  package var errorIsTerminal: Bool
  /// Colour and weight: only on a terminal that can, and unless `NO_COLOR` is set.
  package var hasStyle: Bool
  /// Whether a line can be drawn over the one before: not everywhere, and not for screen readers
  /// that say so with `TERM=dumb`.
  package var canRedraw: Bool

  package init(
    inputIsTerminal: Bool = false, outputIsTerminal: Bool = false, errorIsTerminal: Bool = false,
    hasStyle: Bool = false, canRedraw: Bool = false
  ) {
    self.canRedraw = canRedraw
    self.inputIsTerminal = inputIsTerminal
    self.outputIsTerminal = outputIsTerminal
    self.errorIsTerminal = errorIsTerminal
    self.hasStyle = hasStyle
  }

  package init(_ environment: ProcessEnvironment) {
    outputIsTerminal = isatty(STDOUT_FILENO) == 1
    inputIsTerminal = isatty(STDIN_FILENO) == 1
    errorIsTerminal = isatty(STDERR_FILENO) == 1
    canRedraw = outputIsTerminal && environment["TERM"] != nil && environment["TERM"] != "dumb"
    hasStyle = canRedraw && environment["NO_COLOR"] == nil
  }

  /// Whether somebody sits there who can be asked.
  package var canAsk: Bool { inputIsTerminal && errorIsTerminal }

  /// Whether somebody may be there at all: with all three streams elsewhere, nobody is.
  package var isAny: Bool { inputIsTerminal || outputIsTerminal || errorIsTerminal }

  /// Columns to fit into; `nil` when output is no terminal, and nothing is cut or wrapped.
  package var columns: Int? {
    guard outputIsTerminal else { return nil }
    return Self.size(of: STDOUT_FILENO).map { Int($0.ws_col) } ?? 80
  }

  package var rows: Int? {
    guard outputIsTerminal else { return nil }
    return Self.size(of: STDOUT_FILENO).map { Int($0.ws_row) } ?? 24
  }

  /// Of what a stream goes to; `nil` when that is no terminal.
  static func columns(of stream: Int32) -> Int? {
    guard isatty(stream) == 1 else { return nil }
    return size(of: stream).map { Int($0.ws_col) } ?? 80
  }

  private static func size(of stream: Int32) -> winsize? {
    var size = winsize()
    guard ioctl(stream, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return size
  }
}
