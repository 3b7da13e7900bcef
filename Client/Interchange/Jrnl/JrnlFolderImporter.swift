private import Foundation
internal import JournalModel

/// jrnl's folders: a file of text for each day, `2020/08/29.txt`.
enum JrnlFolderImporter: Importer {
  static func recognises(_ source: ImportSource) throws -> Bool {
    guard source.isFolder else { return false }
    return try files(of: source.path).contains { $0.day != nil }
  }

  static func read(
    _ source: ImportSource, _ settings: ImportSettings, report: inout ImportReport,
    take: (ImportedRecord) throws -> Void
  ) throws {
    for (name, day) in try files(of: source.path) {
      guard let day else {
        report.note(.passedOver("other files in jrnl's folder"), SourcePlace(file: name))
        continue
      }
      try JrnlFile(path: source.path + "/" + name, name: name, day: day)
        .read(settings, &report, take)
    }
  }

  /// All files in the order of their names; `day` is `nil` for those that are none of jrnl's.
  private static func files(of folder: String) throws -> [(name: String, day: CivilDay?)] {
    guard let paths = FileManager.default.enumerator(atPath: folder) else {
      throw ImportError.unreadable(path: folder, systemError: EACCES)
    }
    var files: [(name: String, day: CivilDay?)] = []
    while let name = paths.nextObject() as? String {
      guard paths.fileAttributes?[.type] as? FileAttributeType == .typeRegular else { continue }
      files.append((name, day(name)))
    }
    return files.sorted { $0.name < $1.name }
  }

  private static func day(_ name: String) -> CivilDay? {
    let parts = name.split(separator: "/")
    guard name.hasSuffix(".txt"), parts.map(\.utf8.count) == [4, 2, 6],
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2].dropLast(4))
    else { return nil }
    return CivilDay(year: year, month: month, day: day)
  }
}
