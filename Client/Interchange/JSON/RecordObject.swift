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
  /// Unix milliseconds: the date was told by a number, and what the clocks showed then only the zone
  /// of this machine says.
  private var instantWithoutZone: Int64?

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
    case .number(let digits)?:
      guard let integer = JSONValue.number(digits).integer else {
        throw Wrong.number(name, digits)
      }
      return integer
    case .some: throw Wrong.type(name)
    }
  }

  /// What says neither yes nor no is left in `unknown`.
  mutating func boolean(_ name: String) -> Bool {
    guard let value = members.last(where: { $0.key == name })?.value else { return false }
    let isTrue: Bool
    switch value {
    case .boolean(let boolean): isTrue = boolean
    case .string("true"), .string("yes"), .number("1"): isTrue = true
    case .string("false"), .string("no"), .number("0"): isTrue = false
    default: return false
    }
    read.insert(name)
    return isTrue
  }

  /// A list of names, or a text with commas between them.
  mutating func names(_ name: String) throws -> [String] {
    switch take(name) {
    case nil: return []
    case .string(let text)?:
      return text.split(separator: ",").map(\.trimmedOfWhiteSpace).filter { !$0.isEmpty }
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
    /// A number that is no time from the year 1000 to 9999.
    case outOfReach(String, String)
    case noDate
    case noText
    /// A kind of record that this version does not know.
    case kind(String)
  }
}

// Dates.
extension RecordObject {
  /// The date, in the zone that the object names, else in the local one, which is then noted.
  mutating func date(_ report: inout ImportReport) throws -> JournalDate {
    guard let value = take("date", "datetime", "timestamp", "time") else { throw Wrong.noDate }
    let zone = try text("timeZone", "timezone")
    let date: JournalDate
    if case .number = value {
      date = try self.date(instant: value, zone, &report)
    } else if let written = value.string {
      date = try self.date(withTime: written, zone, &report)
    } else {
      throw Wrong.type("date")
    }
    // Ebb's own dates say it already; others give whole days the time of midnight.
    guard boolean("allDay"), !date.isAllDay else { return date }
    return JournalDate(day: date.day, timeZone: date.timeZone)
  }

  private mutating func date(
    withTime written: String, _ zone: String?, _ report: inout ImportReport
  ) throws -> JournalDate {
    var written = written
    // A time of its own belongs to a bare day.
    if CivilDay(written) != nil, let time = members.last(where: { $0.key == "time" })?.value.string,
      time.contains(":")
    {
      read.insert("time")
      written += " " + time
    }
    return try date(written, zone: zone, &report)
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

  private mutating func date(
    instant value: JSONValue, _ zone: String?, _ report: inout ImportReport
  ) throws -> JournalDate {
    let milliseconds = try milliseconds(value)
    if let zone, let date = JournalDate(unixMilliseconds: milliseconds, in: zone, settings.zones) {
      return date
    }
    report.note(.zoneAssumed(zone), place)
    instantWithoutZone = milliseconds
    return JournalDate(unixMilliseconds: milliseconds, in: settings.zones)
  }

  /// Seconds or milliseconds since 1970: seconds where that is no earlier than 1800 and no later
  /// than a year from now.
  private func milliseconds(_ value: JSONValue) throws -> Int64 {
    guard let number = value.double else { throw Wrong.type("date") }
    let start1800 = -5_364_662_400_000.0
    let seconds = (start1800...Double(settings.now) + 366 * 86_400_000).contains(number * 1000)
    let milliseconds = seconds ? number * 1000 : number
    guard let exact = Int64(exactly: milliseconds.rounded(.down)),
      JournalDate.instants.contains(exact)
    else { throw Wrong.outOfReach("date", value.plainText) }
    return exact
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
    // Under an id of Ebb's it is no other program's word: a later version's record is not to be taken
    // for one of these.
    if let kind, !read.contains("kind"), hasRecordID { throw Wrong.kind(kind) }
    let content: ImportedRecord.Content
    switch kind {
    case "mood": content = .mood(try mood(&report))
    case "step": content = .step(try step(&report))
    case "entry": content = .entry(try entry(&report))
    default: content = isMood ? .mood(try mood(&report)) : .entry(try entry(&report))
    }
    var record = ImportedRecord(content, identity: try identity(), place: place)
    record.createdAt = created()
    record.isTrashed = boolean("trashed")
    return record
  }

  /// It was a record of a journal before, and may be all that merging has left of one.
  private var wasRecord: Bool { hasRecordID && read.contains("kind") }

  private var hasRecordID: Bool {
    let id = members.last { $0.key == "id" }?.value.string
    return id.flatMap(RecordID.init(hexadecimal:)) != nil
  }

  private var isMood: Bool {
    func says(_ names: String...) -> Bool {
      members.contains { names.contains($0.key) && !$0.value.isEmpty }
    }
    return says("score", "closeness", "pull", "urge") && !says("text", "body", "content", "title")
  }

  private mutating func entry(_ report: inout ImportReport) throws -> EntryDraft {
    let date = try date(&report)
    let title = try text("title")
    let text = try text("text", "body", "content", "entry")
    // A title alone is a text; without either there may still be fields to keep.
    let textIsTitle = text == nil && !wasRecord
    var draft = EntryDraft(date: date, text: text ?? (textIsTitle ? title : nil) ?? "")
    draft.title = textIsTitle ? nil : title
    draft.isPartial = wasRecord
    draft.tags = try written("tags")
    draft.people = try written("people")
    draft.isStarred = boolean("starred")
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
    draft.entry = recordID("entry")
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
    draft.isSkipped = boolean("skipped")
    return draft
  }

  /// The names that are registers: those in `derived` stand in the text, where they are found again.
  private mutating func written(_ name: String) throws -> [String] {
    let derived = take("derived")?[name]?.strings ?? []
    return try names(name).filter { !derived.contains($0) }
  }

  /// The record that a member names; anything else that it says is left.
  private mutating func recordID(_ name: String) -> RecordID? {
    guard let value = members.last(where: { $0.key == name })?.value,
      let id = value.string.flatMap(RecordID.init(hexadecimal:))
    else { return nil }
    read.insert(name)
    return id
  }

  private mutating func identity() throws -> ImportedRecord.Identity {
    let id = try text("id", "uuid")
    if let record = id.flatMap(RecordID.init(hexadecimal:)) { return .record(record) }
    if let id, id.utf8.count >= Self.ownIDBytesMin { return .source(id) }
    // Short ids are numbers, the same in everybody's file.
    return id == nil && instantWithoutZone == nil
      ? .content : .contentWith(id: id, instant: instantWithoutZone)
  }

  /// Of random ids: 16 characters of base 64 hold 96 bits.
  private static let ownIDBytesMin = 16

  /// When it was last changed says nothing once it is here: the time of its import is told.
  private mutating func created() -> Int64? {
    _ = take("modifiedAt")
    guard let value = members.last(where: { $0.key == "createdAt" })?.value,
      let created = created(value)
    else { return nil }
    read.insert("createdAt")
    return created
  }

  private func created(_ value: JSONValue) -> Int64? {
    guard let text = value.string else { return try? milliseconds(value) }
    let date = try? JournalDate.typed(text, now: settings.now, zones: settings.zones)
    return date.map { $0.instantMilliseconds(settings.zones) + Self.milliseconds(text) }
  }

  private static func milliseconds(_ text: String) -> Int64 {
    guard let point = text.lastIndex(of: ".") else { return 0 }
    let digits = text[text.index(after: point)...].prefix { $0.isASCII && $0.isNumber }
    return Int64((digits + "000").prefix(3)) ?? 0
  }
}
