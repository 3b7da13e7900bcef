internal import JournalModel
private import OperationLog

/// Reads one JSON object with the names of Ebb's own JSON into a record.
///
/// What it does not know is left in `unknown`, for the importer to keep or to name.
struct RecordObject {
  private let members: [JSONValue.Member]
  private let settings: ImportSettings
  private let place: SourcePlace
  private var read: Set<String> = []

  init(_ members: [JSONValue.Member], _ settings: ImportSettings, _ place: SourcePlace) {
    self.members = members
    self.settings = settings
    self.place = place
  }

  /// Members that say something and were not asked for.
  var unknown: [JSONValue.Member] {
    members.filter { !read.contains($0.key) && !$0.value.isEmpty }
  }

  /// The member of the first of these names that is there and says something.
  mutating func take(_ names: String...) -> JSONValue? {
    for name in names {
      guard let value = members.last(where: { $0.key == name })?.value else { continue }
      read.insert(name)
      if !value.isEmpty { return value }
    }
    return nil
  }

  mutating func text(_ names: String...) throws -> String? {
    for name in names {
      switch take(name) {
      case nil: continue
      case .string(let text)?: return text
      case .number(let digits)?: return digits
      case .some: throw Wrong.type(name)
      }
    }
    return nil
  }

  mutating func integer(_ name: String) throws -> Int? {
    switch take(name) {
    case nil: return nil
    case .string(let text)?:
      guard let integer = Int(text) else { throw Wrong.number(name, text) }
      return integer
    case let value?: if let integer = value.integer { return integer }
    }
    throw Wrong.type(name)
  }

  mutating func boolean(_ name: String) throws -> Bool {
    switch take(name) {
    case nil: return false
    case .boolean(let boolean)?: return boolean
    case .some: throw Wrong.type(name)
    }
  }

  /// A list of names, or one name.
  mutating func names(_ name: String) throws -> [String] {
    switch take(name) {
    case nil: return []
    case .string(let one)?: return [one]
    case .array(let elements)?:
      let names = elements.compactMap(\.string)
      guard names.count == elements.count else { throw Wrong.type(name) }
      return names
    case .some: throw Wrong.type(name)
    }
  }

  enum Wrong: Error {
    case type(String)
    /// What stands where a whole number should.
    case number(String, String)
    case noDate
    case noText
  }
}

// Dates.
extension RecordObject {
  /// The date, in the zone that the object names, else in the local one, which is then noted.
  mutating func date(_ report: inout ImportReport) throws -> JournalDate {
    guard let value = take("date", "datetime", "timestamp", "time") else { throw Wrong.noDate }
    let zone = try text("timeZone", "timezone")
    if case .number = value { return try instant(value, zone) }
    guard var written = value.string else { throw Wrong.type("date") }
    // A time of its own belongs to a bare day.
    if CivilDay(written) != nil, let time = members.last(where: { $0.key == "time" })?.value.string,
      time.contains(":")
    {
      read.insert("time")
      written += " " + time
    }
    let date = try date(written, zone: zone, &report)
    // Ebb's own dates say it already; others give whole days the time of midnight.
    guard try boolean("allDay"), !date.isAllDay else { return date }
    return JournalDate(day: date.day, timeZone: date.timeZone)
  }

  mutating func optionalDate(_ name: String, _ report: inout ImportReport) throws -> JournalDate? {
    guard let written = try text(name) else { return nil }
    return try date(written, zone: nil, &report)
  }

  private func date(
    _ written: String, zone: String?, _ report: inout ImportReport
  ) throws -> JournalDate {
    // As Ebb writes them: the zone need not be known here.
    if let date = JournalDate(rfc9557: zone.map { "\(written)[\($0)]" } ?? written) { return date }
    let date = try JournalDate.typed(written, now: settings.now, zones: settings.zones)
    if let zone, settings.zones.knownZone(zone) != nil {
      return date.moved(to: zone, isInstant: Self.hasOffset(written), settings.zones) ?? date
    }
    if !Self.hasOffset(written) {
      report.note(.zoneAssumed(zone), place)
    } else if let zone {
      // The instant is as it was; only the name is of no use.
      report.note(.leftOut("time zone \(zone)"), place)
    }
    return date
  }

  /// Seconds or milliseconds since 1970: no day of a diary is within three years of it in both.
  private func instant(_ value: JSONValue, _ zone: String?) throws -> JournalDate {
    guard let number = value.double, abs(number) < 1e14 else { throw Wrong.type("date") }
    let milliseconds = Int64(abs(number) < 1e11 ? number * 1000 : number)
    return JournalDate(unixMilliseconds: milliseconds, in: zone, settings.zones)
      ?? JournalDate(unixMilliseconds: milliseconds, in: settings.zones)
  }

  private static func hasOffset(_ written: String) -> Bool {
    guard let time = written.firstIndex(of: ":") else { return written.hasSuffix("]") }
    return written.hasSuffix("]") || written.hasSuffix("Z") || written.hasSuffix("z")
      || written[time...].contains { $0 == "+" || $0 == "-" }
  }
}

extension JournalDate {
  /// The same instant or the same clock in another zone.
  fileprivate func moved(to zone: String, isInstant: Bool, _ zones: ZoneRules) -> JournalDate? {
    guard let time else { return JournalDate(day: day, in: zone, zones) }
    return isInstant
      ? JournalDate(unixMilliseconds: instantMilliseconds(zones), in: zone, zones)
      : JournalDate(day: day, secondOfDay: time.secondOfDay, in: zone, zones)
  }
}

// Records.
extension RecordObject {
  /// The record, by its `kind`; without one a mood log if it has no text but a measure.
  mutating func record(_ report: inout ImportReport) throws -> ImportedRecord {
    let kind = members.last { $0.key == "kind" }?.value.string
    if let kind, ["entry", "mood", "step"].contains(kind) { read.insert("kind") }
    let content: ImportedRecord.Content
    switch kind {
    case "mood": content = .mood(try mood(&report))
    case "step": content = .step(try step(&report))
    case "entry": content = .entry(try entry(&report))
    default: content = isMood ? .mood(try mood(&report)) : .entry(try entry(&report))
    }
    var record = ImportedRecord(content, identity: try identity(), place: place)
    record.createdAt = try created()
    record.isTrashed = try boolean("trashed")
    return record
  }

  /// It was a record of a journal before, and may be all that merging has left of one.
  private var wasRecord: Bool {
    let id = members.last { $0.key == "id" }?.value.string
    return id.flatMap(RecordID.init(hexadecimal:)) != nil && read.contains("kind")
  }

  private var isMood: Bool {
    let names = Set(members.filter { !$0.value.isEmpty }.map(\.key))
    return names.isDisjoint(with: ["text", "body", "content", "title"])
      && !names.isDisjoint(with: ["score", "closeness", "pull", "urge"])
  }

  private mutating func entry(_ report: inout ImportReport) throws -> EntryDraft {
    let date = try date(&report)
    let title = try text("title")
    let text = try text("text", "body", "content")
    // A title alone is a text; without either there may still be fields to keep.
    let textIsTitle = text == nil && !wasRecord
    var draft = EntryDraft(date: date, text: text ?? (textIsTitle ? title : nil) ?? "")
    draft.title = textIsTitle ? nil : title
    draft.isPartial = wasRecord
    draft.tags = try written("tags")
    draft.people = try written("people")
    draft.isStarred = try boolean("starred")
    draft.journal = try self.text("journal") ?? Entry.defaultJournal
    draft.prompt = try self.text("prompt")
    return draft
  }

  private mutating func mood(_ report: inout ImportReport) throws -> MoodDraft {
    var draft = MoodDraft(date: try date(&report))
    draft.isPartial = wasRecord
    draft.score = try integer("score")
    draft.energy = try integer("energy")
    draft.closeness = try integer("closeness")
    if let pull = try text("pull") {
      guard let known = Pull(rawValue: pull) else { throw InputError.unknownPull(pull) }
      draft.pull = known
    }
    draft.urge = try integer("urge")
    draft.emotions = try names("emotions")
    draft.signs = try names("signs")
    draft.trigger = try text("trigger")
    draft.said = try text("said")
    draft.meant = try text("meant")
    draft.fear = try text("fear")
    draft.action = try text("action")
    draft.technique = try text("technique")
    draft.scoreBefore = try integer("scoreBefore")
    draft.urgeBefore = try integer("urgeBefore")
    draft.note = try text("note")
    draft.people = try written("people")
    draft.tags = try written("tags")
    draft.entry = try text("entry").flatMap(RecordID.init(hexadecimal:))
    return draft
  }

  private mutating func step(_ report: inout ImportReport) throws -> StepDraft {
    let title = try text("title")
    guard title != nil || wasRecord else { throw Wrong.noText }
    var draft = StepDraft(title: title ?? "")
    draft.isPartial = wasRecord
    draft.rung = try integer("rung")
    draft.people = try written("people")
    draft.tags = try written("tags")
    draft.due = try optionalDate("due", &report)
    draft.fearedOutcome = try text("fearedOutcome")
    draft.fearBefore = try integer("fearBefore")
    draft.doneAt = try optionalDate("doneAt", &report)
    draft.actualOutcome = try text("actualOutcome")
    draft.fearAfter = try integer("fearAfter")
    draft.isSkipped = try boolean("skipped")
    return draft
  }

  /// The names that are registers: those in `derived` stand in the text, where they are found again.
  private mutating func written(_ name: String) throws -> [String] {
    let derived = take("derived")?[name]?.strings ?? []
    return try names(name).filter { !derived.contains($0) }
  }

  private mutating func identity() throws -> ImportedRecord.Identity {
    guard let id = try text("id", "uuid") else { return .content }
    return RecordID(hexadecimal: id).map { .record($0) } ?? .source(id)
  }

  /// When it was last changed says nothing once it is here: the time of its import is told.
  private mutating func created() throws -> Int64? {
    _ = take("modifiedAt")
    guard let text = try text("createdAt"),
      let date = try? JournalDate.typed(text, now: settings.now, zones: settings.zones)
    else { return nil }
    return date.instantMilliseconds(settings.zones) + Self.milliseconds(text)
  }

  private static func milliseconds(_ text: String) -> Int64 {
    guard let point = text.lastIndex(of: ".") else { return 0 }
    let digits = text[text.index(after: point)...].prefix { $0.isASCII && $0.isNumber }
    return Int64((digits + "000").prefix(3)) ?? 0
  }
}
