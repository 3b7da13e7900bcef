internal import Synchronization

/// The time zones' rules, read one zone at a time when first needed; and which zone is the local
/// one.
///
/// It touches no file itself: `bytesOfZone` gives the TZif bytes (RFC 9636) of a zone by its name,
/// or `nil`. Copies share what was read.
package struct ZoneRules: Sendable {
  private let memory: Memory

  /// - Parameters:
  ///   - timeZoneVariable: what `$TZ` says: a zone, `:ZONE`, a path to one, or a POSIX rule such as
  ///     `CET-1CEST,M3.5.0,M10.5.0/3`; `nil` when unset.
  ///   - systemZone: the system's zone, asked only when `$TZ` does not say.
  ///   - bytesOfZone: only ever asked for names that `ZoneName.isValid` accepts.
  package init(
    timeZoneVariable: String?, systemZone: @escaping @Sendable () -> SystemZone?,
    bytesOfZone: @escaping @Sendable (String) -> [UInt8]?
  ) {
    memory = Memory(variable: timeZoneVariable, systemZone: systemZone, bytesOfZone: bytesOfZone)
  }

  /// Knows UTC and offsets, and is there.
  package static let utc = ZoneRules(
    timeZoneVariable: "UTC", systemZone: { nil }, bytesOfZone: { _ in nil })

  /// The zone where this machine is; UTC when nothing says which.
  package var local: LocalZone { memory.local() }

  /// The rules of a zone or of an offset; those of UTC when there are none.
  package func zone(_ name: String) -> Zone { knownZone(name) ?? .utc }

  /// The rules of a zone or of an offset.
  package func knownZone(_ name: String) -> Zone? { memory.zone(name) }

  /// What the system says its zone is.
  package enum SystemZone: Hashable, Sendable {
    /// A zone's name, or the path of its file.
    case named(String)
    /// TZif bytes that come without a name.
    case rules([UInt8])
  }

  /// A zone as the machine is set to it.
  package struct LocalZone: Sendable {
    /// `nil` when it is given by a rule and has no name that a date could carry.
    package let name: String?
    package let zone: Zone

    package func offsetMinutes(atUnixSeconds seconds: Int) -> Int {
      zone.offsetMinutes(atUnixSeconds: seconds)
    }

    /// The name a date carries: the zone's, or its offset at that time.
    func name(atOffsetMinutes minutes: Int) -> String {
      name ?? ZoneName.offset(minutes: minutes)
    }
  }
}

/// What was read so far.
private final class Memory: Sendable {
  private let variable: String?
  private let systemZone: @Sendable () -> ZoneRules.SystemZone?
  private let bytesOfZone: @Sendable (String) -> [UInt8]?
  private let known = Mutex(Known())

  private struct Known {
    var local: ZoneRules.LocalZone?
    var zonesByName: [String: Zone?] = [:]
  }

  init(
    variable: String?, systemZone: @escaping @Sendable () -> ZoneRules.SystemZone?,
    bytesOfZone: @escaping @Sendable (String) -> [UInt8]?
  ) {
    self.variable = variable
    self.systemZone = systemZone
    self.bytesOfZone = bytesOfZone
  }

  func zone(_ name: String) -> Zone? {
    known.withLock { zone(name, &$0) }
  }

  func local() -> ZoneRules.LocalZone {
    known.withLock { known in
      if let local = known.local { return local }
      let local = findLocal(&known)
      known.local = local
      return local
    }
  }

  private func zone(_ name: String, _ known: inout Known) -> Zone? {
    if let zone = known.zonesByName[name] { return zone }
    let zone = read(name)
    known.zonesByName[name] = .some(zone)
    return zone
  }

  private func read(_ name: String) -> Zone? {
    guard ZoneName.isValid(name) else { return nil }
    if let minutes = ZoneName.offsetMinutes(name) {
      return Zone(rule: PosixZone(offsetSeconds: minutes * 60))
    }
    if let zone = bytesOfZone(name).flatMap(Zone.init(tzif:)) { return zone }
    return name == "UTC" || name == "Etc/UTC" ? .utc : nil
  }

  private func findLocal(_ known: inout Known) -> ZoneRules.LocalZone {
    let wanted = variable.map(LocalZoneSetting.init) ?? .system
    switch wanted {
    case .rule(let rule):
      // A name may look like a rule (EST5EDT): the zone of that name comes first.
      if let zone = zone(rule, &known) { return .init(name: rule, zone: zone) }
      if let rule = PosixZone(rule) { return .init(name: nil, zone: Zone(rule: rule)) }
    case .named(let name):
      if let zone = zone(name, &known) { return .init(name: name, zone: zone) }
    case .system:
      switch systemZone() {
      case .named(let text)?:
        guard let name = LocalZoneSetting.zoneName(text), let zone = zone(name, &known) else {
          break
        }
        return .init(name: name, zone: zone)
      case .rules(let bytes)?:
        guard let zone = Zone(tzif: bytes) else { break }
        return .init(name: nil, zone: zone)
      case nil:
        break
      }
    }
    return .init(name: "UTC", zone: .utc)
  }
}

/// What `$TZ` asks for.
private enum LocalZoneSetting {
  case named(String)
  /// A name or a POSIX rule.
  case rule(String)
  case system

  init(_ variable: String) {
    let text = variable.hasPrefix(":") ? String(variable.dropFirst()) : variable
    if text.isEmpty {
      self = .named("UTC")
    } else if text == "/etc/localtime" {
      self = .system
    } else if text.hasPrefix("/") {
      self = .named(Self.zoneName(text) ?? "UTC")
    } else {
      self = .rule(Self.withoutVariant(text))
    }
  }

  /// `Europe/Berlin` from that, or from the path of its file.
  static func zoneName(_ text: String) -> String? {
    let folder = "zoneinfo/"
    guard text.contains("/"), text.contains(folder) else {
      return ZoneName.isValid(text) ? text : nil
    }
    let parts = text.split(separator: "/", omittingEmptySubsequences: true)
    guard let index = parts.lastIndex(of: "zoneinfo") else { return nil }
    let name = withoutVariant(parts[(index + 1)...].joined(separator: "/"))
    return ZoneName.isValid(name) ? name : nil
  }

  /// `posix/` and `right/` are folders with the same zones; journals do not count leap seconds.
  private static func withoutVariant(_ name: String) -> String {
    for variant in ["posix/", "right/"] where name.hasPrefix(variant) {
      return String(name.dropFirst(variant.count))
    }
    return name
  }
}
