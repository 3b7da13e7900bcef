internal import JournalModel

/// Notes in Markdown or Org, one of them or a folder: Obsidian, Logseq, Jekyll, Ebb's own export.
///
/// A file is an entry, but for those in which Ebb itself has put several records.
enum MarkdownImporter: Importer {
  static func recognises(_ source: ImportSource) throws -> Bool {
    source.isFolder ? NoteFiles.hold(noteIn: source.path) : NoteFiles.isNote(source.name)
  }

  static func read(
    _ source: ImportSource, _ settings: ImportSettings, report: inout ImportReport,
    take: (ImportedRecord) throws -> Void
  ) throws {
    // Folders above it can name a day, however somebody has come to it.
    let path = SystemFiles.resolved(source.path) ?? source.path
    guard source.isFolder else {
      let dating = NoteDating(settings, order: order([source.name], nil, settings))
      return try MarkdownFile(path: path, name: source.name, dating: dating)
        .read(&report, take)
    }
    let files = try NoteFiles(of: source.path, &report)
    let dating = NoteDating(settings, order: order(files.notes, path, settings))
    for name in files.notes {
      do {
        try MarkdownFile(path: "\(path)/\(name)", name: name, dating: dating)
          .read(&report, take)
      } catch ImportError.unreadable(_, let error) {
        report.fault(.unreadable(systemError: error), SourcePlace(file: name))
      }
    }
  }

  /// What names and fields show of how dates are written.
  private static func order(
    _ names: [String], _ folder: String?, _ settings: ImportSettings
  ) -> NoteDateOrder {
    let dates = names.lazy.flatMap { name -> [NoteDate] in
      let file = name.split(separator: "/").last.map(String.init) ?? name
      let inName = NoteDate.found(in: NoteFiles.withoutEnding(file))?.date
      return [inName, folder.flatMap { dateField(of: "\($0)/\(name)", settings) }].compactMap { $0 }
    }
    return NoteDateOrder(dates, settings)
  }

  /// The date that stands in the first lines of a note.
  private static func dateField(of path: String, _ settings: ImportSettings) -> NoteDate? {
    guard let bytes = try? SourceFile.read(path, bytesMax: fieldBytesMax) else { return nil }
    let encoding = settings.encoding ?? TextEncoding.marked(bytes) ?? .utf8
    let lines = encoding.utf8(bytes).split(separator: 0x0a, omittingEmptySubsequences: false)
    guard lines.first.map({ $0.starts(with: "---".utf8) }) == true else { return nil }
    for line in lines.dropFirst().prefix(while: { !$0.starts(with: "---".utf8) }) {
      let text = String(decoding: line, as: UTF8.self)
      guard let (key, rest) = FrontMatter.keyAndRest(text), key.lowercased() == "date" else {
        continue
      }
      return NoteDate(whole: YAMLText.scalar(YAMLText.split(comment: rest).value))
    }
    return nil
  }

  private static let fieldBytesMax = 2_048
}

/// One file of notes.
struct MarkdownFile {
  let path: String
  /// As the report names it.
  let name: String
  let dating: NoteDating

  /// More than any note; the records of Ebb's own files are read one by one.
  private static let noteBytesMax = Limits.Text.text.bytesMax + 1 << 20

  /// - Throws: `ImportError`, and what `take` throws.
  func read(_ report: inout ImportReport, _ take: (ImportedRecord) throws -> Void) throws {
    var lines: [String] = []
    var bytes = 0
    var hasReturns = false
    var sections: MarkdownSections?
    var fault: (reason: ImportFault.Reason, line: Int)?
    let settings = dating.settings
    try SourceFile.lines(of: path, encoding: settings.encoding, keepsReturns: true) {
      number, line in
      // Only where the first line ends so do all: a text can hold a return of its own.
      if number == 1 { hasReturns = line.last == 0x0d }
      let line = hasReturns && line.last == 0x0d ? line.dropLast() : line
      if sections != nil {
        try sections?.add(line, number, &report, take)
        return
      }
      bytes += line.count + 1
      guard fault == nil, bytes <= Self.noteBytesMax else { return }
      do throws(CheckedText.WrongByte) {
        lines.append(try CheckedText.string(line))
      } catch {
        fault = (.notText(byte: error.position), number)
      }
      if number > 1, line.elementsEqual("---".utf8),
        let matter = MarkdownSections.matter(FrontMatter.split(lines, isOrg: false).0)
      {
        sections = MarkdownSections(name: name, matter: matter, settings: settings)
        lines = []
      }
    }
    if sections != nil {
      try sections?.finish(&report, take)
      return try readOwnWords(sections?.preface ?? [], sections?.matter, &report, take)
    }
    let place = SourcePlace(file: name)
    if bytes > Self.noteBytesMax {
      let bytesMax = Limits.Text.text.bytesMax
      fault = (.input(.tooLong(field: "text", bytes: bytes, bytesMax: bytesMax)), 1)
    }
    if let fault {
      return report.fault(fault.reason, SourcePlace(file: name, line: fault.line))
    }
    try read(lines, place, &report, take)
  }

  private func read(
    _ lines: [String], _ place: SourcePlace, _ report: inout ImportReport,
    _ take: (ImportedRecord) throws -> Void
  ) throws {
    let (matter, body) = FrontMatter.split(lines, isOrg: NoteFiles.isOrg(name))
    if RecordFields.areRecord(matter) {
      // A blank line stands between the fields and the text.
      let text = body.dropFirst(body.first?.isEmpty == true ? 1 : 0).joined(separator: "\n")
      return try RecordFields.take(matter, body: text, place, dating.settings, &report, take)
    }
    if lines.contains(where: { $0.utf8.contains(0) }) {
      return report.fault(.malformed("it is no text"), place)
    }
    var note = Note(matter, Array(body), path: path, place: place)
    if let record = try note.record(dating, &report) { try take(record) }
  }

  /// What somebody has written above the records in a file of Ebb's.
  private func readOwnWords(
    _ lines: [String], _ matter: FrontMatter?, _ report: inout ImportReport,
    _ take: (ImportedRecord) throws -> Void
  ) throws {
    guard lines.contains(where: { !$0.isBlankText }) else { return }
    var matter = matter ?? FrontMatter()
    _ = matter.take(["ebb"])
    var note = Note(matter, lines, path: path, place: SourcePlace(file: name))
    if let record = try note.record(dating, &report) { try take(record) }
  }
}
