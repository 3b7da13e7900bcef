import Foundation
import TestSupport

/// What a program that ran to its end left.
struct Ended: Sendable, Equatable {
  let exitCode: Int32
  let output: String
  let error: String
}

/// Runs a program to its end, its streams on files, so that nothing can wait for anything.
func runProgram(
  _ program: String, _ arguments: [String], input: [UInt8]? = nil, environment: [String: String]
) async throws -> Ended {
  try await withTemporaryFolder { folder in
    let files = ["input", "output", "error"].map { folder.appending(path: $0) }
    for file in files { try Data().write(to: file) }
    try Data(input ?? []).write(to: files[0])
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.environment = environment
    process.standardInput =
      input == nil ? FileHandle.nullDevice : try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    let exitCode: Int32 = try await withCheckedThrowingContinuation { continuation in
      process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
      do {
        try process.run()
      } catch {
        continuation.resume(throwing: error)
      }
    }
    return Ended(
      exitCode: exitCode,
      output: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self),
      error: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
  }
}
