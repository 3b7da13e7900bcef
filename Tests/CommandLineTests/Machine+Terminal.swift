import Foundation
import TestSupport

extension Machine {
  /// What somebody types once the program has shown something new that ends the wait.
  struct Typing: Encodable {
    /// What must have been shown since the last typing.
    let after: String
    let text: String
  }

  /// Runs Ebb on a terminal and gives all that it shows there, and its exit code.
  ///
  /// What is typed is not echoed. The terminal has no colours that a test did not ask for by `TERM`.
  func onTerminal(
    columns: Int = 80, rows: Int = 50, _ arguments: [String], typing: [Typing] = [],
    environment: [String: String] = [:]
  ) async throws -> Ended {
    let plan = try JSONEncoder().encode(typing)
    return try await runProgram(
      "/usr/bin/env",
      [
        "python3", "-c", Self.terminalScript, "\(columns)", "\(rows)",
        String(decoding: plan, as: UTF8.self), try ebbPath(),
      ] + arguments,
      environment: self.environment(
        [
          "TERM": "xterm", "NO_COLOR": "1",
          "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
        ].merging(environment) { $1 }))
  }

  private static let terminalScript = """
    import fcntl, json, os, pty, signal, struct, sys, termios
    columns, rows, plan = int(sys.argv[1]), int(sys.argv[2]), json.loads(sys.argv[3])
    pid, tty = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        settings = termios.tcgetattr(0)
        settings[3] &= ~termios.ECHO
        termios.tcsetattr(0, termios.TCSANOW, settings)
        # Whoever runs this may ignore or block Ctrl-C; a person's shell does not.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
        os.execv(sys.argv[4], sys.argv[4:])
    shown, seen = b"", 0
    try:
        while True:
            shown += os.read(tty, 4096)
            while plan and plan[0]["after"].encode() in shown[seen:]:
                seen = len(shown)
                os.write(tty, plan.pop(0)["text"].encode())
    except OSError: pass
    _, status = os.waitpid(pid, 0)
    sys.stdout.buffer.write(shown.replace(b"\\r\\n", b"\\n"))
    sys.stdout.flush()
    sys.exit(os.waitstatus_to_exitcode(status) & 255)
    """
}
