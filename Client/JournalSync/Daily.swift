/// What is done once a day.
enum Daily {
  static let milliseconds: Int64 = 24 * 60 * 60 * 1000

  /// Whether it was not done within a day before `now`: never, earlier, or by a clock that was ahead.
  /// Both in Unix milliseconds.
  static func isDue(last: Int64?, at now: Int64) -> Bool {
    last.map { !(0..<milliseconds).contains(now &- $0) } ?? true
  }
}
