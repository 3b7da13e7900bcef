import Glibc

enum FileWatch {
  /// Waits for a file that another process makes; throws `CancellationError` after ten seconds.
  static func waitFor(_ path: String) async throws {
    for _ in 0..<1000 {
      if access(path, F_OK) == 0 { return }
      try await Task.sleep(for: .milliseconds(10))
    }
    throw CancellationError()
  }
}
