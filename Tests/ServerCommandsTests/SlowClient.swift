import Foundation
import TestSupport

/// `openssl s_client`, told what to say bit by bit.
final class SlowClient: Sendable {
  private let input: Pipe
  private let lines: LineReader
  private let process: ChildProcess

  init(port: String) throws {
    let (input, output) = (Pipe(), Pipe())
    process = try ChildProcess(
      ["openssl", "s_client", "-quiet", "-connect", "127.0.0.1:\(port)"],
      input: .handle(input.fileHandleForReading), output: .handle(output.fileHandleForWriting))
    try output.fileHandleForWriting.close()
    self.input = input
    lines = LineReader(output)
  }

  func send(_ text: String) throws {
    try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
  }

  /// The next line with that text; `nil` when the connection ends before.
  func line(containing text: String) async -> String? { await lines.next(containing: text) }

  func end() { process.signal(SIGKILL) }
}
