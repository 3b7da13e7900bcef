internal import JournalModel

/// What a backup of Daylio's holds: `dayEntries`, and the moods and activities that they name by
/// number.
struct DaylioBackup {
  private let value: JSONValue
  private let settings: ImportSettings
  private let place: SourcePlace
  private let moods: [Int: Mood]
  private let activities: [Int: String]

  private struct Mood {
    var word: String
    var level: Int
  }

  init(_ value: JSONValue, _ settings: ImportSettings, _ place: SourcePlace) {
    self.value = value
    self.settings = settings
    self.place = place
    moods = Self.moods(value["customMoods"]?.elements ?? [])
    activities = Dictionary(
      (value["tags"]?.elements ?? []).compactMap { tag in
        guard let id = tag["id"]?.integer, let name = tag["name"]?.string, !name.isBlankText
        else { return nil }
        return (id, name.trimmedOfWhiteSpace)
      }, uniquingKeysWith: { _, last in last })
  }

  func read(
    _ report: inout ImportReport, _ take: (ImportedRecord) throws -> Void
  ) throws {
    nameRest(&report)
    for entry in value["dayEntries"]?.elements ?? [] {
      guard let record = record(entry, &report) else { continue }
      try take(record)
    }
  }

  /// Names of Daylio's own moods, from the best, and the groups that owners put theirs in.
  private static let words = ["rad", "good", "meh", "bad", "awful"]

  private static func moods(_ elements: [JSONValue]) -> [Int: Mood] {
    var moods: [Int: Mood] = [:]
    for (index, word) in words.enumerated() {
      moods[index + 1] = Mood(word: word, level: 5 - index)
    }
    for element in elements {
      guard let id = element["id"]?.integer else { continue }
      let own = element["predefined_name_id"]?.integer.flatMap { number in
        (1...words.count).contains(number) ? words[number - 1] : nil
      }
      let custom = element["custom_name"]?.string ?? ""
      let group = element["mood_group_id"]?.integer.flatMap { (1...5).contains($0) ? $0 : nil }
      moods[id] = Mood(
        word: custom.isBlankText
          ? own ?? moods[id]?.word ?? "mood \(id)" : custom.trimmedOfWhiteSpace,
        level: group.map { 6 - $0 } ?? moods[id]?.level ?? DaylioMood.middle)
    }
    return moods
  }

  private func record(_ entry: JSONValue, _ report: inout ImportReport) -> ImportedRecord? {
    guard let members = entry.members else {
      report.fault(.malformed("an entry is not an object in braces"), place)
      return nil
    }
    guard let date = date(entry) else {
      report.fault(.noDate, place)
      return nil
    }
    guard let mood = entry["mood"]?.integer.flatMap({ moods[$0] }) else {
      report.fault(.malformed("the entry of \(date.day) has no mood"), place)
      return nil
    }
    var log = DaylioLog(date: date, mood: mood.word, level: mood.level)
    let tags = entry["tags"]?.elements ?? []
    log.activities = tags.compactMap { $0.integer.flatMap { activities[$0] } }
    if log.activities.count < tags.count {
      report.note(
        .leftOut("activities without a name"), place, count: tags.count - log.activities.count)
    }
    log.title = entry["note_title"]?.plainText ?? ""
    log.note = entry["note"]?.plainText ?? ""
    let assets = entry["assets"]?.elements?.count ?? 0
    if assets > 0 { report.note(.media("attachment"), place, count: assets) }
    for member in members where !Self.known.contains(member.key) && !member.value.isEmpty {
      // What is not so says nothing.
      if member.value == .boolean(false) { continue }
      log.kept.add(member.key, member.value.plainText)
      report.note(.keptInText(member.key), place)
    }
    return ImportedRecord(
      .mood(log.draft(place, &report)), identity: identity(entry), place: place)
  }

  private static let known: Set = [
    "id", "minute", "hour", "day", "month", "year", "datetime", "timeZoneOffset", "mood", "note",
    "note_title", "tags", "assets",
  ]

  /// Ids are small numbers, the same in everybody's backup; with their instant they are one's own.
  private func identity(_ entry: JSONValue) -> ImportedRecord.Identity {
    guard let id = entry["id"]?.integer, let instant = entry["datetime"]?.integer else {
      return .content
    }
    return .source("\(id) \(instant)")
  }

  /// The clock as it was, with the zone of this machine if that had the same offset then.
  private func date(_ entry: JSONValue) -> JournalDate? {
    let offset = entry["timeZoneOffset"]?.integer.map { $0 / 60_000 }
    let zone = offset.flatMap { (-1080...1080).contains($0) ? ZoneName.offset(minutes: $0) : nil }
    guard let instant = entry["datetime"]?.double, abs(instant) < 1e15 else {
      return clock(entry, in: zone)
    }
    let local = JournalDate(unixMilliseconds: Int64(instant), in: settings.zones)
    if zone == nil || local.time?.offsetMinutes == offset { return local }
    return JournalDate(unixMilliseconds: Int64(instant), in: zone, settings.zones)
  }

  /// Months are counted from 0.
  private func clock(_ entry: JSONValue, in zone: String?) -> JournalDate? {
    guard let year = entry["year"]?.integer, let month = entry["month"]?.integer, month < 12,
      let number = entry["day"]?.integer,
      let day = CivilDay(year: year, month: month + 1, day: number)
    else { return nil }
    guard let hour = entry["hour"]?.integer, let minute = entry["minute"]?.integer,
      (0..<24).contains(hour), (0..<60).contains(minute)
    else { return JournalDate(day: day, in: zone, settings.zones) }
    return JournalDate(
      day: day, secondOfDay: hour * 3600 + minute * 60, in: zone, settings.zones)
  }

  /// What a backup holds beside entries.
  private func nameRest(_ report: inout ImportReport) {
    let names = ["goals": "goals", "goalEntries": "goals", "writingTemplates": "templates"]
    for member in value.members ?? [] where !member.value.isEmpty {
      switch member.key {
      case "dayEntries", "customMoods", "tags", "assets": break
      case let key where names[key] != nil:
        report.note(
          .leftOut(names[key] ?? key), place, count: member.value.elements?.count ?? 1)
      case "tag_groups":
        report.note(
          .leftOut("groups of activities"), place, count: member.value.elements?.count ?? 1)
      default: report.note(.leftOut("settings of Daylio"), place)
      }
    }
  }
}
