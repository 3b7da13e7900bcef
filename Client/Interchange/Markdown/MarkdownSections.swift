internal import JournalModel

/// Reads the records that Ebb has put into one file, one after the other.
struct MarkdownSections {
  let name: String
  /// What the file says of itself.
  let matter: FrontMatter
  let settings: ImportSettings
  /// Lines before the first record: no words of Ebb's.
  private(set) var preface: [String] = []
  private var part = Part.preface
  private var section = Section()

  private enum Part {
    case preface
    case fields
    case heading
    /// The blank line under the heading.
    case blank
    case text
  }

  private struct Section {
    var line = 0
    var fields: [String] = []
    var text: [String] = []
    var bytes = 0
    var isWhole = true
  }

  init(name: String, matter: FrontMatter, settings: ImportSettings) {
    self.name = name
    self.matter = matter
    self.settings = settings
  }

  /// The fields, if they are those of a file with several records.
  static func matter(_ matter: FrontMatter) -> FrontMatter? {
    ["journal", "day"].contains(matter["ebb"]) ? matter : nil
  }

  mutating func add(
    _ line: ArraySlice<UInt8>, _ number: Int, _ report: inout ImportReport,
    _ take: (ImportedRecord) throws -> Void
  ) throws {
    let words = String(decoding: line, as: UTF8.self)
    do throws(CheckedText.WrongByte) {
      _ = try CheckedText.string(line)
    } catch {
      section.isWhole = false
      report.fault(.notText(byte: error.position), SourcePlace(file: name, line: number))
    }
    if words == MarkdownSection.opening && part != .fields {
      try finish(&report, take)
      section = Section()
      section.line = number
      part = .fields
      return
    }
    switch part {
    case .preface: preface.append(words)
    case .fields where words == MarkdownSection.closing: part = .heading
    case .fields: section.fields.append(words)
    // By bytes: a combining mark after the space would hide it.
    case .heading where words.utf8.starts(with: "## ".utf8): part = .blank
    case .blank where words.isEmpty, .heading where words.isEmpty: part = .text
    case .heading, .blank, .text:
      part = .text
      section.bytes += line.count + 1
      // So much is no record; its bytes are counted all the same, to be told.
      if section.bytes <= Limits.changeBytesMax * 2 {
        section.text.append(MarkdownSection.unescaped(words))
      }
    }
  }

  /// The record that ends here.
  mutating func finish(
    _ report: inout ImportReport, _ take: (ImportedRecord) throws -> Void
  ) throws {
    guard part != .preface, section.isWhole else { return }
    let place = SourcePlace(file: name, line: section.line)
    guard part != .fields, let matter = FrontMatter(yaml: section.fields[...]),
      RecordFields.areRecord(matter)
    else { return report.fault(.malformed("the fields of this record are broken"), place) }
    // The blank line before the next record goes with the line ends at the text's end.
    try RecordFields.take(
      matter, body: section.text.joined(separator: "\n"), place, settings, &report, take)
  }
}

extension RecordFields {
  /// Hands over the record that Ebb wrote; what is wrong with it is noted.
  static func take(
    _ matter: FrontMatter, body: String, _ place: SourcePlace, _ settings: ImportSettings,
    _ report: inout ImportReport, _ take: (ImportedRecord) throws -> Void
  ) throws {
    do {
      let body = body.withoutLineEndsAtEnd
      guard
        let record = try record(matter, body: body, place: place, settings, report: &report)
      else { return report.note(.empty, place) }
      let kind = RecordKind(rawValue: matter["kind"] ?? "")
      if bodyField(of: kind) == nil && !body.isBlankText {
        report.fault(.malformed("a step has no text, and this stands below it"), place)
      }
      try take(record)
    } catch let error as InputError {
      report.fault(.input(error), place)
    } catch let error as TypedDateError {
      report.fault(.date(error), place)
    }
  }
}
