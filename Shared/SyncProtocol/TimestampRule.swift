package import OperationLog

/// How late a timestamp may be: guards against wrong clocks, which would win every merge for as
/// long as they are ahead. The server keeps the rule; the client knows by it a server that does not.
package enum TimestampRule {
  /// The later of the clock and five minutes, and of the greatest accepted and one second: so a
  /// journal whose clock once ran ahead goes on being written in.
  ///
  /// - Parameter now: the server's clock, Unix milliseconds.
  package static func max(greatestAccepted: Timestamp, now: Int64) -> Timestamp {
    let byClock = Timestamp(milliseconds: now)
      .advanced(byMilliseconds: ProtocolLimits.driftMillisecondsMax)
    let byGreatest =
      greatestAccepted
      .advanced(byMilliseconds: ProtocolLimits.driftPastGreatestMillisecondsMax)
    return Swift.max(byClock, byGreatest)
  }
}
