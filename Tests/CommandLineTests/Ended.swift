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
    if let input { try Data(input).write(to: files[0]) }
    let status = try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async {
        continuation.resume(
          with: Result {
            try spawnAndWait(
              [program] + arguments, environment: environment,
              input: input == nil ? "/dev/null" : files[0].path, output: files[1].path,
              error: files[2].path)
          })
      }
    }
    return Ended(
      exitCode: status & 0x7f == 0 ? (status >> 8) & 0xff : status & 0x7f,
      output: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self),
      error: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
  }
}

/// Not Foundation's `Process`, which crashes now and then when several threads start programs, and
/// passes blocked signals on.
private func spawnAndWait(
  _ command: [String], environment: [String: String], input: String, output: String, error: String
) throws -> Int32 {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
  posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT, 0o600)
  posix_spawn_file_actions_addopen(&actions, 2, error, O_WRONLY | O_CREAT, 0o600)

  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  var none = sigset_t()
  sigemptyset(&none)
  posix_spawnattr_setsigmask(&attributes, &none)
  posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

  var words = command.map { strdup($0) } + [nil]
  var settings = environment.map { strdup("\($0)=\($1)") } + [nil]
  defer { (words + settings).forEach { free($0) } }
  var identifier: pid_t = 0
  let code = posix_spawn(&identifier, command[0], &actions, &attributes, &words, &settings)
  guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EINVAL) }
  var status: Int32 = 0
  while waitpid(identifier, &status, 0) < 0 && errno == EINTR {}
  return status
}
