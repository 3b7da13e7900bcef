private import Glibc
package import JournalModel

extension ZoneRules {
  /// The zones of this machine: `$TZ`, else `/etc/localtime`; rules from `$TZDIR` or
  /// `/usr/share/zoneinfo`.
  ///
  /// Nothing is read before a zone is needed, and then only that zone's file of some 2 kB.
  /// Foundation's `TimeZone.current` takes longer, and in a static program without ICU is GMT
  /// whatever `$TZ` says.
  package static let system = ZoneRules(
    timeZoneVariable: environment("TZ"), systemZone: SystemZoneFiles.systemZone,
    bytesOfZone: SystemZoneFiles.bytes(ofZone:))
}

private enum SystemZoneFiles {
  static func bytes(ofZone name: String) -> [UInt8]? {
    contents((environment("TZDIR") ?? "/usr/share/zoneinfo") + "/" + name)
  }

  static func systemZone() -> ZoneRules.SystemZone? {
    if let target = linkTarget("/etc/localtime") { return .named(target) }
    // A copy, as containers have it: its name is the one in /etc/timezone if that is the same zone.
    guard let rules = contents("/etc/localtime") else { return nil }
    if let name = name(in: "/etc/timezone"), ZoneName.isValid(name), bytes(ofZone: name) == rules {
      return .named(name)
    }
    return .rules(rules)
  }

  private static func name(in path: String) -> String? {
    guard let line = contents(path)?.prefix(while: { $0 > 0x20 }) else { return nil }
    return String(decoding: line, as: UTF8.self)
  }

  private static func linkTarget(_ path: String) -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
      guard let start = buffer.baseAddress else { return nil }
      let count = readlink(path, start, buffer.count)
      guard count > 0 else { return nil }
      return String(decoding: UnsafeRawBufferPointer(buffer)[..<count], as: UTF8.self)
    }
  }

  /// A zone's file is far below 64 KiB; of anything longer the rest is not read, and no zone.
  private static func contents(_ path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    let bytes = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
      while count < buffer.count {
        let got = read(file, buffer.baseAddress.map { $0 + count }, buffer.count - count)
        if got <= 0 { break }
        count += got
      }
    }
    return bytes.isEmpty ? nil : bytes
  }
}

private func environment(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }
}
