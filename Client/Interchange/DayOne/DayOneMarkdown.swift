/// Takes away the backslashes that Day One puts before most punctuation when it makes Markdown of
/// formatted text: `unhappy\.`
///
/// Each goes only where the character means nothing without it, so that the text looks the same in
/// Markdown as before: `1\.` at the beginning of a line, `\*` and `\#river` stay.
enum DayOneMarkdown {
  /// - Parameter isGenerated: whether Day One made the Markdown; then there are such backslashes in
  ///   code, too, where nobody means them.
  static func unescaped(_ text: String, isGenerated: Bool) -> String {
    guard text.utf8.contains(UInt8(ascii: "\\")) else { return text }
    var fence: UInt8?
    var output: [UInt8] = []
    output.reserveCapacity(text.utf8.count)
    let lines = Array(text.utf8).split(separator: 0x0a, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      if index > 0 { output.append(0x0a) }
      let mark = Self.fence(line)
      if let open = fence {
        if mark == open { fence = nil }
        output += isGenerated ? bare(line) : Array(line)
      } else {
        fence = mark
        var scan = LineScan(line)
        output += scan.unescaped()
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// The character of three or more that open or close a block of code.
  private static func fence(_ line: ArraySlice<UInt8>) -> UInt8? {
    let rest = line.drop { $0 == 0x20 }
    guard let first = rest.first, first == UInt8(ascii: "`") || first == UInt8(ascii: "~"),
      rest.prefix(3).count == 3, rest.prefix(3).allSatisfy({ $0 == first })
    else { return nil }
    return first
  }

  /// Every backslash before punctuation goes.
  private static func bare(_ line: ArraySlice<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    var isEscaped = false
    for byte in line {
      if isEscaped {
        if !byte.isPunctuation { output.append(UInt8(ascii: "\\")) }
        output.append(byte)
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else {
        output.append(byte)
      }
    }
    return isEscaped ? output + [UInt8(ascii: "\\")] : output
  }
}

/// One line of Markdown outside of blocks of code. What the rules ask of the words before is kept
/// up to date, so that a line of any length is read once.
private struct LineScan {
  private let line: ArraySlice<UInt8>
  private var index: Int
  private var output: [UInt8] = []
  /// Where the first character after the indentation stands in the output.
  private var start: Int?
  private var isNumber = true
  private var isInTarget = false
  private var hasBar = false

  init(_ line: ArraySlice<UInt8>) {
    self.line = line
    index = line.startIndex
  }

  mutating func unescaped() -> [UInt8] {
    while index < line.endIndex {
      let byte = line[index]
      if byte == UInt8(ascii: "`") {
        takeCode()
      } else if byte == UInt8(ascii: "\\"), let next, next.isPunctuation {
        if !isHarmless(next, before: character(at: index + 2)) { append(byte) }
        append(next)
        index += 2
      } else {
        append(byte)
        index += 1
      }
    }
    return output
  }

  private var next: UInt8? { character(at: index + 1) }

  private func character(at index: Int) -> UInt8? {
    index < line.endIndex ? line[index] : nil
  }

  private mutating func append(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "("): isInTarget = isInTarget || output.last == UInt8(ascii: "]")
    case UInt8(ascii: ")"): isInTarget = false
    case UInt8(ascii: "|"): hasBar = true
    default: break
    }
    if start == nil, byte != 0x20, byte != 0x09 { start = output.count }
    if start != nil, !byte.isDigit { isNumber = false }
    output.append(byte)
  }

  /// A span of code up to as many backticks, else the backticks.
  private mutating func takeCode() {
    let ticks = line[index...].prefix { $0 == UInt8(ascii: "`") }
    var end = ticks.endIndex
    while end < line.endIndex {
      let run = line[end...].prefix { $0 == UInt8(ascii: "`") }
      if run.count == ticks.count {
        for byte in line[index..<run.endIndex] { append(byte) }
        index = run.endIndex
        return
      }
      end = max(run.endIndex, end + 1)
    }
    for byte in ticks { append(byte) }
    index = ticks.endIndex
  }

  /// Whether the character would mean nothing without its backslash.
  private func isHarmless(_ character: UInt8, before next: UInt8?) -> Bool {
    let isFirst = start == nil
    switch Unicode.Scalar(character) {
    // The mark of a numbered list.
    case ".": return isFirst || !isNumber
    case ")": return !isInTarget && (isFirst || !isNumber)
    case "(": return output.last != UInt8(ascii: "]")
    case "!": return next != UInt8(ascii: "[")
    // Marks of lists, quotes and headings, and the lines under these.
    case "-", "+", "=", ">": return !isFirst
    case "#", "@": return !isFirst && next?.isWordly != true
    case "_": return output.last?.isWordly == true && next?.isWordly == true
    case "*": return !isFirst && output.last == 0x20 && (next == 0x20 || next == nil)
    case "~": return output.last != character && next != character
    // Between the cells of a table.
    case "|": return !hasBar
    case "&": return next?.isWordly != true && next != UInt8(ascii: "#")
    case "[": return !isFirst && !isAfterMark
    case "]": return next.map { !"([:".utf8.contains($0) } ?? true
    case "\\": return next.map { !$0.isPunctuation } ?? false
    case "<", "`": return false
    default: return true
    }
  }

  /// Where a bracket would begin a box to tick, or a picture.
  private var isAfterMark: Bool {
    guard let start, output.last != UInt8(ascii: "!") else { return true }
    let bare = output[start...]
    return bare.count == 2 && bare.last == 0x20 && "-*+".utf8.contains(output[start])
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }

  /// A letter, a digit, or part of a character beyond ASCII.
  fileprivate var isWordly: Bool {
    isDigit || (0x41...0x5a).contains(self) || (0x61...0x7a).contains(self) || self >= 0x80
  }

  fileprivate var isPunctuation: Bool {
    (0x21...0x7e).contains(self) && !isWordly
  }
}
