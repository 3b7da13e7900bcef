internal import JournalModel

/// Makes records of Day One's entries.
struct DayOneReading {
  let settings: ImportSettings
  /// `nil` for the default one.
  var journal: String?

  /// The record, or `nil` where there is none; what is wrong is noted as a fault of its place.
  func record(
    _ value: JSONValue, at place: SourcePlace, _ report: inout ImportReport
  ) -> ImportedRecord? {
    guard case .object = value else {
      report.fault(.malformed("it is not an object in braces"), place)
      return nil
    }
    if let own = DayOneOwn.record(value, at: place) { return own }
    do throws(DayOneProblem) {
      let instant = try Self.instant(value)
      var draft = EntryDraft(
        date: date(instant, value, place, &report), text: try text(value, place, &report))
      draft.isStarred = value["starred"]?.boolean ?? false
      draft.journal = journal ?? draft.journal
      let written = Set(TextMarks(draft.text).names(.tag))
      draft.tags = DayOneFields.tags(value["tags"]).filter { !written.contains($0) }
      guard !draft.text.isBlankText else {
        report.note(.empty, place)
        return nil
      }
      var record = ImportedRecord(.entry(draft), identity: Self.identity(value), place: place)
      record.createdAt = instant
      return record
    } catch {
      report.fault(error.reason, place)
      return nil
    }
  }

  /// The same entry has the same id in every export, of Day One 1 too; letters are written large
  /// there and may be small elsewhere.
  private static func identity(_ value: JSONValue) -> ImportedRecord.Identity {
    guard let uuid = value["uuid"]?.string, !uuid.isBlankText else { return .content }
    return .source(uuid.trimmedOfWhiteSpace.filter { $0 != "-" }.uppercased())
  }
}

/// Why an entry cannot be taken.
struct DayOneProblem: Error {
  let reason: ImportFault.Reason
}

// Dates.
extension DayOneReading {
  /// Unix milliseconds.
  private static func instant(_ value: JSONValue) throws(DayOneProblem) -> Int64 {
    guard let member = value["creationDate"], !member.isEmpty else {
      throw DayOneProblem(reason: .noDate)
    }
    guard let text = member.string else {
      throw DayOneProblem(reason: .malformed("“creationDate” has a value of another kind"))
    }
    do throws(TypedDateError) {
      return try JournalDate.typed(text, now: 0, zones: .utc).instantMilliseconds(.utc)
    } catch {
      throw DayOneProblem(reason: .date(error))
    }
  }

  /// The instant as the clocks showed it where it was written, or its day there.
  private func date(
    _ instant: Int64, _ value: JSONValue, _ place: SourcePlace, _ report: inout ImportReport
  ) -> JournalDate {
    let written = value["timeZone"]?.string.flatMap { $0.isBlankText ? nil : $0 }
    let known = written.flatMap {
      JournalDate(
        unixMilliseconds: instant, in: DayOneZone.name($0) ?? $0, settings.zones)
    }
    if known == nil { report.note(.zoneAssumed(written), place) }
    let date = known ?? JournalDate(unixMilliseconds: instant, in: settings.zones)
    guard value["isAllDay"]?.boolean == true else { return date }
    return JournalDate(day: date.day, timeZone: date.timeZone)
  }
}

// Words.
extension DayOneReading {
  /// The text, and below it what has no place of its own.
  private func text(
    _ value: JSONValue, _ place: SourcePlace, _ report: inout ImportReport
  ) throws(DayOneProblem) -> String {
    let written = value["text"]
    if let written, written != .null, written.string == nil {
      throw DayOneProblem(reason: .malformed("“text” has a value of another kind"))
    }
    let rich = value["richText"]?.string
    let text: String
    if let written = written?.string, !written.isBlankText || rich == nil {
      text = DayOneMarkdown.unescaped(written, isGenerated: rich != nil)
    } else {
      text = rich.map(DayOneRichText.plain) ?? ""
    }
    let links = text.count(of: "dayone-moment:")
    if links > 0 { report.note(.keptInText("dayone-moment links"), place, count: links) }
    var fields = DayOneFields(place: place)
    fields.keep(value, hasText: !text.isBlankText, &report)
    return fields.kept.appended(to: text.withoutLineEndsAtEnd)
  }
}

extension String {
  /// How often a part occurs.
  fileprivate func count(of part: String) -> Int {
    guard contains(part) else { return 0 }
    let (bytes, part) = (Array(utf8), Array(part.utf8))
    return bytes.indices.count { bytes[$0] == part[0] && bytes[$0...].starts(with: part) }
  }

  var withoutLineEndsAtEnd: String {
    var rest = utf8[...]
    while let last = rest.last, last == 0x0a || last == 0x0d { rest = rest.dropLast() }
    return String(Substring(rest))
  }
}
