import Foundation
import JournalModel
import TestSupport

@testable import Interchange

/// What came of a source, for tests to look at.
struct Taken {
  var entries: [EntryDraft] = []
  var records: [ImportedRecord] = []
  var report = ImportReport()

  /// Reads with the importer that recognises the source, as of that format.
  init(path: String, as format: ImportFormat) throws {
    let source = try ImportSource(path: path)
    guard let importer = try format.importers.first(where: { try $0.recognises(source) }) else {
      throw ImportError.notRecognised(path: path, as: format)
    }
    var report = ImportReport()
    var records: [ImportedRecord] = []
    try importer.read(source, .sample, report: &report) { records.append($0) }
    self.report = report
    self.records = records
    entries = records.compactMap { record in
      if case .entry(let draft) = record.content { draft } else { nil }
    }
  }

  /// The same for a file that holds just this.
  init(
    _ text: String, named name: String, as format: ImportFormat
  ) throws {
    try self.init(bytes: Array(text.utf8), named: name, as: format)
  }

  init(bytes: [UInt8], named name: String, as format: ImportFormat) throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/" + name
    try Data(bytes).write(to: URL(filePath: path))
    try self.init(path: path, as: format)
    withExtendedLifetime(folder) {}
  }
}

extension ImportSettings {
  /// At noon of 2026-11-21, in Berlin.
  static var sample: ImportSettings {
    let zones = ZoneRules(timeZoneVariable: "Europe/Berlin", systemZone: { nil }) { name in
      FileManager.default.contents(atPath: "/usr/share/zoneinfo/" + name).map { Array($0) }
    }
    return ImportSettings(now: 1_795_258_800_000, zones: zones)
  }
}
