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
