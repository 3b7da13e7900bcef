internal import JournalModel

/// Text that jrnl reads: `[2024-02-29 08:15] Title`, the text below, an empty line.
///
/// jrnl knows entries alone; mood logs and steps become entries in words. Tags and people are
/// words that begin with `@`: those that the text does not have stand in a line below it.
///
/// Source: `Entry.__str__` and `Journal._parse` of jrnl 4.
struct JrnlExporter: Exporter {
  private(set) var leftOut: [String: Int] = [:]
  private let file: ExportFile
  private var isFirst = true

  init(_ file: ExportFile, _ settings: ExportSettings) {
    self.file = file
  }

  mutating func add(_ record: ExportedRecord) throws {
    let state = record.state
    guard let page = ReadablePage(state) else { return }
    let text: String
    if let entry = Entry(state) {
      text = [entry.title.map(Self.onOneLine), entry.text].compactMap { $0 }.joined(separator: "\n")
      noteFields(of: entry)
    } else {
      text = ([page.heading] + page.paragraphs).joined(separator: "\n")
    }
    let names = Self.names(notIn: text, state)
    let body = names.isEmpty ? text : text.withoutWhiteSpaceAtEnd + "\n\n" + names
    try file.write((isFirst ? "" : "\n") + Self.written(body, page, isStarred: page.isStarred))
    isFirst = false
    for register in state.registersWithoutPlace { leftOut[register, default: 0] += 1 }
    // It comes back as any other.
    if state.isTrashed { leftOut["trashed", default: 0] += 1 }
  }

  mutating func finish() throws {}

  private mutating func noteFields(of entry: Entry) {
    if entry.journal != Entry.defaultJournal { leftOut["journal", default: 0] += 1 }
    if entry.prompt != nil { leftOut["prompt", default: 0] += 1 }
  }

  private static func written(_ text: String, _ page: ReadablePage, isStarred: Bool) -> String {
    // jrnl keeps no empty lines before the first line of an entry.
    var lines = text.lines
    while lines.count > 1, lines[0].isBlankText { lines.removeFirst() }
    // Nor empty ones below it, for it takes the first line for a title.
    while lines.count > 2, lines[1].isBlankText { lines.remove(at: 1) }
    if isStarred { lines[0] = lines[0].withoutWhiteSpaceAtEnd + " *" }
    for index in lines.indices.dropFirst() where looksLikeHeader(lines[index]) {
      lines[index] = " " + lines[index]
    }
    return "[\(page.when)] " + lines.joined(separator: "\n").withoutWhiteSpaceAtEnd + "\n"
  }

  /// A line that jrnl may take for the beginning of another entry; one space before it is enough.
  private static func looksLikeHeader(_ line: String) -> Bool {
    guard line.utf8.first == UInt8(ascii: "["),
      let end = line.utf8.firstIndex(of: UInt8(ascii: "]"))
    else { return false }
    return line.utf8[end...].starts(with: "] ".utf8)
  }

  private static func onOneLine(_ title: String) -> String {
    title.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  /// `@river @Sam`: spaces in a name become `_`, for a tag of jrnl's is one word.
  private static func names(notIn text: String, _ state: RecordState) -> String {
    let words = Set(
      text.lowercased().split(whereSeparator: \.isWhitespace).filter { "@#".contains($0.prefix(1)) }
        .map { $0.dropFirst() })
    let names = state.members(of: .tag) + state.members(of: .person)
    return names.map { $0.split(whereSeparator: \.isWhitespace).joined(separator: "_") }
      .filter { !words.contains(Substring($0.lowercased())) }
      .map { "@" + $0 }.joined(separator: " ")
  }
}

extension ReadablePage {
  /// All that is no heading, as text.
  var paragraphs: [String] {
    lines.map { "\($0.label): \($0.text)" } + (body.isEmpty ? [] : [body])
      + prose.map { "\($0.label): \($0.text)" }
  }
}
