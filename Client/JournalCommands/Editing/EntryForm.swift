internal import JournalModel

/// An entry as an editor shows it: a block of fields that is not part of the text, then the text.
///
///     <!-- ebb: fill in what you like; this block is not part of the text
///     date: 2026-11-21 08:15
///     title:
///     tags: river, walk
///     people:
///     journal: default
///     star: no
///     -->
///
///     By the river.
///
/// Without the block, all is text, and the fields are what they were.
struct EntryForm: Equatable {
  /// As typed.
  var date: String
  var title = ""
  var tags: [String] = []
  var people: [String] = []
  var journal = Entry.defaultJournal
  var isStarred = false
  /// The id of the prompt that it answers.
  var prompt = ""
  /// What the prompt asks; shown, and never read back.
  var question: String?
  var text = ""

  /// What the block begins with, whatever is said after it.
  private static let sign = "<!-- ebb:"
  private static let end = "-->"
  private static let questionSign = "> "

  var rendered: String {
    var fields = [
      ("date", date), ("title", title), ("tags", NameList.text(tags)),
      ("people", NameList.text(people)),
      ("journal", journal), ("star", isStarred ? "yes" : "no"),
    ]
    if !prompt.isEmpty { fields.append(("prompt", prompt)) }
    let question = question.map { [Self.questionSign + $0, ""] } ?? []
    let block = fields.map { $1.isEmpty ? "\($0):" : "\($0): \($1)" }
    let head = [Messages.Editing.formHead] + question
    return (head + block + [Self.end, "", text]).joined(separator: "\n")
  }

  /// Takes what an edited form says.
  ///
  /// - Throws: a `Failure` with status 64 for a block that cannot be read; nothing has changed then.
  mutating func read(_ edited: String) throws {
    let lines = edited.lines
    guard lines.first?.hasPrefix(Self.sign) == true else {
      text = edited
      return
    }
    guard let end = lines.firstIndex(where: { $0.withoutSpacesAtEnd == Self.end }) else {
      throw Failure.usage(Messages.Editing.blockNotClosed)
    }
    var form = self
    for line in lines[1..<end] where !line.isBlank && !line.hasPrefix(Self.questionSign) {
      try form.read(field: line)
    }
    let rest = lines[(end + 1)...]
    form.text = (rest.first?.isBlank == true ? rest.dropFirst() : rest).joined(separator: "\n")
    self = form
  }

  private mutating func read(field line: String) throws {
    guard let colon = line.firstIndex(of: ":") else {
      throw Failure.usage(Messages.Editing.notAField(line))
    }
    let value = line[line.index(after: colon)...].trimmed
    switch line[..<colon].trimmed.lowercased() {
    case "date": date = value
    case "title": title = value
    case "tags", "tag": tags = NameList.names(in: value).map { $0.withoutSign("#") }
    case "people", "person": people = NameList.names(in: value).map { $0.withoutSign("@") }
    case "journal": journal = value.isEmpty ? Entry.defaultJournal : value
    case "prompt": prompt = value
    case "star", "starred":
      switch value.lowercased() {
      case "yes", "y", "true", "*": isStarred = true
      case "no", "n", "false", "": isStarred = false
      default: throw Failure.usage(Messages.Editing.notAField(line))
      }
    default: throw Failure.usage(Messages.Editing.notAField(line))
    }
  }
}

extension StringProtocol {
  /// Split at line feeds alone, so that joining them again gives the same text.
  fileprivate var lines: [String] {
    utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  fileprivate var withoutSpacesAtEnd: String {
    let spaces = utf8.reversed().prefix { $0 == 0x20 || $0 == 0x0d || $0 == 0x09 }.count
    return String(decoding: utf8.dropLast(spaces), as: UTF8.self)
  }

  fileprivate var trimmed: String {
    String(decoding: withoutSpacesAtEnd.utf8.drop { $0 == 0x20 || $0 == 0x09 }, as: UTF8.self)
  }
}

extension String {
  fileprivate func withoutSign(_ sign: Character) -> String {
    first == sign && count > 1 ? String(dropFirst()) : self
  }
}
