internal import Interchange
internal import JournalSync

/// One line that says how far long work has come, on a terminal only.
struct ProgressLine: Sendable {
  private let isOn: Bool

  init(_ terminal: Terminal) { isOn = terminal.errorIsTerminal }

  var progress: SyncProgress? {
    guard isOn else { return nil }
    return SyncProgress { step in
      let text =
        switch step {
        case .pushing(let count): Messages.Sync.pushing(count)
        case .pulling(let count): Messages.Sync.pulling(count)
        case .indexing: Messages.Sync.indexing
        }
      show(text)
    }
  }

  func show(_ text: String) {
    if isOn { _ = SystemFiles.writeAll(Array((cleared + text).utf8), to: 2) }
  }

  func clear() { _ = SystemFiles.writeAll(Array(cleared.utf8), to: 2) }

  /// What takes the line away.
  fileprivate var cleared: String { isOn ? "\r\u{1B}[K" : "" }
}

extension CommandContext {
  /// As `waiting`, with a line that says how far it has come.
  ///
  /// - Parameter stopped: what Ctrl-C meanwhile says.
  func waitingWithProgress<Value: Sendable>(
    stopped: String, for body: @escaping @Sendable (SyncProgress?) async throws -> Value
  ) throws -> Value {
    let line = ProgressLine(terminal)
    defer { line.clear() }
    let progress = line.progress
    return try Interruption.telling(line.cleared + stopped) {
      try waiting { try await body(progress) }
    }
  }
}
