import JournalStore
import SyncProtocol

extension SyncClient {
  /// Pushes what the server has not, pulls what this journal has not: one request when there is
  /// little to say.
  ///
  /// Waits for another sync of this journal to end, then throws `.busy`.
  ///
  /// - Parameter hasNewLogin: the login was made just now, for this journal alone.
  package func sync(
    progress: SyncProgress? = nil, hasNewLogin: Bool = false
  ) async throws -> SyncReport {
    var report = try await syncUntold(progress: progress, hasNewLogin: hasNewLogin)
    try UntoldWarnings.tell(in: &report, from: store)
    return report
  }

  /// Syncs where nobody reads what it says.
  func syncUntold(
    progress: SyncProgress? = nil, hasNewLogin: Bool = false
  ) async throws -> SyncReport {
    // Who has no account, or is logged out, waits for nobody.
    try await underLock(waitingFor: { _ = try activeLink() }) {
      let link = try activeLink()
      return try await explainingEndedSession(conversation(of: link)) { conversation in
        try await SyncRun(
          client: self, link: link, conversation: conversation, progress: progress,
          hasNewLogin: hasNewLogin
        ).run()
      }
    }
  }

  /// When a sync last came to its end, in Unix milliseconds.
  package func lastSync() -> Int64? {
    FileLock.note(in: lockPath).flatMap { Int64($0) }
  }

  private static let lockWaitMilliseconds = 30_000
  private static let lockStepMilliseconds = 25

  var lockPath: String { folder + "/sync.lock" }

  /// Runs `body` while no other sync of this journal runs, in whatever process.
  ///
  /// - Parameter check: throws what is told at once where the lock cannot be had at once.
  func underLock(
    waitingFor check: () throws -> Void = {}, _ body: () async throws -> SyncReport
  ) async throws -> SyncReport {
    var waited = 0
    while true {
      let taken = Result { try FileLock.take(lockPath) }
      if waited == 0, (try? taken.get()) == nil { try check() }
      if let lock = try taken.get() {
        let report = try await body()
        lock.write(String(environment.wallClockMilliseconds()))
        return report
      }
      guard waited < Self.lockWaitMilliseconds else { throw SyncFailure(.busy) }
      // A pause, for nobody tells when the lock is free: waiting inside `flock` would block a
      // thread of the pool that all tasks share, and could not be cancelled.
      try await Task.sleep(for: .milliseconds(Self.lockStepMilliseconds))
      waited += Self.lockStepMilliseconds
    }
  }
}
