import Foundation
import JournalModel
import TestSupport
import Testing

@Suite struct ZoneRulesTests {
  private static func local(
    _ variable: String?, _ system: ZoneRules.SystemZone? = nil
  ) -> ZoneRules.LocalZone {
    ZoneRules(timeZoneVariable: variable, systemZone: { system }, bytesOfZone: TZif.zone).local
  }

  /// Winter of 2026, and its summer.
  private static let winter = 1_795_219_200
  private static let summer = 1_782_000_000

  @Test(
    arguments: [
      ("Europe/Berlin", "Europe/Berlin", 60, 120),
      (":Europe/Berlin", "Europe/Berlin", 60, 120),
      ("posix/Europe/Berlin", "Europe/Berlin", 60, 120),
      ("/usr/share/zoneinfo/Europe/Berlin", "Europe/Berlin", 60, 120),
      (":/usr/share/zoneinfo/right/America/New_York", "America/New_York", -300, -240),
      ("", "UTC", 0, 0),
      ("UTC", "UTC", 0, 0),
      ("No/Where", "UTC", 0, 0),
      ("../../etc/passwd", "UTC", 0, 0),
      ("EST5EDT", nil, -300, -240),
      ("EST5EDT4,M3.2.0,M11.1.0", nil, -300, -240),
      ("<+0330>-3:30", nil, 210, 210),
      ("<-03>3", nil, -180, -180),
      ("XXX-5:45", nil, 345, 345),
      ("AEST-10AEDT,M10.1.0,M4.1.0/3", nil, 660, 600),
      ("IST-1GMT0,M10.5.0,M3.5.0/1", nil, 0, 60),
      ("EST5EDT,0/0,J365/25", nil, -240, -240),
      ("XXX5YYY,J60/0,J300/0", nil, -300, -240),
      ("XXX5YYY,59/-24,299/167", nil, -300, -240),
      ("XXX", "UTC", 0, 0),
      ("XX5", "UTC", 0, 0),
      ("XXX25", "UTC", 0, 0),
      ("XXX5YYY,M13.1.0,M3.1.0", "UTC", 0, 0),
      ("XXX5YYY,M3.0.0,M3.1.0", "UTC", 0, 0),
      ("XXX5YYY,J0,J1", "UTC", 0, 0),
      ("XXX5YYY,M3.1.0", "UTC", 0, 0),
      ("XXX99999999999999999999", "UTC", 0, 0),
      ("<>5", "UTC", 0, 0),
    ] as [(String, String?, Int, Int)])
  func `TZ says which zone is the local one`(
    variable: String, name: String?, winter: Int, summer: Int
  ) {
    let local = Self.local(variable)
    #expect(local.name == name)
    #expect(local.offsetMinutes(atUnixSeconds: Self.winter) == winter)
    #expect(local.offsetMinutes(atUnixSeconds: Self.summer) == summer)
  }

  @Test func `without TZ it is the system's zone, else UTC`() throws {
    #expect(Self.local(nil, .named("/usr/share/zoneinfo/Europe/Berlin")).name == "Europe/Berlin")
    #expect(Self.local(nil, .named("../usr/share/zoneinfo/Europe/Berlin")).name == "Europe/Berlin")
    #expect(Self.local(":/etc/localtime", .named("Europe/Berlin")).name == "Europe/Berlin")
    #expect(Self.local(nil).name == "UTC")
    #expect(Self.local(nil, .named("/somewhere/else")).name == "UTC")
    #expect(Self.local(nil, .rules([1, 2, 3])).name == "UTC")
    let unnamed = Self.local(nil, .rules(try #require(TZif.zone("Europe/Berlin"))))
    #expect(unnamed.name == nil)
    #expect(unnamed.offsetMinutes(atUnixSeconds: Self.winter) == 60)
  }

  @Test(arguments: SeededGenerator.seeds)
  func `damaged zone files trap nothing`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let good = try #require(TZif.zone("Pacific/Apia"))
    for _ in 0..<5000 {
      var bytes = good
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = random.next(upperBound: 255)
      }
      bytes.removeLast(Int.random(in: 0...bytes.count, using: &random) / 4)
      guard let zone = Zone(tzif: bytes), let day = CivilDay("2011-12-30") else { continue }
      for second in [0, 43_200, 86_399] { _ = zone.unixSeconds(ofLocal: day, secondOfDay: second) }
    }
  }

  @Test func `a cut zone file is none`() throws {
    let good = try #require(TZif.zone("Pacific/Apia"))
    let footer = 1 + "<+13>-13".utf8.count + 1
    for count in 0..<(good.count - footer) { #expect(Zone(tzif: Array(good[..<count])) == nil) }
  }

  // Below: the zones of this machine, against clock changes computed elsewhere.

  private static let folder = "/usr/share/zoneinfo"
  private static let transitions = ProjectFiles.sharedData + "/naughty/timezones/transitions.jsonl"
  private static let names = ProjectFiles.sharedData + "/naughty/timezones/zone-names.txt"

  private static func systemBytes(_ name: String) -> [UInt8]? {
    FileManager.default.contents(atPath: folder + "/" + name).map(Array.init)
  }

  private static func isThere(_ paths: String...) -> Bool {
    paths.allSatisfy(FileManager.default.fileExists(atPath:))
  }

  private struct Change: Decodable {
    let zone: String
    let utc: String
    let offset_before_s: Int
    let offset_after_s: Int
    let kind: String
    let local_from: String
    let local_to: String
  }

  @Test(.enabled(if: isThere(transitions, folder + "/Europe/Berlin")))
  func `clock changes of awkward zones are where they were computed`() throws {
    let zones = ZoneRules(
      timeZoneVariable: "UTC", systemZone: { nil }, bytesOfZone: Self.systemBytes)
    let lines = try String(contentsOfFile: Self.transitions, encoding: .utf8).split(separator: "\n")
    var wrong: [String] = []
    for line in lines {
      let change = try JSONDecoder().decode(Change.self, from: Data(line.utf8))
      // What is to come is another in every release of the zones' rules.
      guard change.utc < "2025", let zone = zones.knownZone(change.zone) else { continue }
      if !isRight(change, zone) { wrong.append(String(line)) }
    }
    #expect(lines.count > 900)
    #expect(wrong.isEmpty)
  }

  private func isRight(_ change: Change, _ zone: Zone) -> Bool {
    guard let utc = seconds(change.utc), let from = seconds(change.local_from),
      let to = seconds(change.local_to)
    else { return false }
    let before = (change.offset_before_s + 30).roundedDown(by: 60)
    let after = (change.offset_after_s + 30).roundedDown(by: 60)
    guard zone.offsetMinutes(atUnixSeconds: utc - 1) == before,
      zone.offsetMinutes(atUnixSeconds: utc) == after
    else { return false }
    // In the middle of what is skipped or twice: the instant by the offset from before.
    let middle = (from + to) / 2
    let day = CivilDay(clampingDaysSinceEpoch: middle.roundedDown(by: 86_400))
    let found = zone.unixSeconds(
      ofLocal: day, secondOfDay: middle - day.daysSinceEpoch * 86_400)
    return found.seconds == middle - before * 60
      && found.offsetMinutes == (change.kind == "gap" ? after : before)
  }

  private func seconds(_ text: String) -> Int? {
    let date = JournalDate(rfc9557: text.prefix(19) + "+00:00[UTC]")
    return date.map { Int($0.instantMilliseconds(.utc) / 1000) }
  }

  @Test(.enabled(if: isThere(names, folder + "/Europe/Berlin")))
  func `every zone's name can stand in a date, and its rules can be read`() throws {
    let zones = ZoneRules(
      timeZoneVariable: "UTC", systemZone: { nil }, bytesOfZone: Self.systemBytes)
    let names = try String(contentsOfFile: Self.names, encoding: .utf8).split(separator: "\n")
    #expect(names.count > 500)
    for name in names.map(String.init) {
      #expect(JournalDate(rfc9557: "2026-11-21[\(name)]")?.timeZone == name)
      if Self.systemBytes(name) != nil { #expect(zones.knownZone(name) != nil, "\(name)") }
    }
  }
}

extension Int {
  fileprivate func roundedDown(by divisor: Int) -> Int {
    (self - (self % divisor + divisor) % divisor) / divisor
  }
}
