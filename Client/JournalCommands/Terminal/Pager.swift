internal import Glibc
internal import Interchange

extension CommandContext {
  /// Shows what `body` prints through the pager, if it is longer than the screen.
  func paged(_ body: () throws -> Void) throws {
    let pager = Pager(environment: environment, terminal: terminal)
    pager.begin(output)
    try body()
    pager.show(output)
  }
}

/// Shows what is longer than the screen through `$PAGER`, or `less` if that is not set.
struct Pager {
  let environment: ProcessEnvironment
  let terminal: Terminal

  /// Collects the output; call `show` when it is complete.
  func begin(_ output: Output) {
    if terminal.outputIsTerminal { output.hold() }
  }

  func show(_ output: Output) {
    guard terminal.outputIsTerminal else { return }
    let bytes = output.takeHeld()
    if fits(bytes) || !page(bytes) {
      _ = SystemFiles.writeAll(bytes, to: STDOUT_FILENO)
    }
  }

  /// Whether all of it is to be seen at once, with a line for the prompt.
  private func fits(_ bytes: [UInt8]) -> Bool {
    let columns = max(terminal.columns ?? 80, 1)
    var rows = terminal.rows ?? 24
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      guard rows > 0 else { return false }
      let width = DisplayWidth.of(String(decoding: line, as: UTF8.self), withStyles: true)
      rows -= max(1, (width + columns - 1) / columns)
    }
    return rows >= 0
  }

  /// Whether a pager took it.
  private func page(_ bytes: [UInt8]) -> Bool {
    guard environment["PAGER"] != "cat" else { return false }
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return false }
    // Else the pager would hold the writing end too, and wait for ever.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var extra: [String] = []
    // As git does: leave at once if it fits after all, let styles through, keep the screen.
    if environment["LESS"] == nil { extra.append("LESS=FRX") }
    let pager = try? ChildProcess(
      command: environment["PAGER"] ?? "less", arguments: [], environment: environment,
      extra: extra, input: ends[0])
    close(ends[0])
    guard let pager else {
      close(ends[1])
      return false
    }
    // Ctrl-C is for the pager.
    let before = signal(SIGINT, SIG_IGN)
    _ = SystemFiles.writeAll(bytes, to: ends[1])
    close(ends[1])
    // 127: the shell did not find it, so nothing was shown.
    let status = pager.wait()
    signal(SIGINT, before)
    return status != 127
  }
}
