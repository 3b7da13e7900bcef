internal import JournalModel

/// Text of a manual page in mdoc(7), line by line.
struct ManualText {
  private(set) var text = ""

  /// - Parameters:
  ///   - about: a phrase, without a full stop.
  ///   - date: the day it was made, `2026-11-21`.
  init(name: String, section: Int, about: String, date: String) {
    line(".Dd \(Self.date(date))")
    line(".Dt \(name.uppercased()) \(section)")
    line(".Os")
    self.section("NAME")
    line(".Nm " + Self.escaped(name))
    line(".Nd " + Self.escaped(about))
  }

  mutating func section(_ title: String) { line(".Sh \(title)") }

  /// Paragraphs and verbatim lines of a help text.
  mutating func help(_ text: String) {
    for (index, part) in HelpText(text).parts.enumerated() {
      switch part {
      case .paragraph(let text):
        if index > 0 { line(".Pp") }
        prose(text)
      case .verbatim(let lines): verbatim(lines)
      }
    }
  }

  mutating func prose(_ text: String) {
    for sentence in Self.sentences(text) {
      for line in LineWrap.wrapped(sentence, columns: Self.columns) {
        self.line(Self.startable(Self.marked(line)))
      }
    }
  }

  mutating func verbatim(_ lines: [String]) {
    line(".Bd -literal -offset indent")
    for line in lines { self.line(Self.startable(Self.escaped(line))) }
    line(".Ed")
  }

  /// Names, such as options, with what they mean. A name is mdoc already.
  mutating func list(_ items: [(name: String, meaning: String)]) {
    line(".Bl -tag -width Ds")
    for (name, meaning) in items {
      line(".It " + name)
      prose(meaning)
    }
    line(".El")
  }

  /// Other pages: `ebb-sync(1)`.
  mutating func references(_ pages: [(name: String, section: Int)]) {
    for (index, page) in pages.enumerated() {
      line(".Xr \(page.name) \(page.section)" + (index < pages.count - 1 ? " ," : ""))
    }
  }

  mutating func line(_ line: String) { text += line + "\n" }

  /// Short enough to stay below 80 when characters are spelled out.
  private static let columns = 60
}

extension ManualText {
  /// Plain characters of a text, whatever they mean to roff(7).
  static func escaped(_ text: String) -> String {
    var escaped = ""
    var before: Character = " "
    for character in text {
      switch character {
      case "\\": escaped += "\\e"
      // Between letters a hyphen, elsewhere the sign that people type.
      case "-": escaped += before.isLetter ? "-" : "\\-"
      case "'": escaped += "\\(aq"
      case "`": escaped += "\\(ga"
      case "^": escaped += "\\(ha"
      case "~": escaped += "\\(ti"
      case _ where character.isASCII: escaped.append(character)
      default:
        for scalar in character.unicodeScalars {
          let digits = String(scalar.value, radix: 16, uppercase: true)
          escaped += "\\[u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "]"
        }
      }
      before = character
    }
    return escaped
  }

  /// The same with what stands between backquotes in bold.
  private static func marked(_ text: String) -> String {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false).map(String.init)
    guard parts.count % 2 == 1 else { return escaped(text) }
    return parts.enumerated().map { index, part in
      index % 2 == 0 ? escaped(part) : "\\fB\(escaped(part))\\fR"
    }
    .joined()
  }

  /// A line that roff does not take for a request.
  private static func startable(_ line: String) -> String {
    line.hasPrefix(".") || line.hasPrefix("\\(aq") ? "\\&" + line : line
  }

  /// roff wants every sentence on a line of its own.
  private static func sentences(_ text: String) -> [String] {
    var sentences: [String] = []
    var sentence = ""
    var isEnd = false
    for character in text {
      if character == " " && isEnd {
        sentences.append(sentence)
        sentence = ""
        isEnd = false
        continue
      }
      if ".!?".contains(character) {
        isEnd = true
      } else if !")”\"".contains(character) {
        isEnd = false
      }
      sentence.append(character)
    }
    return sentence.isEmpty ? sentences : sentences + [sentence]
  }

  /// `November 21, 2026`
  private static func date(_ day: String) -> String {
    CivilDay(day).map { "\(DateText.month($0)) \($0.day), \($0.year)" } ?? day
  }
}
