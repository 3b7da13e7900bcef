extension JournalDate {
  /// A time as a clock in that zone showed it; in the local zone if `zone` is `nil`.
  ///
  /// Of a time that occurs twice the earlier is meant; one that is skipped moves forward.
  ///
  /// - Parameters:
  ///   - secondOfDay: 0 to 86,399, else the nearest of these.
  ///   - zone: a name or an offset that `zones` knows; `nil` is returned for any other.
  package init?(day: CivilDay, secondOfDay: Int, in zone: String?, _ zones: ZoneRules) {
    guard let rules = NamedZone(zone, zones) else { return nil }
    let second = min(max(secondOfDay, 0), 86_399)
    let (seconds, offset) = rules.zone.unixSeconds(ofLocal: day, secondOfDay: second)
    self.init(unixSeconds: seconds, offsetMinutes: offset, timeZone: rules.name(at: offset))
  }

  /// A whole day there; in the local zone if `zone` is `nil`; `nil` for a zone not known.
  package init?(day: CivilDay, in zone: String?, _ zones: ZoneRules) {
    guard let rules = NamedZone(zone, zones) else { return nil }
    let (_, offset) = rules.zone.unixSeconds(ofLocal: day, secondOfDay: 0)
    self.init(day: day, timeZone: rules.name(at: offset))
  }

  /// An instant as the clocks of that zone show it, cut to whole seconds; `nil` for a zone not
  /// known.
  package init?(unixMilliseconds: Int64, in zone: String?, _ zones: ZoneRules) {
    guard let rules = NamedZone(zone, zones) else { return nil }
    let seconds = Int(unixMilliseconds.flooredDivision(by: 1000))
    let offset = rules.zone.offsetMinutes(atUnixSeconds: seconds)
    self.init(unixSeconds: seconds, offsetMinutes: offset, timeZone: rules.name(at: offset))
  }
}

/// A zone and what a date calls it.
private struct NamedZone {
  let zone: Zone
  private let name: String?

  init?(_ name: String?, _ zones: ZoneRules) {
    guard let name else {
      let local = zones.local
      zone = local.zone
      self.name = local.name
      return
    }
    guard let known = zones.knownZone(name) else { return nil }
    zone = known
    self.name = name
  }

  func name(at offsetMinutes: Int) -> String {
    name ?? ZoneName.offset(minutes: offsetMinutes)
  }
}
