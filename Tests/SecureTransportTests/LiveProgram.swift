import Foundation
import TestSupport

/// A program that runs beside a test and is ended with it. Its input stays open and empty.
final class LiveProgram: Sendable {
  private let process: ChildProcess
  private let input: Pipe
  private let lines: AsyncStream<String>

  init(_ name: String, _ arguments: [String]) throws {
    input = Pipe()
    let output = Pipe()
    process = try ChildProcess(
      [name] + arguments, input: .handle(input.fileHandleForReading),
      output: .handle(output.fileHandleForWriting))
    let (lines, continuation) = AsyncStream.makeStream(of: String.self)
    self.lines = lines
    try output.fileHandleForWriting.close()
    // A thread of its own: a readability handler now and then misses the end.
    Thread.detachNewThread {
      var chunk = [UInt8](repeating: 0, count: 4096)
      while true {
        let count = read(output.fileHandleForReading.fileDescriptor, &chunk, chunk.count)
        guard count > 0 else { break }
        continuation.yield(String(decoding: chunk[..<count], as: UTF8.self))
      }
      continuation.finish()
    }
  }

  deinit { process.signal(SIGKILL) }

  /// The output up to the first match; what was asked for before is gone.
  func wait<Match>(for expression: Regex<Match>) async throws -> Match {
    var seen = ""
    for await text in lines {
      seen += text
      if let match = try expression.firstMatch(in: seen) { return match.output }
    }
    throw EndOfOutput(seen: seen)
  }

  /// All output until the program ended by itself.
  func rest() async -> String {
    var seen = ""
    for await text in lines { seen += text }
    return seen
  }

  struct EndOfOutput: Error { var seen: String }
}
