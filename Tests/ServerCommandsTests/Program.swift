import Foundation
import TestSupport

/// What a program that ran to its end left.
struct Ended: Sendable {
  let exitCode: Int32
  let output: String
  let error: String
}

/// Runs `ebb-server` to its end.
func ebbServer(
  _ arguments: String..., environment: [String: String] = [:]
) async throws -> Ended {
  try await runProgram(try BuiltProducts.program("ebb-server").path, arguments, environment)
}

/// Runs any program to its end, found in `PATH` unless it is a path.
func runProgram(
  _ program: String, _ arguments: [String], _ environment: [String: String] = [:]
) async throws -> Ended {
  try await withTemporaryFolder { folder in
    let (output, error) = (folder.appending(path: "output"), folder.appending(path: "error"))
    for file in [output, error] { try Data().write(to: file) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: error)
    let exitCode = try await end(of: process)
    return Ended(
      exitCode: exitCode, output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      error: String(decoding: try Data(contentsOf: error), as: UTF8.self))
  }
}

/// Starts a process and returns when it has ended.
private func end(of process: Process) async throws -> Int32 {
  try await withCheckedThrowingContinuation { continuation in
    process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
    do {
      try process.start()
    } catch {
      continuation.resume(throwing: error)
    }
  }
}
