internal import JournalModel

/// What `jrnl --format json` prints: `{"tags": {…}, "entries": [{"title", "body", "date", …}]}`.
enum JrnlJSONImporter: Importer {
  static let isDocument = true

  static func recognises(_ source: ImportSource) throws -> Bool {
    guard !source.isFolder,
      let outline = JSONDocument.outline(try source.beginning(bytesMax: 1 << 18))
    else { return false }
    return !outline.isArray && outline.names.contains("entries")
      && outline.namesOfEntries.isSuperset(of: ["title", "body", "date"])
  }

  static func read(
    _ source: ImportSource, _ settings: ImportSettings, report: inout ImportReport,
    take: (ImportedRecord) throws -> Void
  ) throws {
    try JSONDocument.read(source, settings) { reader in
      try reader.forEachMember { name, reader in
        guard name == "entries" else {
          let value = try reader.value()
          // The tags are counted there once more.
          if name != "tags" && !value.isEmpty {
            report.note(.leftOut(name), SourcePlace(file: source.name))
          }
          return
        }
        var places = ElementPlaces(file: source.name)
        try reader.forEachElement { reader in
          _ = reader.next()
          let place = places.next(line: reader.line())
          let value = try reader.value()
          guard let record = record(value, at: place, settings, &report) else { return }
          try take(record)
        }
      }
    }
  }

  private static let names: Set = ["title", "body", "date", "time", "tags", "starred", "uuid"]

  private static func record(
    _ value: JSONValue, at place: SourcePlace, _ settings: ImportSettings,
    _ report: inout ImportReport
  ) -> ImportedRecord? {
    guard let members = value.members else {
      report.fault(.malformed("it is not an object in braces"), place)
      return nil
    }
    guard let written = value["date"]?.string else {
      report.fault(.noDate, place)
      return nil
    }
    let text = [written, value["time"]?.string].compactMap { $0 }.joined(separator: " ")
    guard let date = JrnlDate(text), let day = date.day(.monthFirst) else {
      report.fault(.date(.notUnderstood(text)), place)
      return nil
    }
    guard let dated = JournalDate(day: day, secondOfDay: date.secondOfDay, in: nil, settings.zones)
    else { return nil }
    report.note(.zoneAssumed(nil), place)
    let entry = JrnlEntry(
      title: value["title"]?.plainText ?? "", body: value["body"]?.plainText ?? "",
      isStarred: value["starred"]?.boolean ?? false, tags: value["tags"]?.strings ?? [])
    var draft = entry.draft(dated)
    var kept = KeptFields()
    for member in members where !names.contains(member.key) && !member.value.isEmpty {
      kept.add(member.key, member.value.plainText)
      report.note(.keptInText(member.key), place)
    }
    draft.text = kept.appended(to: draft.text)
    guard !draft.text.isBlankText else {
      report.note(.empty, place)
      return nil
    }
    let id = value["uuid"]?.string
    return ImportedRecord(
      .entry(draft), identity: id.map { .source($0) } ?? .content, place: place)
  }
}
