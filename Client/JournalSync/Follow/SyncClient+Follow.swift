import JournalStore
import OperationLog
import SyncProtocol

/// What happens while the server is followed.
package enum FollowEvent: Sendable {
  /// Something was pushed or pulled, or is to be said; the first sync is always told.
  case synced(SyncReport)
  /// The server cannot be reached, or says to wait; the next attempt is in this many seconds.
  case disconnected(SyncFailure, retrySeconds: Int)
}

extension SyncClient {
  /// Syncs, then keeps doing so: at once when something is written here, and as soon as the
  /// server has something new. Ends only by cancelling the task (`CancellationError`), or by what
  /// waiting does not mend: `.journalReplaced` among that.
  ///
  /// Between syncs it holds no lock: other commands may sync too.
  package func follow(
    onEvent: @escaping @Sendable (FollowEvent) -> Void
  ) async throws {
    let watch = try JournalWatch(path: store.path)
    // While this is held, a write starts no sync of its own: it is noticed here.
    let background = try FileLock.take(backgroundLockPath)
    defer { withExtendedLifetime(background) {} }
    let conversation = conversation(of: try activeLink())
    var pause = Pause()
    var isFirst = true
    while true {
      do {
        _ = watch.hasChanged()
        var report = try await keepingOpen(conversation) { try await sync(inFollow: $0) }
        try UntoldWarnings.tell(in: &report, from: store)
        if isFirst || report.isWorthTelling { onEvent(.synced(report)) }
        isFirst = false
        if try report.pushed == 0 && hasUnsent(watch) {
          // Something that the server does not take, now or ever.
          try await Task.sleep(for: .seconds(pause.next(atLeast: nil)))
          continue
        }
        pause.reset()
        try await followOn(conversation, watch, onEvent)
      } catch let failure as SyncFailure where failure.isMendedByWaiting {
        await conversation.close()
        let seconds = pause.next(atLeast: failure.waitSeconds)
        onEvent(.disconnected(failure, retrySeconds: seconds))
        try await Task.sleep(for: .seconds(seconds))
      } catch {
        await conversation.close()
        throw error
      }
    }
  }

  /// Waits for news and takes it in, again and again; returns when something was written
  /// here, and once a day.
  private func followOn(
    _ conversation: ServerConversation, _ watch: JournalWatch,
    _ onEvent: @Sendable (FollowEvent) -> Void
  ) async throws {
    var pause = Pause()
    while true {
      try requireInPlace(watch)
      let known = try store.known()
      switch try await nextEvent(conversation, watch, known) {
      case .written: return
      case .answered(let answer) where answer.isQuiet(for: known): pause.reset()
      case .answered(let answer):
        try requireInPlace(watch)
        let report = try await keepingOpen(conversation) { conversation in
          try await underLock {
            try await SyncRun(
              client: self, link: try activeLink(), conversation: conversation, progress: nil
            ).run(startingWith: answer, to: known)
          }
        }
        if report.isWorthTelling { onEvent(.synced(report)) }
        if report.pushed + report.pulled > 0 {
          pause.reset()
        } else {
          // News that changes nothing: something is amiss that asking faster does not mend.
          try await Task.sleep(for: .seconds(pause.next(atLeast: nil)))
        }
      }
      if try isDailySyncDue { return }
    }
  }

  /// Whether there is to be said that this machine is there, or to be looked whether the server still
  /// knows who was revoked.
  private var isDailySyncDue: Bool {
    get throws {
      let now = WallClock.clamped(environment.wallClockMilliseconds())
      return try DeviceRecord(self).isDue || RevokedMachines(in: store).isDue(at: now)
    }
  }

  private enum Event: Sendable {
    case answered(WireSyncResponse)
    case written
  }

  /// Whichever comes first. A request that waits is given up for what was written here.
  private func nextEvent(
    _ conversation: ServerConversation, _ watch: JournalWatch, _ known: [DeviceKnowledge]
  ) async throws -> Event {
    if try hasUnsent(watch) { return .written }
    return try await withThrowingTaskGroup(of: Event.self) { group in
      group.addTask {
        var message = WireSyncRequest()
        message.have = known.messages
        message.wait = UInt32(ProtocolLimits.waitSecondsMax)
        return .answered(try await conversation.sync(message))
      }
      group.addTask {
        repeat { try await watch.nextChange() } while try !hasUnsent(watch)
        return .written
      }
      defer { group.cancelAll() }
      guard let event = try await group.next() else { throw CancellationError() }
      return event
    }
  }

  private func requireInPlace(_ watch: JournalWatch) throws {
    if watch.isReplaced { throw SyncFailure(.journalReplaced) }
  }

  private func hasUnsent(_ watch: JournalWatch) throws -> Bool {
    try requireInPlace(watch)
    return try !store.unsent(limitOperations: 1, limitBytes: .max).isEmpty
  }

  private func sync(inFollow conversation: ServerConversation) async throws -> SyncReport {
    try await underLock {
      let link = try activeLink()
      await conversation.setToken(link.token)
      return try await SyncRun(
        client: self, link: link, conversation: conversation, progress: nil
      ).run()
    }
  }

  /// Explains an ended session, and leaves the connection open otherwise.
  private func keepingOpen<Value: Sendable>(
    _ conversation: ServerConversation, _ body: (ServerConversation) async throws -> Value
  ) async throws -> Value {
    do {
      return try await body(conversation)
    } catch let failure as SyncFailure where failure.code == .sessionEnded {
      return try await explainingEndedSession(conversation) { _ in throw failure }
    }
  }
}

/// Twice as long each time, up to a minute.
private struct Pause {
  private var seconds = 1

  mutating func next(atLeast least: Int?) -> Int {
    defer { seconds = min(2 * seconds, 60) }
    // A server may name any number.
    return max(seconds, min(least ?? 0, 3_600))
  }

  mutating func reset() {
    seconds = 1
  }
}

extension SyncReport {
  fileprivate var isWorthTelling: Bool {
    pushed + pulled + conflicts > 0 || !warnings.isEmpty
  }
}

extension SyncFailure {
  fileprivate var isMendedByWaiting: Bool {
    switch code {
    case .unreachable, .serverFailed, .serverBusy, .malformedAnswer, .rateLimited, .busy,
      .storageFull:
      true
    default: false
    }
  }

  fileprivate var waitSeconds: Int? {
    if case .rateLimited(let seconds) = code { seconds } else { nil }
  }
}

extension WireSyncResponse {
  /// Nothing to store, and the server knows just what is known here.
  fileprivate func isQuiet(for known: [DeviceKnowledge]) -> Bool {
    guard operations.isEmpty, token.isEmpty, let heads = try? Heads(self) else { return false }
    return known.allSatisfy {
      heads[$0.device] == $0.sequences && heads.byDevice[$0.device]?.digest == $0.digest
    }
  }
}
