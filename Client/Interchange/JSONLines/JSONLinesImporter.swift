/// JSON Lines: one object a line, at least `{"date": …, "text": …}`, and any name of Ebb's JSON.
///
/// Other members are kept in the text. A line that is broken is named and the others are taken. One
/// object may also stand alone, over several lines.
enum JSONLinesImporter: Importer {
  static func recognises(_ source: ImportSource) throws -> Bool {
    guard !source.isFolder else { return false }
    if ["jsonl", "ndjson"].contains(source.fileExtension) { return true }
    guard let outline = JSONDocument.outline(try source.beginning(bytesMax: 1 << 16)) else {
      return false
    }
    return !outline.isArray && outline.names.contains("date")
      && outline.names.isDisjoint(with: ["entries", "metadata"])
  }

  static func read(
    _ source: ImportSource, _ settings: ImportSettings, report: inout ImportReport,
    take: (ImportedRecord) throws -> Void
  ) throws {
    let objects = ObjectReading(settings: settings)
    if let object = try oneObject(source, settings) {
      let place = SourcePlace(file: source.name, line: 1)
      guard let record = objects.record(object, at: place, &report) else { return }
      return try take(record)
    }
    try SourceFile.lines(of: source.path, encoding: settings.encoding) { number, line in
      guard line.contains(where: { $0 != 0x20 && $0 != 0x09 }) else { return }
      let place = SourcePlace(file: source.name, line: number)
      var reader = JSONReader(Array(line))
      do {
        let value = try reader.value()
        try reader.finish()
        guard let record = objects.record(value, at: place, &report) else { return }
        try take(record)
      } catch let error as JSONError {
        report.fault(
          error.reason == .notText ? .notText(byte: error.position + 1) : .malformed(error.clause),
          place)
      }
    }
  }

  /// The object that is all of a file, over several lines; `nil` for any other file.
  private static func oneObject(
    _ source: ImportSource, _ settings: ImportSettings
  ) throws -> JSONValue? {
    let beginning = try source.beginning(bytesMax: 1 << 16)
    let line = beginning.drop { $0 <= 0x20 }.prefix { $0 != 0x0a }
    var reader = JSONReader(Array(line))
    do {
      _ = try reader.value()
      return nil
    } catch let error as JSONError where error.reason == .endsEarly {
      var object: JSONValue?
      do {
        try JSONDocument.read(source, settings) { object = try $0.value() }
      } catch ImportError.damaged, ImportError.notText {
        return nil
      }
      return object
    } catch is JSONError {
      return nil
    }
  }
}
