internal import JournalModel

/// Text that jrnl reads: `[2024-02-29 08:15] Title`, the text below, an empty line.
///
/// jrnl knows entries alone; mood logs and steps become entries in words. Tags are words that begin
/// with `#`, people such that begin with `@`: those that the text does not have stand in a line
/// below it.
///
/// Source: `Entry.__str__`, `Entry._parse_text`, `Entry.tag_regex` and `Journal._parse` of jrnl 4.
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
    let body = written(text, state, isStarred: page.isStarred)
    try file.write((isFirst ? "" : "\n") + "[\(page.when)] " + body + "\n")
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

  private mutating func written(_ text: String, _ state: RecordState, isStarred: Bool) -> String {
    noteNames(of: state)
    // jrnl keeps no empty lines before the first line of an entry.
    var lines = Self.withLineFeeds(text).lines
    while lines.count > 1, lines[0].isBlankText { lines.removeFirst() }
    // Nor empty ones below it, for it takes the first line for a title.
    while lines.count > 2, lines[1].isBlankText { lines.remove(at: 1) }
    let isBlank = lines.count == 1 && lines[0].isBlankText
    if isBlank { lines[0] = Self.names(notIn: "", state) }
    lines[0] = firstLine(lines[0], isStarred: isStarred)
    let names = isBlank ? "" : Self.names(notIn: lines.joined(separator: "\n"), state)
    Self.indentHeaders(&lines)
    let body = lines.joined(separator: "\n").withoutWhiteSpaceAtEnd
    return names.isEmpty ? body : body + "\n\n" + names
  }

  /// With the star, and without asterisks that jrnl would take for one or take away with it.
  private mutating func firstLine(_ line: String, isStarred: Bool) -> String {
    var line = line
    // Python ends a line in more places; what stands behind the first of them is not looked at.
    if let end = line.unicodeScalars.firstIndex(where: \.endsPythonLine),
      isStarred || line[..<end].trimmedForJrnl().hasSuffix("*")
    {
      line = String(
        String.UnicodeScalarView(line.unicodeScalars.map { $0.endsPythonLine ? " " : $0 }))
    }
    let own = line.trimmedForJrnl()
    let bare = own.trimmedForJrnl(withAsterisks: true)
    guard isStarred ? bare != own : own.hasSuffix("*") else {
      return isStarred ? line.withoutWhiteSpaceAtEnd + " *" : line
    }
    leftOut["asterisks at the end of a first line", default: 0] += 1
    return (bare.isEmpty ? "---" : bare) + (isStarred ? " *" : "")
  }

  /// One space before lines that jrnl may take for the beginning of another entry.
  ///
  /// The bracket may be closed on a later line, and one that is not is closed by the next entry.
  private static func indentHeaders(_ lines: inout [String]) {
    var isDate = true
    for index in lines.indices.dropFirst().reversed() {
      let line = lines[index].utf8
      if let end = line.firstIndex(of: UInt8(ascii: "]")) {
        isDate = line[end...].starts(with: "] ".utf8)
      }
      if isDate, line.first == UInt8(ascii: "[") { lines[index] = " " + lines[index] }
    }
  }

  /// As Python reads text files: a carriage return ends a line too.
  private static func withLineFeeds(_ text: String) -> String {
    let (feed, carriageReturn) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
    guard text.utf8.contains(carriageReturn) else { return text }
    var bytes: [UInt8] = []
    var isAfterReturn = false
    for byte in text.utf8 {
      if byte != feed || !isAfterReturn { bytes.append(byte == carriageReturn ? feed : byte) }
      isAfterReturn = byte == carriageReturn
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func onOneLine(_ title: String) -> String {
    title.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  /// `#river @Sam`: those that the text has not got.
  ///
  /// A tag may stand there with either sign, for both are tags to jrnl.
  private static func names(notIn text: String, _ state: RecordState) -> String {
    var known = Set(
      text.split(whereSeparator: \.isWhitespace).compactMap { word -> String? in
        let scalars = word.unicodeScalars
        guard let sign = scalars.first, sign == "#" || sign == "@" else { return nil }
        let name = Substring(scalars.dropFirst().prefix(while: \.isInJrnlTag))
        return String(sign) + name.lowercased()
      })
    let tags = state.members(of: .tag).map(oneWord).filter { !$0.isEmpty }
    let people = state.members(of: .person).map(oneWord).filter { !$0.isEmpty }
    let newTags = tags.filter { tag in
      let name = tag.lowercased()
      return !known.contains("@" + name) && known.insert("#" + name).inserted
    }
    let newPeople = people.filter { known.insert("@" + $0.lowercased()).inserted }
    return (newTags.map { "#" + $0 } + newPeople.map { "@" + $0 }).joined(separator: " ")
  }

  /// What a tag of jrnl's cannot hold becomes `_`, and nothing at the ends.
  private static func oneWord(_ name: String) -> String {
    name.unicodeScalars.split { !$0.isInJrnlTag }.map { String(Substring($0)) }
      .joined(separator: "_")
  }

  private mutating func noteNames(of state: RecordState) {
    if state.members(of: .tag).contains(where: { Self.oneWord($0) != $0 }) {
      leftOut["characters of tags", default: 0] += 1
    }
    if state.members(of: .person).contains(where: { Self.oneWord($0) != $0 }) {
      leftOut["characters of people", default: 0] += 1
    }
  }
}

extension StringProtocol {
  /// As Python's `strip` has it, of blanks and perhaps asterisks.
  fileprivate func trimmedForJrnl(withAsterisks: Bool = false) -> String {
    let isKept: (Unicode.Scalar) -> Bool = { scalar in
      !scalar.isPythonSpace && !(withAsterisks && scalar == "*")
    }
    guard let start = unicodeScalars.firstIndex(where: isKept),
      let end = unicodeScalars.lastIndex(where: isKept)
    else { return "" }
    return String(self[start...end])
  }
}

extension Unicode.Scalar {
  /// What `str.splitlines` ends a line at, but for line feeds.
  fileprivate var endsPythonLine: Bool {
    switch value {
    case 0x0B...0x0D, 0x1C...0x1E, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  fileprivate var isPythonSpace: Bool {
    properties.isWhitespace || (0x1C...0x1F).contains(value)
  }

  /// `[-+*#/\w]`, as Python has it: no marks that stand on other letters.
  fileprivate var isInJrnlTag: Bool {
    if "-+*#/_".unicodeScalars.contains(self) { return true }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      return true
    default: return properties.numericType != nil
    }
  }
}

extension ReadablePage {
  /// All that is no heading, as text.
  var paragraphs: [String] {
    lines.map { "\($0.label): \($0.text)" } + (body.isEmpty ? [] : [body])
      + prose.map { "\($0.label): \($0.text)" }
  }
}
