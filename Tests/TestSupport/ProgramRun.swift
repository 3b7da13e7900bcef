internal import Foundation

/// What a program that ran to its end left.
package struct Ended: Sendable, Equatable {
  /// Or the signal that ended it.
  package let exitCode: Int32
  package let standardOutput: [UInt8]
  package let error: String

  package init(exitCode: Int32, output: String, error: String) {
    self.init(exitCode: exitCode, standardOutput: Array(output.utf8), error: error)
  }

  init(exitCode: Int32, standardOutput: [UInt8], error: String) {
    self.exitCode = exitCode
    self.standardOutput = standardOutput
    self.error = error
  }

  package var output: String { String(decoding: standardOutput, as: UTF8.self) }
}

/// Runs a program to its end, found in `PATH` unless its name has a slash; its streams are files, so
/// that nothing can wait for anything.
package func runProgram(
  _ program: String, _ arguments: [String], input: [UInt8]? = nil,
  environment: [String: String] = ProcessInfo.processInfo.environment
) async throws -> Ended {
  try await withTemporaryFolder { folder in
    let streams = try ProgramStreams(folder, input: input)
    let child = try streams.start([program] + arguments, environment)
    return try streams.ended(await child.exitCode())
  }
}

/// As the other, holding up the thread.
package func runProgram(
  _ program: String, _ arguments: [String], input: [UInt8]? = nil,
  environment: [String: String] = ProcessInfo.processInfo.environment
) throws -> Ended {
  let folder = try TemporaryFolder()
  let streams = try ProgramStreams(URL(filePath: folder.path), input: input)
  let child = try streams.start([program] + arguments, environment)
  return try streams.ended(child.waitUntilExit())
}

private struct ProgramStreams {
  let input: ChildProcess.Stream
  let output: URL
  let error: URL

  init(_ folder: URL, input: [UInt8]?) throws {
    output = folder.appending(path: "output")
    error = folder.appending(path: "error")
    let file = folder.appending(path: "input")
    try input.map { try Data($0).write(to: file) }
    self.input = input == nil ? .null : .file(file)
  }

  func start(_ command: [String], _ environment: [String: String]) throws -> ChildProcess {
    try ChildProcess(
      command, environment: environment, input: input, output: .file(output), error: .file(error))
  }

  func ended(_ exitCode: Int32) throws -> Ended {
    Ended(
      exitCode: exitCode, standardOutput: Array(try Data(contentsOf: output)),
      error: String(decoding: try Data(contentsOf: error), as: UTF8.self))
  }
}
