internal import JournalModel

extension JournalDate {
  /// What sources say: a clock of a day, or the whole day.
  ///
  /// - Parameter zone: `nil` for the local one. The result is `nil` for a name that is no zone here.
  init?(day: CivilDay, secondOfDay: Int?, in zone: String?, _ zones: ZoneRules) {
    if let secondOfDay {
      self.init(day: day, secondOfDay: secondOfDay, in: zone, zones)
    } else {
      self.init(day: day, in: zone, zones)
    }
  }
}
