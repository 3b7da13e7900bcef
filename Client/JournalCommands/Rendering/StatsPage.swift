internal import Interchange
internal import JournalModel

/// The journal in numbers, told without praise or blame.
struct StatsPage {
  private let statistics: JournalStatistics
  private let style: Style

  init(_ statistics: JournalStatistics, style: Style) {
    self.statistics = statistics
    self.style = style
  }

  var lines: [String] {
    let rows = facts
    let names = rows.map(\.name.count).max() ?? 0
    let numbers = rows.map { DisplayWidth.of($0.number) }.max() ?? 0
    let lines = rows.map { row in
      let space = String(repeating: " ", count: numbers - DisplayWidth.of(row.number))
      return
        (DisplayWidth.padded(row.name, to: names) + "  " + space + row.number
        + (row.words.isEmpty ? "" : " " + row.words))
    }
    return lines + (statistics.years.count > 1 ? [""] + table : [])
  }

  private var facts: [(name: String, number: String, words: String)] {
    var facts = RecordKind.journal.map {
      (Messages.Stats.name(of: $0), Messages.grouped(statistics.countsByKind[$0] ?? 0), "")
    }
    facts.append((Messages.Stats.words, Messages.grouped(statistics.words), ""))
    guard let first = statistics.firstDay, let last = statistics.lastDay else { return facts }
    facts.append(
      (
        Messages.Stats.days, Messages.grouped(statistics.days),
        Messages.Stats.span(first...last)
      ))
    for (name, run) in [
      (Messages.Stats.longestRun, statistics.longestRun),
      (Messages.Stats.presentRun, statistics.presentRun),
    ] {
      guard let run else { continue }
      facts.append((name, Messages.grouped(run.length), Messages.Stats.inARow(run)))
    }
    return facts
  }

  /// A line a year, the latest first.
  private var table: [String] {
    let head = ["", "days"] + RecordKind.journal.map(Messages.Stats.shortName) + ["words"]
    let rows = statistics.years.reversed().map { year in
      ["\(year.year)", Messages.grouped(year.days)]
        + RecordKind.journal.map { Messages.grouped(year.countsByKind[$0] ?? 0) }
        + [Messages.grouped(year.words)]
    }
    let widths = head.indices.map { column in ([head] + rows).map { $0[column].count }.max() ?? 0 }
    return ([head] + rows).map { row in
      zip(row, widths).map { String(repeating: " ", count: $1 - $0.count) + $0 }
        .joined(separator: "  ")
    }
  }

  var json: JSONText {
    .object([
      ("records", TallyJSON.records(statistics.countsByKind)),
      ("words", .integer(statistics.words)),
      ("days", .integer(statistics.days)),
      ("firstDay", .optional(statistics.firstDay?.description)),
      ("lastDay", .optional(statistics.lastDay?.description)),
      ("longestRun", json(statistics.longestRun)),
      ("presentRun", json(statistics.presentRun)),
      (
        "years",
        .array(
          statistics.years.map { year in
            .object([
              ("year", .integer(year.year)), ("days", .integer(year.days)),
              ("records", TallyJSON.records(year.countsByKind)), ("words", .integer(year.words)),
            ])
          })
      ),
    ])
  }

  private func json(_ run: ClosedRange<CivilDay>?) -> JSONText {
    guard let run else { return .null }
    return .object([
      ("days", .integer(run.length)), ("from", .string(run.lowerBound.description)),
      ("to", .string(run.upperBound.description)),
    ])
  }
}
