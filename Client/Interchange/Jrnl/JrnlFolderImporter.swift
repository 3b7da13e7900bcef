internal import JournalModel

/// jrnl's folders: a file of text for each day, `2020/08/29.txt`.
enum JrnlFolderImporter: Importer {
  static func recognises(_ source: ImportSource) throws -> Bool {
    guard source.isFolder else { return false }
    var ignored = ImportReport()
    var isFound = false
    try FolderWalk(root: source.path).run(&ignored) { path, item, _ in
      isFound = item == .file && day(path) != nil
      return isFound ? .end : .on
    }
    return isFound
  }

  static func read(
    _ source: ImportSource, _ settings: ImportSettings, report: inout ImportReport,
    take: (ImportedRecord) throws -> Void
  ) throws {
    for (name, day) in try files(of: source.path, &report) {
      try JrnlFile(path: source.path + "/" + name, name: name, day: day)
        .read(settings, &report, take)
    }
  }

  /// jrnl's own files, in the order of their names; others are noted.
  private static func files(
    of folder: String, _ report: inout ImportReport
  ) throws -> [(name: String, day: CivilDay)] {
    var files: [(name: String, day: CivilDay)] = []
    try FolderWalk(root: folder).run(&report) { path, item, report in
      if item == .folder { return .on }
      if item == .file, let day = day(path) {
        files.append((path, day))
      } else {
        report.note(.passedOver("other files in jrnl's folder"), SourcePlace(file: path))
      }
      return .on
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
