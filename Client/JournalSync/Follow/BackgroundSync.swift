private import Glibc
import JournalStore

/// A sync that a write leaves behind: a process of its own, that nobody waits for.
package enum BackgroundSync {
  /// Starts one unless one is running, which then looks again before it ends. Takes less than a
  /// millisecond, and never fails: a sync that could not start is made up for by the next.
  ///
  /// Call it after the write is durable. The new process gets the arguments given and, of the
  /// environment, only what it needs to find the journal and the server: no secret and no word.
  ///
  /// - Parameter program: the path of `ebb` itself.
  /// - Parameter folder: the journal's.
  package static func startIfNeeded(
    program: String = "/proc/self/exe", arguments: [String] = ["sync", "--background"],
    folder: String, environment: [String: String]
  ) {
    // Whoever holds the lock looks for unsent operations after letting it go: ours are there.
    guard isNeeded(folder: folder) else { return }
    spawn(program, arguments, environment.filter { inherited.contains($0.key) })
  }

  /// Whether nobody is at it. The lock is free again when this returns: still held, it would turn
  /// away the very process that is about to start.
  static func isNeeded(folder: String) -> Bool {
    (try? FileLock.take(folder + "/" + lockName)) != nil
  }

  static let lockName = "background.lock"

  private static let inherited: Set = [
    "EBB_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "HOME", "PATH", "TZ", "LANG", "LC_ALL",
    "https_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR",
  ]

  /// A session of its own: closing the terminal does not end it, nor does Ctrl-C. The value of
  /// glibc's `POSIX_SPAWN_SETSID`, which its header shows to GNU sources alone.
  private static let setSession: Int16 = 0x80
  private static let inheritedDescriptorsMax: Int32 = 256

  private static func spawn(
    _ program: String, _ arguments: [String], _ environment: [String: String]
  ) {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    guard posix_spawn_file_actions_init(&actions) == 0, posix_spawnattr_init(&attributes) == 0
    else { return }
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for descriptor: Int32 in 0...2 {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
    }
    // Ours close themselves; those that came with this process would keep others waiting.
    for descriptor: Int32 in 3..<inheritedDescriptorsMax {
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }
    posix_spawnattr_setflags(&attributes, setSession)
    withCStrings(["ebb"] + arguments) { argv in
      withCStrings(environment.map { "\($0.key)=\($0.value)" }) { envp in
        var process: pid_t = 0
        _ = posix_spawn(&process, program, &actions, &attributes, argv, envp)
      }
    }
  }

  private static func withCStrings(
    _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Void
  ) {
    let copies = strings.map { strdup($0) } + [nil]
    defer { for copy in copies { free(copy) } }
    copies.withUnsafeBufferPointer { buffer in
      if let base = buffer.baseAddress { body(base) }
    }
  }
}

extension SyncClient {
  var backgroundLockPath: String { folder + "/" + BackgroundSync.lockName }

  /// What the process that `BackgroundSync` starts does: syncs until nothing written here is left
  /// to send. `nil` if another one is at it.
  package func syncInBackground() async throws -> SyncReport? {
    var total: SyncReport?
    var fruitless = 0
    while fruitless < 2, let report = try await syncHoldingBackgroundLock() {
      fruitless = report.pushed > 0 ? 0 : fruitless + 1
      total = total.map { $0 + report } ?? report
      // Looked for after the lock is gone: who wrote while it was held has started nothing.
      guard try !store.unsent(limitOperations: 1, limitBytes: .max).isEmpty else { break }
    }
    return total
  }

  private func syncHoldingBackgroundLock() async throws -> SyncReport? {
    guard let lock = try FileLock.take(backgroundLockPath) else { return nil }
    defer { withExtendedLifetime(lock) {} }
    let report = try await syncUntold()
    try UntoldWarnings.add(report.warnings, to: store)
    return report
  }
}
