/// The clock that stamps operations: never goes back, and runs ahead of all it has seen.
///
/// It reads no time of its own: the caller passes the wall clock in, and keeps `last` in the
/// database, in the transaction that stores what the clock stamped.
package struct HybridClock: Hashable, Sendable {
  /// The greatest timestamp given out or seen.
  package private(set) var last: Timestamp

  package init(last: Timestamp = .zero) {
    self.last = last
  }

  /// A timestamp greater than every one before, near `wallClockMilliseconds` if time allows, and
  /// never past the year 9999 because a clock says so.
  package mutating func tick(wallClockMilliseconds: Int64) -> Timestamp {
    let now = Timestamp(milliseconds: WallClock.clamped(wallClockMilliseconds))
    last = max(last.next, now)
    return last
  }

  /// Moves past a timestamp that came from elsewhere.
  package mutating func observe(_ timestamp: Timestamp) {
    last = max(last, timestamp)
  }
}
