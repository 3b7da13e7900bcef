internal import JournalModel

/// How the questions of a check-in look: at most 60 columns, and nothing in a drawing that is not
/// in words.
struct CheckInScreen {
  let style: Style
  let columns: Int
  let offer: EmotionOffer

  init(style: Style, columns: Int?, offer: EmotionOffer) {
    self.style = style
    self.columns = min(columns ?? 60, 72)
    self.offer = offer
  }

  /// The question, what can be answered, and what is there already.
  func lines(
    _ question: CheckInQuestion, place: (number: Int, count: Int), answer: String?
  ) -> [String] {
    var lines = ["", heading(question, place)]
    lines += wrapped(Messages.CheckIn.question(question))
    switch question.form {
    case .scale(let range, let low, let high): lines += scale(range, low: low, high: high)
    case .choice(let words), .choices(let words): lines += choices(words, question)
    case .words: lines += words
    case .names, .text: break
    }
    if let answer {
      lines.append(DisplayWidth.cut(Messages.CheckIn.present(Visible.line(answer)), to: columns))
    }
    return lines
  }

  func explanation(_ question: CheckInQuestion) -> [String] {
    wrapped(Messages.CheckIn.explanation(question))
  }

  func wrapped(_ text: String) -> [String] { LineWrap.wrapped(text, columns: columns) }

  private func heading(
    _ question: CheckInQuestion, _ place: (number: Int, count: Int)
  ) -> String {
    let end = "\(place.number) of \(place.count)"
    let name = Messages.CheckIn.title(question)
    return style.strong(name)
      + DisplayWidth.padded("", to: columns - DisplayWidth.of(name) - DisplayWidth.of(end))
      + style.faint(end)
  }

  /// The numbers of a scale with its ends named below them.
  private func scale(_ range: ClosedRange<Int>, low: String, high: String) -> [String] {
    let numbers = range.map { DisplayWidth.padded("\($0)", to: 4) }.joined()
    let width = DisplayWidth.of(numbers) - 2
    let gap = width - DisplayWidth.of(low) - DisplayWidth.of(high)
    return [
      "  " + numbers.trimmingTrailingSpaces, "  " + low + DisplayWidth.padded("", to: gap) + high,
    ]
  }

  private func choices(_ words: [String], _ question: CheckInQuestion) -> [String] {
    let width = words.map(DisplayWidth.of).max() ?? 0
    return zip(1..., words).flatMap { number, word in
      let start = "  \(number) " + DisplayWidth.padded(word, to: width + 2)
      return LineWrap.wrapped(
        Messages.CheckIn.meaning(word, question), columns: columns, after: start)
    }
  }

  /// The words on offer, quarter by quarter.
  private var words: [String] {
    var rows = EmotionWord.Quarter.allCases.map { ($0.name, offer.wordsByQuarter[$0] ?? []) }
    rows.append((Messages.CheckIn.ownWords, offer.unplaced))
    let width = rows.map { DisplayWidth.of($0.0) }.max() ?? 0
    return rows.filter { !$0.1.isEmpty }.flatMap { name, words in
      let start = "  " + DisplayWidth.padded(name, to: width + 2)
      let line = words.map(Visible.line).filter { DisplayWidth.of($0) <= Self.wordColumnsMax }
        .map { $0.contains(" ") ? "“\($0)”" : $0 }.joined(separator: " ")
      return LineWrap.wrapped(line, columns: columns, after: start)
    }
  }

  /// What is longer is not worth its room, though it is kept.
  private static let wordColumnsMax = 24
}
