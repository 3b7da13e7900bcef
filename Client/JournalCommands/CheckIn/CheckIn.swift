internal import JournalModel

/// A check-in on its way: which question is next, and what an answer means. Asks nobody itself.
///
/// An empty line skips (and keeps an answer that is there), `<` goes back, `?` explains, `-` takes
/// an answer away, `.` ends.
struct CheckIn {
  private(set) var answers = CheckInAnswers()
  /// `nil` at the end.
  private(set) var current: CheckInQuestion? = CheckInQuestion.allCases.first
  private var past: [CheckInQuestion] = []

  enum Reaction: Equatable {
    /// On to `current`.
    case moved
    /// Say what the question is about, and ask again.
    case explain
    /// Say this, and ask again.
    case again(String)
  }

  mutating func take(_ line: String) -> Reaction {
    guard let question = current else { return .moved }
    switch Visible.line(line) {
    case "": break
    case "?": return .explain
    case "<": return goBack()
    case "-": answers.clear(question)
    case ".":
      end()
      return .moved
    default:
      do {
        try answers.read(line, question)
      } catch {
        return .again(error.sentence)
      }
    }
    past.append(question)
    current = next(after: question)
    return .moved
  }

  /// Ends it with what was answered.
  mutating func end() { current = nil }

  private mutating func goBack() -> Reaction {
    guard let last = past.popLast() else { return .again(Messages.CheckIn.isFirst) }
    current = last
    return .moved
  }

  private func next(after question: CheckInQuestion) -> CheckInQuestion? {
    CheckInQuestion.allCases.first { $0.rawValue > question.rawValue && isAsked($0) }
  }

  /// Whoever was not on the way out is not asked about it.
  private func isAsked(_ question: CheckInQuestion) -> Bool {
    switch question {
    case .signs, .trigger, .said, .fear, .action: answers.isWithdrawing
    case .meant: answers.texts[.said] != nil
    default: true
    }
  }

  /// Where the question stands, and of how many: those that may still be asked are counted.
  func place(of question: CheckInQuestion) -> (number: Int, count: Int) {
    let ahead = CheckInQuestion.allCases.count { $0.rawValue > question.rawValue && isAsked($0) }
    return (past.count + 1, past.count + 1 + ahead)
  }
}

extension CheckInAnswers {
  /// From this urge on, or with a pull that was not all toward.
  fileprivate var isWithdrawing: Bool {
    pull == .away || pull == .torn || numbers[.urge] ?? 0 >= 4
  }

  fileprivate struct Misread: Error { let sentence: String }

  fileprivate mutating func read(_ line: String, _ question: CheckInQuestion) throws(Misread) {
    let line = Self.trimmed(line)
    switch question.form {
    case .scale(let range, _, _):
      guard let number = WholeNumber.typed(line), range.contains(number) else {
        throw Misread(sentence: Messages.CheckIn.notOnScale(range))
      }
      numbers[question] = number
    case .choice(let words):
      pull = Pull(typed: line)
      if pull == nil { pull = Pull(rawValue: try Self.read(line, of: words)) }
    case .choices(let words):
      var chosen: [String] = []
      for part in line.split(whereSeparator: { $0 == "," || $0 == " " }) {
        let word = try Self.read(String(part), of: words)
        if !chosen.contains(word) { chosen.append(word) }
      }
      guard !chosen.isEmpty else { throw Misread(sentence: Messages.CheckIn.notAChoice(words)) }
      names[question] = chosen
    case .words:
      // A comma lets a phrase have spaces.
      let separator: Character = line.contains(",") ? "," : " "
      names[question] = try Self.names(line, question) { $0 == separator }
    case .names:
      names[question] = try Self.names(line, question) { $0 == "," }
    case .text:
      texts[question] = line
    }
  }

  private static func read(_ text: String, of words: [String]) throws(Misread) -> String {
    guard let word = choice(text, of: words) else {
      throw Misread(sentence: Messages.CheckIn.notAChoice(words))
    }
    return word
  }

  /// One of some words, by its number or its beginning.
  static func choice(_ text: String, of words: [String]) -> String? {
    if let number = WholeNumber.typed(text), words.indices.contains(number - 1) {
      return words[number - 1]
    }
    let word = text.lowercased()
    let found = words.contains(word) ? [word] : words.filter { $0.hasPrefix(word) }
    return found.count == 1 ? found.first : nil
  }

  private static func names(
    _ line: String, _ question: CheckInQuestion, _ isSeparator: (Character) -> Bool
  ) throws(Misread) -> [String] {
    var names: [String] = []
    let field = question == .people ? "person" : "word"
    for part in line.split(whereSeparator: isSeparator).map(String.init) where !part.isBlank {
      do {
        let name = try OneLineName.checked(part, field: field)
        if !names.contains(name) { names.append(name) }
      } catch {
        throw Misread(sentence: error.description)
      }
    }
    guard !names.isEmpty else { throw Misread(sentence: Messages.CheckIn.noName) }
    return names
  }

  private static func trimmed(_ text: String) -> String {
    var text = text[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
