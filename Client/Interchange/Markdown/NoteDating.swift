internal import JournalModel

/// Finds out when a note was written: by what it says of itself, then by its name, its folders and
/// its first heading.
struct NoteDating {
  let settings: ImportSettings
  let order: NoteDateOrder

  init(_ settings: ImportSettings, order: NoteDateOrder) {
    self.settings = settings
    self.order = order
  }

  /// What a note shows of its date.
  struct Signs {
    /// Front matter's `date` and `time`.
    var date: String?
    var time: String?
    var created: String?
    var title: String?
    var firstHeading: String?
    /// Of the path, the file's name without its ending last.
    var pathParts: [String]
  }

  struct Found {
    var date: JournalDate
    /// What the name says beside the date.
    var nameWords: String
    /// The day of a name or a field that does not exist, or what the field says else.
    var impossible: String?
    /// Nothing said it.
    var isOfFile = false
    /// Front matter's `date` was understood.
    var usesField = false
    var usesTime = false
  }

  /// - Parameter path: of the file, for the day it was last changed where nothing else is known.
  func date(
    _ signs: Signs, path: String, _ place: SourcePlace, _ report: inout ImportReport
  ) -> Found {
    let name = signs.pathParts.last ?? ""
    let inName = NoteDate.found(in: name)
    let inFolders = inName == nil ? NoteDate.folders(signs.pathParts) : nil
    let words = inName?.rest ?? inFolders?.rest ?? name
    let field = signs.date.flatMap(NoteDate.init(whole:))
    let candidates: [(NoteDate?, String?)] = [
      (field, nil), (inName?.date, "file name"),
      (inFolders.map { NoteDate(.known($0.day)) }, "folder names"),
      (signs.created.flatMap(NoteDate.init(whole:)), "field “created”"),
      (signs.title.flatMap(NoteDate.leading), "title"),
      (signs.firstHeading.flatMap(NoteDate.leading), "first heading"),
    ]
    var impossible: String?
    for (index, (candidate, origin)) in candidates.enumerated() {
      guard var candidate else { continue }
      guard let day = order.day(candidate, place, &report) else {
        if case .impossible(let text) = candidate.day { impossible = impossible ?? text }
        continue
      }
      if candidate.secondOfDay == nil, inName.flatMap({ order.day($0.date) }) == day {
        candidate.secondOfDay = inName?.date.secondOfDay
      }
      var usesTime = false
      if candidate.secondOfDay == nil, let clock = signs.time.flatMap(clock) {
        candidate.secondOfDay = clock
        usesTime = true
      }
      if let origin { report.note(.dateTaken(from: origin), place) }
      return Found(
        date: dated(candidate, day, place, &report), nameWords: words, impossible: impossible,
        usesField: index == 0, usesTime: usesTime)
    }
    return Found(
      date: SourceFile.dayOfLastChange(path, settings), nameWords: impossible == nil ? words : name,
      impossible: impossible ?? signs.date, isOfFile: true)
  }

  /// Unix milliseconds of a date in a field; of a whole day, its start.
  func milliseconds(_ written: String) -> Int64? {
    if let exact = RecordFields.milliseconds(utc: written) { return exact }
    guard let date = NoteDate(whole: written), let day = order.day(date)
    else { return nil }
    var ignored = ImportReport()
    return dated(date, day, SourcePlace(file: ""), &ignored).instantMilliseconds(settings.zones)
  }

  private func dated(
    _ date: NoteDate, _ day: CivilDay, _ place: SourcePlace, _ report: inout ImportReport
  ) -> JournalDate {
    let zones = settings.zones
    if let zone = date.zone,
      let dated = JournalDate(day: day, secondOfDay: date.secondOfDay, in: zone, zones)
    {
      return dated
    }
    if date.secondOfDay != nil, date.offset != nil,
      let dated = try? JournalDate.typed(date.written(on: day), now: settings.now, zones: zones)
    {
      return dated
    }
    report.note(.zoneAssumed(date.zone), place)
    return JournalDate(day: day, secondOfDay: date.secondOfDay, in: nil, zones)
      ?? JournalDate(day: day, timeZone: "UTC")
  }

  /// `8:15`, `8:15 pm`
  private func clock(_ written: String) -> Int? {
    NoteDate(whole: "2000-01-01 " + written)?.secondOfDay
  }
}
