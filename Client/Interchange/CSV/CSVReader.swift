/// Reads the rows of a table in text (RFC 4180), and what programs make of that form: spaces before
/// a quote, quotes in the middle of a field, line ends in quotes.
///
/// One row is held at a time. A quote that never ends spoils its own line alone: the lines after it
/// are read for themselves, until there were too many such quotes; what is then left out is named.
struct CSVReader {
  /// The row's first line, from 1, and its fields as they stand, without their quotes.
  struct Row {
    let line: Int
    let fields: Result<[String], Problem>
  }

  enum Problem: Error, Hashable {
    case openQuote
    /// The row's line and all up to this one were left out.
    case tooManyOpenQuotes(lastLine: Int)
    case notText(byte: Int)
  }

  private let separator: UInt8
  private var parser: RowParser
  /// The lines of the row that is not whole yet.
  private var pending: [(number: Int, line: ArraySlice<UInt8>)] = []
  private var pendingCount = 0
  private var openQuotes = 0

  /// A row longer than this has a quote that never ends.
  private static let rowBytesMax = 64 << 20
  /// Each makes the rest be read once more.
  static let openQuotesMax = 100

  /// All rows of a file but blank lines, in their order.
  ///
  /// - Throws: `ImportError.unreadable`, and what `body` throws.
  static func rows(
    of path: String, encoding: TextEncoding?, separator: UInt8 = UInt8(ascii: ","),
    keepsReturns: Bool = false, _ body: (Row) throws -> Void
  ) throws {
    var reader = CSVReader(separator: separator)
    try SourceFile.lines(of: path, encoding: encoding, keepsReturns: keepsReturns) {
      number, line in
      try reader.add(number, line, body)
    }
    try reader.finish(body)
  }

  /// What separates the fields of a header: the most frequent of comma, semicolon and tab.
  static func separator(ofHeader line: some Collection<UInt8>) -> UInt8 {
    let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
    let counts = candidates.map { candidate in line.count { $0 == candidate } }
    let most = counts.max() ?? 0
    return counts.firstIndex(of: most).map { candidates[$0] } ?? candidates[0]
  }

  init(separator: UInt8) {
    self.separator = separator
    parser = RowParser(separator: separator)
  }

  mutating func add(
    _ number: Int, _ line: ArraySlice<UInt8>, _ body: (Row) throws -> Void
  ) throws {
    if pending.isEmpty, line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return }
    let isWhole = parser.add(line)
    if isWhole {
      let first = pending.first?.number ?? number
      clear()
      let fields = parser.take()
      return try body(Row(line: first, fields: fields))
    }
    pending.append((number, line))
    pendingCount += line.count
    if pendingCount > Self.rowBytesMax { try giveUp(body) }
  }

  mutating func finish(_ body: (Row) throws -> Void) throws {
    while !pending.isEmpty { try giveUp(body) }
  }

  /// Names the line whose quote does not end, and reads those after it again.
  private mutating func giveUp(_ body: (Row) throws -> Void) throws {
    let lines = pending
    clear()
    _ = parser.take()
    openQuotes += 1
    guard let first = lines.first else { return }
    try body(Row(line: first.number, fields: .failure(.openQuote)))
    let rest = lines.dropFirst()
    if openQuotes < Self.openQuotesMax {
      for (number, line) in rest { try add(number, line, body) }
    } else if let next = rest.first, let last = rest.last {
      let problem = Problem.tooManyOpenQuotes(lastLine: last.number)
      try body(Row(line: next.number, fields: .failure(problem)))
    }
  }

  private mutating func clear() {
    pending = []
    pendingCount = 0
  }
}

extension CSVReader.Problem {
  /// As a report has it.
  var reason: ImportFault.Reason {
    switch self {
    case .openQuote: .malformed("a quote in it does not end")
    case .tooManyOpenQuotes(let lastLine):
      .malformed(
        "it and all up to line \(lastLine) were not read, "
          + "for \(CSVReader.openQuotesMax) quotes before it do not end")
    case .notText(let byte): .notText(byte: byte)
    }
  }
}

/// Takes a row apart, line by line.
private struct RowParser {
  let separator: UInt8
  private var fields: [[UInt8]] = []
  private var field: [UInt8] = []
  private var state = State.start

  private enum State {
    case start
    case bare
    case quoted
    /// After a quote in quotes: the end, or one of two that mean one.
    case quote
  }

  init(separator: UInt8) {
    self.separator = separator
  }

  /// Whether the row ends with the line.
  mutating func add(_ line: ArraySlice<UInt8>) -> Bool {
    for byte in line { take(byte) }
    if state == .quoted {
      field.append(0x0a)
      return false
    }
    endField()
    return true
  }

  /// The row's fields, and makes ready for the next.
  mutating func take() -> Result<[String], CSVReader.Problem> {
    defer { self = RowParser(separator: separator) }
    var position = 0
    var texts: [String] = []
    for field in fields {
      do throws(CheckedText.WrongByte) {
        texts.append(try CheckedText.string(field))
      } catch {
        return .failure(.notText(byte: position + error.position))
      }
      position += field.count + 1
    }
    return .success(texts)
  }

  private mutating func take(_ byte: UInt8) {
    let isQuote = byte == UInt8(ascii: "\"")
    switch state {
    case .quoted: if isQuote { state = .quote } else { field.append(byte) }
    case .quote where isQuote:
      field.append(byte)
      state = .quoted
    case .start where isQuote && field.allSatisfy({ $0 == 0x20 }):
      field = []
      state = .quoted
    case _ where byte == separator: endField()
    case .quote where byte == 0x20: break
    case .quote:
      field.append(byte)
      state = .bare
    case .start, .bare:
      field.append(byte)
      if byte != 0x20 { state = .bare }
    }
  }

  private mutating func endField() {
    fields.append(field)
    field = []
    state = .start
  }
}
