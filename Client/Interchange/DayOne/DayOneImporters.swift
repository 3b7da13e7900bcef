internal import JournalModel

/// A JSON file of Day One's, outside of its archive.
enum DayOneJSONImporter: Importer {
  static let isDocument = true

  static func recognises(_ source: ImportSource) throws -> Bool {
    guard !source.isFolder else { return false }
    return DayOneDocument.begins(
      try source.beginning(bytesMax: DayOneDocument.beginningBytesMax))
  }

  static func read(
    _ source: ImportSource, _ settings: ImportSettings, report: inout ImportReport,
    take: (ImportedRecord) throws -> Void
  ) throws {
    try DayOneDocument(bytes: source.bytes(), file: source.name).read(settings, &report, take)
  }
}

/// The archive that Day One exports: a JSON file for each journal, named like it, and folders of
/// photos, audio, video.
enum DayOneZipImporter: Importer {
  static let isDocument = true

  static func recognises(_ source: ImportSource) throws -> Bool {
    guard let archive = try ZipSource.archive(source) else { return false }
    return try !documents(in: archive, source).isEmpty
  }

  static func read(
    _ source: ImportSource, _ settings: ImportSettings, report: inout ImportReport,
    take: (ImportedRecord) throws -> Void
  ) throws {
    guard let archive = try ZipSource.archive(source) else { return }
    let documents = try documents(in: archive, source)
    for entry in documents {
      let bytes = try ZipSource.telling(source) { try archive.contents(of: entry) }
      let document = DayOneDocument(
        bytes: bytes, file: entry.name, journal: DayOneJournalName.journal(file: entry.name))
      try document.read(settings, &report, take)
    }
    for entry in archive.entries where !entry.isFolder && !documents.contains(entry) {
      // The entries tell of these, and are counted by what they say.
      let folders = entry.name.split(separator: "/").dropLast()
      if folders.contains(where: DayOneDocument.isMediaFolder) { continue }
      report.note(.passedOver("other files of the archive"), SourcePlace(file: entry.name))
    }
  }

  private static func documents(
    in archive: ZipArchive, _ source: ImportSource
  ) throws -> [ZipEntry] {
    try ZipSource.telling(source) {
      try archive.entries.filter { entry in
        guard entry.name.lowercased().hasSuffix(".json"), !isOfMac(entry.name) else { return false }
        return DayOneDocument.begins(
          try archive.beginning(of: entry, countMax: DayOneDocument.beginningBytesMax))
      }
    }
  }

  /// What macOS adds when it packs a folder.
  private static func isOfMac(_ name: String) -> Bool {
    name.split(separator: "/").contains { $0 == "__MACOSX" || $0.hasPrefix("._") }
  }
}

/// Which journal a file of the archive holds.
enum DayOneJournalName {
  /// Day One's first journal has this name.
  static let first = "Journal"

  /// `nil` for the default journal.
  static func journal(file: String) -> String? {
    guard let last = file.split(separator: "/").last else { return nil }
    let name = last.lowercased().hasSuffix(".json") ? String(last.dropLast(5)) : String(last)
    guard name != first else { return nil }
    return try? OneLineName.checked(name, field: "journal")
  }

  /// A name for the file of a journal, without its ending.
  static func file(journal: String) -> String {
    guard journal != Entry.defaultJournal else { return first }
    let name = String(
      journal.map { $0 == "/" || $0 == "\\" || $0 == ":" ? "-" : $0 }
    ).trimmedOfWhiteSpace
    return name.hasPrefix(".") || name.isEmpty ? "_" + name : name
  }
}
