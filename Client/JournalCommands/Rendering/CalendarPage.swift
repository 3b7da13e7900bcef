internal import JournalModel
internal import JournalStore

/// A month as its weeks, or a year as its months: a sign for each day that says how much was
/// written, or the day's mood as a number.
///
/// Signs grow darker with the words, by quarters of the fullest day; a legend says so, and `table`
/// is for whoever hears the screen.
struct CalendarPage {
  private let span: CalendarSpan
  private let talliesByDay: [CivilDay: DayTally]
  private let showsMood: Bool
  private let style: Style
  private let columns: Int?
  /// Of the fullest day.
  private let wordsMax: Int

  /// - Parameter columns: of the table; `nil` for any width.
  init(
    span: CalendarSpan, tallies: [DayTally], showsMood: Bool, style: Style, columns: Int? = nil
  ) {
    self.span = span
    self.showsMood = showsMood
    self.style = style
    self.columns = columns
    talliesByDay = Dictionary(tallies.map { ($0.day, $0) }) { first, _ in first }
    wordsMax = tallies.map(\.words).max() ?? 0
  }

  var lines: [String] {
    let first = span.days.lowerBound
    let title = span.isYear ? "\(first.year)" : "\(DateText.month(first)) \(first.year)"
    return [style.strong(title), ""] + (span.isYear ? months : weeks)
      + ["", Messages.Calendar.total(tallies)] + legend
  }

  /// `2026-11-21  Saturday   2 entries, 512 words, mood 6.5`
  var table: [String] {
    tallies.flatMap { tally in
      let weekday = DisplayWidth.padded(DateText.weekday(tally.day), to: 9)
      return LineWrap.wrapped(
        Messages.Calendar.day(tally), columns: columns, after: "\(tally.day)  \(weekday)  ")
    }
  }

  private var tallies: [DayTally] {
    span.allDays.compactMap { talliesByDay[$0] }
  }
}

// The days.
extension CalendarPage {
  /// A line a week, Monday first.
  private var weeks: [String] {
    let head = Messages.Calendar.weekdays.map { " " + $0 }.joined(separator: "   ")
    let days = span.allDays
    let before = span.days.lowerBound.placeInWeek
    let cells = Array(repeating: "      ", count: before) + days.map(cell)
    let rows = stride(from: 0, to: cells.count, by: 7).map { start in
      cells[start..<min(start + 7, cells.count)].joined().trimmingTrailingSpaces
    }
    return [head] + rows
  }

  /// `21 ▓ `
  private func cell(_ day: CivilDay) -> String {
    let number = (day.day < 10 ? " " : "") + "\(day.day) "
    let sign = sign(talliesByDay[day])
    return number + look(sign, talliesByDay[day])
      + String(repeating: " ", count: 3 - DisplayWidth.of(sign))
  }

  /// A line a month: `Nov  ··░··▒ … ·  12 days, 3,456 words`
  private var months: [String] {
    var head = Array(repeating: Character(" "), count: 36)
    for day in [1, 5, 10, 15, 20, 25, 30] {
      for (offset, digit) in "\(day)".enumerated() { head[4 + day + offset] = digit }
    }
    let daysByMonth = Dictionary(grouping: span.allDays, by: \.month)
    return [String(head).trimmingTrailingSpaces]
      + (1...12).map { month in
        let days = daysByMonth[month] ?? []
        let found = days.compactMap { talliesByDay[$0] }
        let signs = days.map { look(shortSign(talliesByDay[$0]), talliesByDay[$0]) }.joined()
        let name = days.first.map { DateText.month($0).prefix(3) } ?? ""
        let rest = found.isEmpty ? "" : Messages.Calendar.month(found)
        let gap = String(repeating: " ", count: 31 - days.count + 2)
        return "\(name)  " + signs + (rest.isEmpty ? "" : gap + rest)
      }
  }
}

// What stands for a day.
extension CalendarPage {
  private static let signs: [Character] = ["·", "░", "▒", "▓", "█"]

  private func sign(_ tally: DayTally?) -> String {
    guard showsMood else { return String(Self.signs[level(tally)]) }
    return tally?.score.map { "\(Int($0.rounded()))" } ?? "·"
  }

  /// One column wide.
  private func shortSign(_ tally: DayTally?) -> String {
    let sign = sign(tally)
    return sign == "10" ? "X" : sign
  }

  /// 0 for nothing, 1 to 4 by quarters of the fullest day.
  private func level(_ tally: DayTally?) -> Int {
    guard let tally else { return 0 }
    guard wordsMax > 0 else { return 1 }
    return min(max((tally.words * 4 + wordsMax - 1) / wordsMax, 1), 4)
  }

  private func look(_ sign: String, _ tally: DayTally?) -> String {
    guard let tally else { return style.faint(sign) }
    guard showsMood else { return style.added(sign) }
    return tally.score.map { style.mood(sign, score: $0) } ?? style.faint(sign)
  }

  private var legend: [String] {
    if showsMood {
      return [span.isYear ? Messages.Calendar.moodLegendShort : Messages.Calendar.moodLegend]
    }
    guard wordsMax > 0 else { return [] }
    let ends = (1...4).map { $0 * wordsMax / 4 }
    return [Messages.Calendar.legend(signs: Self.signs.map { String($0) }, wordsMax: ends)]
  }
}
