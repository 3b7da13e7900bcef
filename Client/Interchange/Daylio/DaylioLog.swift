internal import JournalModel

/// A row or an entry of Daylio's: one mood log.
struct DaylioLog {
  var date: JournalDate
  /// As its owner reads it.
  var mood: String
  /// Where the source says it: 1 to 5, of which 5 is the best.
  var level: Int?
  var activities: [String] = []
  var title = ""
  var note = ""
  /// What has no place of its own.
  var kept = KeptFields()

  /// The mood log; the report gets to know what the word for the mood became.
  func draft(_ place: SourcePlace, _ report: inout ImportReport) -> MoodDraft {
    var draft = MoodDraft(date: date)
    let known = DaylioMood(mood)
    let score: Int
    switch known {
    case _ where level != nil: score = DaylioMood.score(level: level ?? DaylioMood.middle)
    case .level(let level), .feeling(let level): score = DaylioMood.score(level: level)
    case .unknown: score = DaylioMood.score(level: DaylioMood.middle)
    }
    draft.score = score
    if level == nil && known == .unknown {
      report.note(.moodGuessed(mood, score), place)
    } else {
      report.note(.moodScored(mood, score), place)
    }
    // Daylio's own levels say no more than the score does.
    if case .level = known {} else { draft.emotions = [mood] }
    let text = kept.appended(
      to: [title, note].map(DaylioNote.text).filter { !$0.isBlankText }
        .joined(separator: "\n\n"))
    draft.note = text.isBlankText ? nil : text
    let written = Set(TextMarks(text).names(.tag))
    draft.tags = activities.filter { !written.contains($0) }
    return draft
  }
}

/// Notes of Daylio's, which have a few elements of HTML in them.
enum DaylioNote {
  /// As Markdown: `<br>` is a line end, `<b>` two stars; what is not known stays.
  static func text(_ note: String) -> String {
    guard note.utf8.contains(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }) else {
      return note.trimmedOfWhiteSpace
    }
    var text = ""
    var rest = note[...]
    while let index = rest.firstIndex(where: { $0 == "<" || $0 == "&" }) {
      text += rest[..<index]
      rest = rest[index...]
      let isElement = rest.first == "<"
      if let end = rest.prefix(12).firstIndex(of: isElement ? ">" : ";"),
        let words = replacement(rest[..<end].dropFirst(), isElement)
      {
        text += words
        rest = rest[rest.index(after: end)...]
      } else {
        text += rest.prefix(1)
        rest = rest.dropFirst()
      }
    }
    return (text + rest).trimmedOfWhiteSpace
  }

  private static func replacement(_ name: Substring, _ isElement: Bool) -> String? {
    guard isElement else { return name == "nbsp" ? " " : XMLEntity.text(name) }
    let bare = name.lowercased().filter { !$0.isWhitespace }
    return switch bare {
    case "br", "br/", "/p", "/div", "/li": "\n"
    case "p", "div", "ul", "/ul", "ol", "/ol", "span", "/span", "u", "/u": ""
    case "li": "- "
    case "b", "/b", "strong", "/strong": "**"
    case "i", "/i", "em", "/em": "*"
    case "s", "/s", "strike", "/strike": "~~"
    default: nil
    }
  }
}
