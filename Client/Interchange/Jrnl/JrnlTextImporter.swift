internal import JournalModel

/// jrnl's text files: `[2019-07-08 05:42] Title`, lines of text, and the next.
enum JrnlTextImporter: Importer {
  static func recognises(_ source: ImportSource) throws -> Bool {
    guard !source.isFolder else { return false }
    let beginning = try source.beginning(bytesMax: 1 << 16)
    if JrnlSealing.isSealed(beginning) { return true }
    if JrnlSealing.isSealedByFirstVersion(beginning, source.fileExtension) { return true }
    let isNamedSo = ["journal", "jrnl"].contains(source.fileExtension)
    let encoding = TextEncoding.marked(beginning) ?? .utf8
    let text = String(decoding: encoding.utf8(beginning), as: UTF8.self)
    // jrnl begins with an empty file.
    if text.isBlankText { return isNamedSo }
    if isForReading(text) { return false }
    let mayBeText = isNamedSo || ["", "txt", "text"].contains(source.fileExtension)
    var isFirst = true
    for line in text.split(whereSeparator: \.isNewline) where !line.isBlankText {
      let header = JrnlHeader(String(line))
      if isFirst && header != nil { return mayBeText || header?.hasBrackets == true }
      if mayBeText && header?.hasBrackets == true && header?.date.day != nil { return true }
      isFirst = false
    }
    return false
  }

  /// Ebb's own plain text, which is to be read and printed: a heading with a date, underlined. As
  /// jrnl's it would be one entry with everything in it.
  private static func isForReading(_ text: String) -> Bool {
    let lines = text.split(
      maxSplits: 2, omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    guard lines.count > 1, let first = lines.first, first.count > 9 else { return false }
    return lines[1].count == min(first.count, 72) && lines[1].allSatisfy { $0 == "-" }
  }

  static func read(
    _ source: ImportSource, _ settings: ImportSettings, report: inout ImportReport,
    take: (ImportedRecord) throws -> Void
  ) throws {
    try JrnlFile(path: source.path, name: source.name).read(settings, &report, take)
  }
}

/// One file of jrnl's text.
struct JrnlFile {
  let path: String
  /// As the report names it.
  let name: String
  /// Of all its entries, whatever they say, where the file's name says it.
  var day: CivilDay?

  /// - Throws: `ImportError`, and what `take` throws.
  func read(
    _ settings: ImportSettings, _ report: inout ImportReport,
    _ take: (ImportedRecord) throws -> Void
  ) throws {
    let beginning = try SourceFile.read(path, bytesMax: 4096)
    let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
    if JrnlSealing.isSealed(beginning)
      || settings.encoding == nil && JrnlSealing.isSealedByFirstVersion(beginning, ending)
    {
      throw ImportError.encrypted(path: path)
    }
    let order = try order(settings)
    var reading = JrnlReading(file: self, order: order, settings: settings)
    try SourceFile.lines(of: path, encoding: settings.encoding) { number, line in
      try reading.add(line, number, &report, take)
    }
    try reading.finish(&report, take)
  }

  /// Whether days or months come first, as far as one line of the file shows it; else `nil`.
  private func order(_ settings: ImportSettings) throws -> JrnlDate.Order? {
    var order: JrnlDate.Order?
    try SourceFile.lines(of: path, encoding: settings.encoding) { _, line in
      guard order == nil, line.first == UInt8(ascii: "["),
        case .either(let first, let second, _) = JrnlHeader(
          String(decoding: line.prefix(80), as: UTF8.self) + " ")?.date.day
      else { return }
      if first > 12 { order = .dayFirst } else if second > 12 { order = .monthFirst }
    }
    return order
  }
}

/// Gathers the lines of a file into entries.
private struct JrnlReading {
  let file: JrnlFile
  let order: JrnlDate.Order?
  let settings: ImportSettings
  private var header: (date: JournalDate, line: Int)?
  private var text = ""
  /// The first line of text that no date stands before.
  private var dateless: Int?
  private var isWhole = true
  private var hasSeenBrackets = false

  private var name: String { file.name }
  private var day: CivilDay? { file.day }

  init(file: JrnlFile, order: JrnlDate.Order?, settings: ImportSettings) {
    self.file = file
    self.order = order
    self.settings = settings
  }

  mutating func add(
    _ line: ArraySlice<UInt8>, _ number: Int, _ report: inout ImportReport,
    _ take: (ImportedRecord) throws -> Void
  ) throws {
    let words = String(decoding: line, as: UTF8.self)
    // Among entries with brackets, a line that begins with a date is text.
    if let found = JrnlHeader(words), found.hasBrackets || !hasSeenBrackets,
      let date = date(found.date, number, &report)
    {
      try finish(&report, take)
      hasSeenBrackets = hasSeenBrackets || found.hasBrackets
      header = (date, number)
      text = found.rest + "\n"
    } else {
      if header == nil && !words.isBlankText && dateless == nil { dateless = number }
      text += words + "\n"
    }
    do throws(CheckedText.WrongByte) {
      _ = try CheckedText.string(line)
    } catch {
      isWhole = false
      report.fault(.notText(byte: error.position), SourcePlace(file: name, line: number))
    }
  }

  /// The entry that ends here.
  mutating func finish(
    _ report: inout ImportReport, _ take: (ImportedRecord) throws -> Void
  ) throws {
    defer {
      header = nil
      dateless = nil
      text = ""
      isWhole = true
    }
    guard isWhole else { return }
    guard let header else { return try finishDateless(&report, take) }
    let place = SourcePlace(file: name, line: header.line)
    let entry = JrnlEntry(text: text)
    guard !entry.title.isEmpty || !entry.body.isEmpty else { return report.note(.empty, place) }
    try take(ImportedRecord(.entry(entry.draft(header.date)), place: place))
  }

  /// Text before the first date, which jrnl drops without a word: an entry of the day that the
  /// file's name says, else of that on which it was last changed, which is told.
  private func finishDateless(
    _ report: inout ImportReport, _ take: (ImportedRecord) throws -> Void
  ) throws {
    guard let dateless else { return }
    let place = SourcePlace(file: name, line: dateless)
    let entry = JrnlEntry(text: text)
    if let day, let date = JournalDate(day: day, in: nil, settings.zones) {
      return try take(ImportedRecord(.entry(entry.draft(date)), place: place))
    }
    let date = SourceFile.dayOfLastChange(file.path, settings)
    report.fault(.dateless(impossible: nil, takenFor: date.day), place)
    // The same file with another time says the same.
    let identity = ImportedRecord.Identity.source("dateless\n" + text)
    try take(ImportedRecord(.entry(entry.draft(date)), identity: identity, place: place))
  }

  /// `nil` for a line that goes on with the entry: a bare time, or a day or a time that does not
  /// exist, which is told.
  private func date(
    _ written: JrnlDate, _ number: Int, _ report: inout ImportReport
  ) -> JournalDate? {
    let place = SourcePlace(file: name, line: number)
    if written.day == nil && day == nil { return nil }
    guard let day = day ?? written.day(order ?? .monthFirst) else {
      report.fault(.malformed("there is no such day, so it was read as text"), place)
      return nil
    }
    guard !written.isTimeImpossible else {
      report.fault(.malformed("there is no such time, so it was read as text"), place)
      return nil
    }
    if case .either = written.day, order == nil, self.day == nil {
      report.note(.dateOrderAssumed, place)
    }
    report.note(.zoneAssumed(nil), place)
    return JournalDate(day: day, secondOfDay: written.secondOfDay, in: nil, settings.zones)
  }
}
