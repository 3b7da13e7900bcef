import Foundation
import TestSupport

/// Runs programs of others: proof that not only we understand what we say.
enum Program {
  struct Outcome {
    var status: Int32
    var output: [UInt8]
    var errors: String
    var text: String { String(decoding: output, as: UTF8.self) }
  }

  /// Waits for the end of a program found on the search path. Files stand in for pipes, which fill.
  static func run(
    _ name: String, _ arguments: [String], input: [UInt8] = []
  ) throws -> Outcome {
    let folder = try TemporaryFolder()
    let process = try make(name, arguments)
    process.standardInput = try FileHandle(
      forReadingFrom: URL(filePath: folder.write("input", input)))
    let output = URL(filePath: try folder.write("output", []))
    let errors = URL(filePath: try folder.write("errors", []))
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.start()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: Array(try Data(contentsOf: output)),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }

  static func make(_ name: String, _ arguments: [String]) throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [name] + arguments
    return process
  }
}

/// A program that runs beside a test and is ended with it. Its input stays open and empty.
final class LiveProgram: Sendable {
  private let process: Process
  private let input: PipeEnds
  private let lines: AsyncStream<String>

  init(_ name: String, _ arguments: [String]) throws {
    process = try Program.make(name, arguments)
    input = try PipeEnds()
    let output = try PipeEnds()
    process.standardInput = input.forReading
    process.standardOutput = output.forWriting
    process.standardError = FileHandle.nullDevice
    let (lines, continuation) = AsyncStream.makeStream(of: String.self)
    self.lines = lines
    try process.start()
    try output.forWriting.close()
    // A thread of its own: a readability handler now and then misses the end.
    Thread.detachNewThread {
      var chunk = [UInt8](repeating: 0, count: 4096)
      while true {
        let count = read(output.forReading.fileDescriptor, &chunk, chunk.count)
        guard count > 0 else { break }
        continuation.yield(String(decoding: chunk[..<count], as: UTF8.self))
      }
      continuation.finish()
    }
  }

  /// Not politely: a program that Foundation starts from a task has SIGTERM blocked.
  deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

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

/// A pipe that no other program inherits: else its end would never be seen. (It is made of sockets
/// because only those get that at birth here.)
private struct PipeEnds {
  let forReading: FileHandle
  let forWriting: FileHandle

  init() throws {
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw POSIXError(.EMFILE) }
    forReading = FileHandle(fileDescriptor: ends[0], closeOnDealloc: true)
    forWriting = FileHandle(fileDescriptor: ends[1], closeOnDealloc: true)
  }
}
