import Foundation

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
    try process.run()
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

/// A program that runs beside a test and is ended with it.
final class LiveProgram: Sendable {
  private let process: Process
  private let output = Pipe()
  private let lines: AsyncStream<String>

  init(_ name: String, _ arguments: [String]) throws {
    process = try Program.make(name, arguments)
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = Pipe()
    let (lines, continuation) = AsyncStream.makeStream(of: String.self)
    self.lines = lines
    output.fileHandleForReading.readabilityHandler = { handle in
      let data = handle.availableData
      if data.isEmpty {
        handle.readabilityHandler = nil
        continuation.finish()
      } else {
        continuation.yield(String(decoding: data, as: UTF8.self))
      }
    }
    try process.run()
  }

  deinit { process.terminate() }

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
