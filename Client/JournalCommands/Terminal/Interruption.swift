internal import Glibc

/// Ctrl-C ends a command with status 130 and leaves nothing behind: what is durable stays, what is
/// not yet durable never was, and the terminal shows again what is typed.
enum Interruption {
  static func install() {
    signal(SIGPIPE, SIG_IGN)
    // Keep ignoring it if whoever started us wants that (`nohup`, background jobs).
    if let before = signal(SIGINT, handler), isIgnoring(before) { signal(SIGINT, SIG_IGN) }
    // A parent may have left it blocked, which is inherited.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  private static func isIgnoring(_ handler: @escaping @convention(c) (Int32) -> Void) -> Bool {
    unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// Async-signal-safe: nothing but `tcsetattr` and `_exit`.
  private static let handler: @convention(c) (Int32) -> Void = { _ in
    Interruption.showTyping()
    _exit(ExitStatus.interrupted.rawValue)
  }

  static func hideTyping(on descriptor: Int32) -> Bool {
    guard tcgetattr(descriptor, &shown) == 0 else { return false }
    var hidden = shown
    hidden.c_lflag &= ~tcflag_t(ECHO)
    guard tcsetattr(descriptor, TCSADRAIN, &hidden) == 0 else { return false }
    hiddenOn = descriptor
    return true
  }

  static func showTyping() {
    guard hiddenOn >= 0 else { return }
    _ = tcsetattr(hiddenOn, TCSADRAIN, &shown)
    hiddenOn = -1
  }

  // Only touched by the one thread that asks, and by the handler that ends the process.
  private nonisolated(unsafe) static var shown = termios()
  private nonisolated(unsafe) static var hiddenOn: Int32 = -1
}
