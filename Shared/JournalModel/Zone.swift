/// The rules of one time zone: when which offset applies.
package struct Zone: Sendable {
  /// The changes of the past.
  private let table: TZifTable?
  /// What applies after the last of them, or always.
  private let rule: PosixZone

  init(table: TZifTable, rule: PosixZone?) {
    self.table = table
    self.rule = rule ?? PosixZone(offsetSeconds: table.lastOffsetSeconds)
  }

  init(rule: PosixZone) {
    table = nil
    self.rule = rule
  }

  package static let utc = Zone(rule: PosixZone(offsetSeconds: 0))

  /// Minutes east of UTC; historic offsets with seconds are rounded to the nearest minute.
  package func offsetMinutes(atUnixSeconds seconds: Int) -> Int {
    let exact =
      table?.offsetSeconds(atUnixSeconds: seconds) ?? rule.offsetSeconds(atUnixSeconds: seconds)
    return (exact + 30).flooredDivision(by: 60)
  }
}

extension Zone {
  /// The instant at which clocks there show a time, and their offset then.
  ///
  /// Of a time that occurs twice, the earlier. A time that is skipped moves forward by as much as
  /// the clocks do.
  package func unixSeconds(
    ofLocal day: CivilDay, secondOfDay: Int
  ) -> (seconds: Int, offsetMinutes: Int) {
    let local = day.daysSinceEpoch * 86_400 + secondOfDay
    // No offset is further from UTC than 26 hours (RFC 9636), so the instant is in between.
    let window = 26 * 3600
    let before = offsetMinutes(atUnixSeconds: local - window)
    let usual = local - before * 60
    if offsetMinutes(atUnixSeconds: local + window) == before,
      offsetMinutes(atUnixSeconds: usual) == before
    {
      return (usual, before)
    }

    let samples = Array(stride(from: local - window, through: local + window, by: 1800))
    let offsets = Set(samples.map(offsetMinutes(atUnixSeconds:)))
    let instants = offsets.map { (seconds: local - $0 * 60, offsetMinutes: $0) }
      .filter { offsetMinutes(atUnixSeconds: $0.seconds) == $0.offsetMinutes }
    if let earliest = instants.min(by: { $0.seconds < $1.seconds }) { return earliest }

    // Skipped: read by the offset from before the clocks went forward.
    let lastBefore = samples.last { $0 + offsetMinutes(atUnixSeconds: $0) * 60 <= local }
    let offset = lastBefore.map(offsetMinutes(atUnixSeconds:)) ?? before
    let seconds = local - offset * 60
    return (seconds, offsetMinutes(atUnixSeconds: seconds))
  }
}
