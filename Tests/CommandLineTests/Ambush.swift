import Foundation
import TestSupport

/// Waits in a running program for a call, and kills the program there.
final class Ambush: Sendable {
  private let tracer: ChildProcess
  /// Kept open: the tracer speaks of each new thread, and would end if it could not.
  private let messages: Pipe

  /// Lies in wait when this returns. Calls are counted from here on, each thread's by themselves:
  /// those to the database come from one thread.
  init(in process: Int32, at call: WritingCall) throws {
    messages = Pipe()
    tracer = try ChildProcess(
      ["strace", "-f", "-o", "/dev/null", "-p", "\(process)"] + call.injection(.kill),
      error: .handle(messages.fileHandleForWriting))
    try messages.fileHandleForWriting.close()
    let answer = messages.fileHandleForReading.availableData
    guard String(decoding: answer, as: UTF8.self).contains("attached") else {
      throw POSIXError(.EPERM)
    }
  }

  /// Lets go of the program, dead or alive.
  func end() async {
    // Not politely: asked to leave a program that is dying, `strace` waits for ever.
    tracer.signal(SIGKILL)
    _ = await tracer.exitCode()
  }

  /// Whether a program may trace another that it did not start.
  static var isPossible: Bool {
    let scope = try? String(
      contentsOfFile: "/proc/sys/kernel/yama/ptrace_scope", encoding: .utf8)
    return geteuid() == 0 || ["0\n", nil].contains(scope)
  }
}
