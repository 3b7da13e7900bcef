internal import OperationLog
internal import SyncProtocol

extension SyncService {
  /// Stores the request's operations in one durable transaction, then answers what lies beyond
  /// `have`, after waiting for it if asked to.
  ///
  /// Throws a `StorageError`, or `CancellationError` when cancelled while it waits.
  package func sync(_ request: SyncRequest, session: Session) async throws -> SyncOutcome {
    guard request.operations.count <= ProtocolLimits.pageOperationsMax else { return .tooLarge }
    var pushed = Push.Result()
    var damage = Damage()
    if !request.operations.isEmpty {
      guard let stored = try await store(request, session, &damage) else { return .unauthorized }
      pushed = stored
      if pushed.storedCount > 0 { news.publish(session.account) }
      // The operations are stored; the storage remembers what it could not overwrite.
      if pushed.hasErased { try? await storage.scrub() }
    }
    let pull = Pull(request, session: session, covered: pushed.covered, limits: limits)
    var outcome =
      request.mayWait
      ? try await answerWhenNews(pull, seconds: request.waitSeconds, &damage)
      : try await answer(pull, &damage)
    if case .answer(var answer) = outcome {
      answer.refusals = pushed.refusals
      answer.damagedCount = damage.damagedCount
      answer.corrections = damage.corrections
      outcome = .answer(answer)
    }
    return outcome
  }

  private func store(
    _ request: SyncRequest, _ session: Session, _ damage: inout Damage
  ) async throws -> Push.Result? {
    let now = clock.now()
    return try await repairing(of: session, &damage) {
      try await storage.write { [limits] transaction in
        guard let installation = try transaction.installation(withToken: session.token) else {
          return nil
        }
        return try Push.store(
          request, of: installation, limits: limits, now: now, in: transaction)
      }
    }
  }

  private func answer(_ pull: Pull, _ damage: inout Damage) async throws -> SyncOutcome {
    try await repairing(of: pull.session, &damage) {
      let now = clock.now()
      return try await storage.read { try pull.outcome(at: now, in: $0) }
    }
  }

  /// What a request has come upon.
  private struct Damage {
    /// More than once, and the disk says something else each time.
    static let timesMax = 3

    var times = 0
    var damagedCount = 0
    var corrections: [String] = []
  }

  /// Runs `body`; if it comes upon damage, repairs the account's journal, and runs it again. Who
  /// waits for news hears of it: the heads may have changed.
  private func repairing<Value: Sendable>(
    of session: Session, _ damage: inout Damage, _ body: () async throws -> Value
  ) async throws -> Value {
    while true {
      do {
        return try await body()
      } catch is DamagedJournal {
        guard damage.times < Damage.timesMax else {
          throw StorageError(.damaged, "The server's disk gives back other bytes each time.")
        }
        damage.times += 1
        let report = try await storage.write { transaction in
          guard let account = try transaction.account(session.account) else {
            return JournalRepair.Report()
          }
          return try JournalRepair.repair(account.slot, account.id, in: transaction)
        }
        damage.damagedCount += report.damagedCount
        damage.corrections += report.corrections
        news.publish(session.account)
      }
    }
  }

  /// Subscribes, then reads, then waits, so that nothing falls in between. Every reading checks
  /// the session anew.
  private func answerWhenNews(
    _ pull: Pull, seconds: Int, _ damage: inout Damage
  ) async throws -> SyncOutcome {
    guard
      let subscription = news.subscribe(
        to: pull.session.account, waitersMax: limits.waitersPerAccountMax)
    else { return .tooManyWaiters }
    let end = clock.now() + Int64(seconds) * 1000
    while true {
      let outcome = try await answer(pull, &damage)
      guard case .answer(let answer) = outcome, pull.isQuiet(answer) else { return outcome }
      let left = min(end - clock.now(), Int64(seconds) * 1000)
      guard left > 0 else { return outcome }
      switch try await subscription.wait(for: .milliseconds(left), clock) {
      case .news: continue
      case .timeout: return try await self.answer(pull, &damage)
      case .ended: return outcome
      }
    }
  }
}

extension SyncRequest {
  /// There is something to say at once to a request that brings operations or goes on with pages.
  fileprivate var mayWait: Bool {
    waitSeconds > 0 && operations.isEmpty && token.isEmpty && !pushOnly
  }
}
