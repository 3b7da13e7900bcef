internal import OperationLog
internal import SyncProtocol

/// How late a timestamp may be: guards against wrong clocks, which would win every merge for as
/// long as they are ahead.
enum TimestampRule {
  /// The later of the clock and five minutes, and of the greatest accepted and one second: so a
  /// journal whose clock once ran ahead goes on being written in.
  static func max(greatestAccepted: Timestamp, now: Int64) -> Timestamp {
    let byClock = Timestamp(milliseconds: now)
      .advanced(byMilliseconds: ProtocolLimits.driftMillisecondsMax)
    let byGreatest =
      greatestAccepted
      .advanced(byMilliseconds: ProtocolLimits.driftPastGreatestMillisecondsMax)
    return Swift.max(byClock, byGreatest)
  }
}
