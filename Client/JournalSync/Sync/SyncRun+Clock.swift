import JournalStore
import OperationLog
import SyncProtocol

/// Wrong clocks. Whose is wrong cannot be known for sure, for there are but two; what other
/// machines wrote is the third.
extension SyncRun {
  /// The server finds a timestamp too late: stamps anew what it has not accepted, unless what it
  /// lacks is the reason.
  mutating func putClockRight(
    _ refused: OperationHeader, _ answer: WireSyncResponse, _ known: [DeviceKnowledge]
  ) async throws -> Next {
    let heads = try Heads(answer)
    let compared = try compare(known, with: heads)
    if let id = compared.contested, let next = try doubt(id) { return next }
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
    let suspect = try suspect(clock)
    let isFollowingServer = try store.clockOffsetMilliseconds != 0
    let count = try store.restamp(serverTime: clock.serverTime, greatest: greatest)
    if clock.areApart {
      report.warn(warning(clock, suspect, restamped: count))
    } else if count > 0, !isFollowingServer {
      // Else it was told when it was found wrong.
      report.warn(.clockWasWrong(machine: client.environment.hostName, operations: count))
    }
    return try allow(.timestamp)
  }

  /// Lets this machine's clock follow the server's, unless the server's is far ahead and nothing
  /// vouches for it; says so when they are found apart.
  mutating func followServerClock() throws {
    guard let clock else { return }
    let suspect = try suspect(clock)
    let difference = clock.differenceMilliseconds
    let isFollowed = suspect == .machine || difference < 0
    let isNewlyFollowed = try store.adjustClock(
      differenceMilliseconds: isFollowed ? difference : 0)
    let isNewlyDoubted = try noteDoubt(isFollowed ? 0 : difference)
    try deviceRecord.setTimeRight(client)
    guard isNewlyFollowed || isNewlyDoubted else { return }
    report.warn(warning(clock, suspect, restamped: 0))
  }

  /// Remembers by how much the server's clock is ahead without being followed, so that it is told
  /// once; whether there is something to tell.
  private func noteDoubt(_ difference: Int64) throws -> Bool {
    let before = try store.decodedSetting(.doubtedClock, as: Int64.self) ?? 0
    let isNew = (difference &- before).magnitude > 60_000
    guard isNew || difference == 0 && before != 0 else { return false }
    try store.setEncodedSetting(.doubtedClock, difference == 0 ? nil : difference)
    return difference != 0
  }

  func comparison(of answer: WireSyncResponse, sentAt: Int64? = nil) -> ClockComparison {
    let now = client.environment.wallClockMilliseconds()
    return ClockComparison(serverTime: answer.serverTime, sentAt: sentAt ?? now, receivedAt: now)
  }

  private func suspect(_ clock: ClockComparison) throws -> SuspectClock {
    guard clock.areApart else { return .machine }
    return try SuspectClock(
      serverTime: clock.serverTime, here: clock.serverTime - clock.differenceMilliseconds,
      elsewhere: store.greatestSharedTimestamp().milliseconds)
  }

  private func warning(
    _ clock: ClockComparison, _ suspect: SuspectClock, restamped: Int
  ) -> SyncWarning {
    let (machine, ahead) = (client.environment.hostName, clock.differenceMilliseconds)
    return switch suspect {
    case .machine:
      .clockWrong(machine: machine, operations: restamped, offsetMilliseconds: ahead)
    case .server: .serverClockWrong(operations: restamped, aheadMilliseconds: ahead)
    case .either: .clocksApart(machine: machine, aheadMilliseconds: ahead)
    }
  }
}

/// Whose clock is wrong, as far as this machine can tell. What others wrote is the third witness.
///
/// A server that is far ahead is not followed on its word alone: all clocks of the account would
/// be past that time for ever, and nobody could tell any more when a machine was last heard from.
/// A machine that is far behind loses nothing by it, for its clock is past whatever it receives.
enum SuspectClock: Hashable, Sendable {
  case machine
  case server
  case either

  /// Further ahead than a machine that slept, or a clock without a battery, is likely to be behind.
  private static let followedMilliseconds: Int64 = 30 * 24 * 60 * 60 * 1000
  /// 2026-01-01, before the first journal: an earlier clock is wrong by itself.
  private static let earliest: Int64 = 1_767_225_600_000

  /// - Parameters: Unix milliseconds; `elsewhere` is the greatest time of what others have seen, 0
  ///   if there is nothing, and asked for only where it makes a difference.
  init(
    serverTime: Int64, here: Int64, elsewhere findElsewhere: @autoclosure () throws -> Int64
  ) rethrows {
    let tolerated = Int64(ProtocolLimits.driftMillisecondsMax)
    let ahead = serverTime - here
    guard ahead > 0 else {
      let elsewhere = try findElsewhere()
      let isBehindOthers = elsewhere > serverTime + tolerated
      self = isBehindOthers && here + tolerated >= elsewhere ? .server : .machine
      return
    }
    guard ahead > Self.followedMilliseconds, here >= Self.earliest else {
      self = .machine
      return
    }
    let elsewhere = try findElsewhere()
    if elsewhere > here + tolerated {
      // This machine is behind, which does not make the server right.
      self = serverTime - elsewhere <= Self.followedMilliseconds ? .machine : .either
    } else if elsewhere == 0 || here - elsewhere > ahead / 10 {
      self = .either
    } else {
      // That something was written here or elsewhere just before a clock that is that far behind
      // would be a strange chance.
      self = .server
    }
  }
}
