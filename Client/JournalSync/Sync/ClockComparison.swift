import OperationLog

/// How the server's clock and this machine's stand to each other.
struct ClockComparison {
  /// Unix milliseconds.
  let serverTime: Int64
  /// How far the server's clock is ahead of this machine's. A slow answer is no wrong clock: 0
  /// when the server's lies between sending and receiving.
  let differenceMilliseconds: Int64

  /// More than what is worth a word.
  var areApart: Bool { differenceMilliseconds.magnitude > 60_000 }

  /// - Parameters:
  ///   - serverTime: what the server says; any number may come.
  ///   - sentAt: this machine's clock before the request.
  ///   - receivedAt: the same after the answer; it may have jumped.
  init(serverTime: Int64, sentAt: Int64, receivedAt: Int64) {
    let here = [WallClock.clamped(sentAt), WallClock.clamped(receivedAt)].sorted()
    let server = WallClock.clamped(serverTime)
    self.serverTime = server
    differenceMilliseconds =
      server < here[0] ? server - here[0] : server > here[1] ? server - here[1] : 0
  }
}
