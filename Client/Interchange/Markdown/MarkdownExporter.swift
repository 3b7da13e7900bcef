internal import JournalModel
internal import OperationLog

/// Markdown that can be imported again without loss: the fields of a record stand before its text,
/// as front matter where a file is one record, else in a comment that no reader shows.
struct MarkdownExporter: Exporter {
  private(set) var leftOut: [String: Int] = [:]
  private let target: ExportTarget
  private let grouping: ExportSettings.Grouping
  private let zones: ZoneRules
  private var isFirst = true

  init(_ target: ExportTarget, _ settings: ExportSettings) {
    self.target = target
    grouping = settings.grouping
    zones = settings.zones
  }

  mutating func add(_ record: ExportedRecord) throws {
    let state = record.state
    guard let page = ReadablePage(state) else { return }
    let fields = RecordFields.lines(state, leftOut: &leftOut)
    let body = RecordFields.bodyField(of: state.kind).flatMap {
      state[RegisterName($0)]?.text
    }
    switch (target, grouping) {
    case (.file(let file), _):
      if isFirst { try file.write("---\nebb: journal\n---\n") }
      try file.write("\n" + section(fields, heading: page.when, page, body))
    case (.folder(let folder), .entry):
      var name = fileName(state, page, idCharacters: 12)
      // A second record in that file would be read as text of the first.
      if folder.holds(name) { name = fileName(state, page, idCharacters: .max) }
      try folder.append(
        "---\n" + fields.joined(separator: "\n") + "\n---\n\n" + (body.map { $0 + "\n" } ?? ""),
        to: name)
    case (.folder(let folder), .day):
      let day = state.timelinePosition(zones).day
      let name = "\(day.year)/\(day).md"
      if !folder.holds(name) {
        try folder.append("---\nebb: day\ndate: \(day)\n---\n", to: name)
      }
      let clock = page.when.hasPrefix("\(day) ") ? String(page.when.dropFirst(11)) : ""
      try folder.append("\n" + section(fields, heading: clock, page, body), to: name)
    }
    isFirst = false
  }

  mutating func finish() throws {
    if case .file(let file) = target, isFirst { try file.write("---\nebb: journal\n---\n") }
  }

  private func section(
    _ fields: [String], heading when: String, _ page: ReadablePage, _ body: String?
  ) -> String {
    var words = [when, page.heading].filter { !$0.isEmpty }.joined(separator: " · ")
    if words.isBlankText { words = "All day" }
    let heading = words.utf8.split(whereSeparator: { $0 == 0x0a || $0 == 0x0d })
      .map { String(Substring($0)) }.joined(separator: " ")
    let known = fields + ["heading: \(YAMLText.written(heading))"]
    return MarkdownSection.opening + "\n" + known.joined(separator: "\n") + "\n"
      + MarkdownSection.closing + "\n## \(heading)\n\n"
      + (body.map { MarkdownSection.escaped($0) + "\n" } ?? "")
  }

  private func fileName(
    _ state: RecordState, _ page: ReadablePage, idCharacters: Int
  ) -> String {
    let day = state.timelinePosition(zones).day
    let clock = page.when.hasPrefix("\(day) ") ? page.when.dropFirst(11).filter { $0 != ":" } : ""
    let words = page.kind == .mood ? "mood" : page.heading
    var slug = ""
    for scalar in words.unicodeScalars where slug.utf8.count < 60 {
      if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
        slug.unicodeScalars.append(scalar)
      } else if !slug.isEmpty && !slug.hasSuffix("-") {
        slug += "-"
      }
    }
    if slug.hasSuffix("-") { slug.removeLast() }
    // The id makes names differ.
    let id = state.id.description.prefix(idCharacters)
    let parts = ["\(day)", String(clock), slug, String(id)]
    return "\(day.year)/" + parts.filter { !$0.isEmpty }.joined(separator: "-") + ".md"
  }
}

/// One of several records in a Markdown file.
enum MarkdownSection {
  static let opening = "<!-- ebb"
  static let closing = "-->"

  /// A line of a text that looks like an opening gets a backslash, and so do those that begin with
  /// backslashes before it.
  static func escaped(_ text: String) -> String {
    guard text.contains(opening) else { return text }
    return text.lines.map { looksLikeOpening($0) ? "\\" + $0 : $0 }.joined(separator: "\n")
  }

  static func unescaped(_ line: String) -> String {
    line.hasPrefix("\\") && looksLikeOpening(line) ? String(line.dropFirst()) : line
  }

  private static func looksLikeOpening(_ line: String) -> Bool {
    line.drop { $0 == "\\" }.hasPrefix(opening)
  }
}

extension String {
  /// At line feeds alone; a carriage return stays where it is.
  var lines: [String] {
    utf8.split(separator: 0x0a, omittingEmptySubsequences: false).map { String(Substring($0)) }
  }
}
