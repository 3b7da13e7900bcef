internal import JournalModel

/// Day One's JSON: `{"metadata": {…}, "entries": [{"creationDate", "text", …}]}`.
struct DayOneDocument {
  let bytes: [UInt8]
  /// As the report names it.
  let file: String
  /// The journal that its entries belong to; `nil` for the default one.
  var journal: String?

  /// Whether this is the beginning of one.
  static func begins(_ beginning: [UInt8]) -> Bool {
    guard let outline = JSONDocument.outline(beginning), !outline.isArray else { return false }
    if outline.names.contains("metadata") {
      return outline.names.contains("entries") || outline.names.count == 1
    }
    return !outline.namesOfEntries.isDisjoint(with: ownNames)
  }

  /// Whether an archive keeps what belongs to entries, and is no text, in folders of this name.
  static func isMediaFolder(_ name: Substring) -> Bool {
    ["photos", "videos", "audios", "pdfs"].contains(name)
  }

  /// Enough to see that.
  static let beginningBytesMax = 1 << 18

  /// Members that entries of no other program have; they come in any order.
  private static let ownNames: Set = [
    "creationDate", "modifiedDate", "creationDevice", "creationOSName", "editingTime", "richText",
    "isAllDay",
  ]

  /// - Throws: `ImportError`, and what `take` throws.
  func read(
    _ settings: ImportSettings, _ report: inout ImportReport,
    _ take: (ImportedRecord) throws -> Void
  ) throws {
    let reading = DayOneReading(settings: settings, journal: journal)
    var hasEntries = false
    try JSONDocument.read(bytes, file: file, settings) { reader in
      try reader.forEachMember { name, reader in
        guard name == "entries", reader.next() == UInt8(ascii: "[") else {
          let value = try reader.value()
          // It tells the version of the format.
          if name != "metadata" && !value.isEmpty {
            report.note(.leftOut(name), SourcePlace(file: file))
          }
          return
        }
        hasEntries = true
        var places = ElementPlaces(file: file)
        try reader.forEachElement { reader in
          _ = reader.next()
          let place = places.next(line: reader.line())
          let value = try reader.value()
          guard let record = reading.record(value, at: place, &report) else { return }
          try take(record)
        }
      }
    }
    guard hasEntries else {
      throw ImportError.damaged(SourcePlace(file: file), reason: "it has no list of entries")
    }
  }
}
