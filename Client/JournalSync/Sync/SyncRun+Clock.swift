import JournalStore
import OperationLog
import SyncProtocol

/// Wrong clocks. Whose is wrong cannot be known for sure, for there are but two; what other
/// machines wrote is the third.
extension SyncRun {
  /// The server finds a timestamp too late: stamps anew what it has not accepted, unless what it
  /// lacks is the reason.
  mutating func putClockRight(
    _ refused: OperationHeader, _ answer: WireSyncResponse, _ known: [DeviceKnowledge],
    _ result: PushResult
  ) async throws -> Next {
    let heads = try Heads(answer)
    let compared = try compare(known, with: heads, pushed: result)
    if compared.isForked {
      try fork(from: nil)
      return try allow(.fork)
    }
    // With what it lost, the server has lost how late a timestamp of this journal may be.
    guard compared.missingThere.isEmpty else {
      try await rebuild(compared.missingThere)
      return try allow(.rebuild)
    }
    let released = try store.released(of: refused.device)
    guard refused.sequence > released else {
      // Some server has accepted it, so it cannot change any more.
      let range = OperationRange(device: refused.device, sequences: refused.sequence...released)
      try await rebuild([range])
      return try allow(.rebuild)
    }
    let clock = clock ?? comparison(of: answer)
    let greatest = Timestamp(rawValue: answer.greatestTimestamp)
    let latest = TimestampRule.max(greatestAccepted: greatest, now: clock.serverTime)
    guard refused.timestamp > latest else {
      // Its clock moved on, or another machine's operation came in between. Or it lies.
      return try allow(
        .timestamp, detail: "it refuses the time of what this machine wrote, without a reason")
    }
    let isServerWrong = try isServerWrong(clock)
    let count = try store.restamp(serverTime: clock.serverTime, greatest: greatest)
    // A clock that was put right since has nothing wrong with it any more.
    if clock.areApart {
      report.warn(warning(clock, isServerWrong: isServerWrong, restamped: count))
    }
    return try allow(.timestamp)
  }

  /// Lets this machine's clock follow the server's, and says so when they are found apart.
  mutating func followServerClock() throws {
    guard let clock else { return }
    let areApart = try store.adjustClock(differenceMilliseconds: clock.differenceMilliseconds)
    try deviceRecord.setTimeRight(client)
    guard areApart else { return }
    report.warn(warning(clock, isServerWrong: try isServerWrong(clock), restamped: 0))
  }

  func comparison(of answer: WireSyncResponse, sentAt: Int64? = nil) -> ClockComparison {
    let now = client.environment.wallClockMilliseconds()
    return ClockComparison(serverTime: answer.serverTime, sentAt: sentAt ?? now, receivedAt: now)
  }

  /// The server's clock is behind what was written elsewhere, which this machine's is not.
  private func isServerWrong(_ clock: ClockComparison) throws -> Bool {
    guard clock.differenceMilliseconds < 0 else { return false }
    let elsewhere = try store.greatestSharedTimestamp().milliseconds
    let here = clock.serverTime - clock.differenceMilliseconds
    let tolerated = Int64(ProtocolLimits.driftMillisecondsMax)
    return elsewhere > clock.serverTime + tolerated && here + tolerated >= elsewhere
  }

  private func warning(
    _ clock: ClockComparison, isServerWrong: Bool, restamped: Int
  ) -> SyncWarning {
    isServerWrong
      ? .serverClockWrong(
        operations: restamped, behindMilliseconds: -clock.differenceMilliseconds)
      : .clockWrong(
        machine: client.environment.hostName, operations: restamped,
        offsetMilliseconds: clock.differenceMilliseconds)
  }
}
