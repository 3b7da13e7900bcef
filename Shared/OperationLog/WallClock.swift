/// Unix milliseconds that come from outside: a machine's clock, a server's answer.
package enum WallClock {
  /// The end of the year 9999.
  package static let millisecondsMax: Int64 = 253_402_300_799_999

  /// Brings a reading into the years 1970 to 9999. Whatever a clock says, timestamps have nine
  /// centuries left to go on in, and differences of readings cannot overflow.
  package static func clamped(_ milliseconds: Int64) -> Int64 {
    min(max(milliseconds, 0), millisecondsMax)
  }
}
