internal import Insights
internal import Interchange
internal import JournalModel
internal import OperationLog

/// How findings are shown: a sentence, bars with words beside them, and where to look.
struct InsightsRendering {
  let style: Style
  /// `nil` when output is no terminal.
  let columns: Int?
  let insights: Insights

  private static let idsMax = 4
  private static let barWidth = 20
  /// Of shorter ones, none can be told from another.
  private static let barWidthMin = 8

  /// The newest of the records that a finding is about.
  func idsShown(_ finding: Finding) -> [RecordID] { Array(finding.about.suffix(Self.idsMax)) }

  func lines(logs: Int, steps: Int, shortIDs: [RecordID: String]) -> [String] {
    var lines = insights.isTooEarly ? wrapped(Messages.Insights.tooEarly) + [""] : []
    lines += wrapped(Messages.Insights.basis(logs: logs, steps: steps))
    var drawn: [ChartRow] = []
    for finding in insights.findings {
      lines.append("")
      lines += wrapped(Visible.line(finding.text)).map(style.strong)
      // Two findings about the same bars need them once.
      if finding.chart != drawn { lines += chart(finding.chart) }
      drawn = finding.chart
      let ids = idsShown(finding).map { shortIDs[$0] ?? $0.description }
      lines += wrapped(
        Messages.Insights.records(ids, more: finding.ids.count - ids.count), indent: 2
      ).map(style.faint)
    }
    if !insights.nothingFound.isEmpty {
      lines.append("")
      lines += wrapped(Messages.Insights.nothingFound(insights.nothingFound))
    }
    if !insights.missing.isEmpty {
      lines.append("")
      lines += wrapped(Messages.Insights.notEnough)
      for missing in insights.missing {
        lines += wrapped(
          Messages.Insights.missing(missing.question, missing.needs), indent: 2)
      }
    }
    if !insights.findings.isEmpty {
      lines.append("")
      lines += wrapped(Messages.Insights.howToRead)
    }
    return lines
  }

  /// Nothing is in the bars that the words beside them do not say.
  private func chart(_ rows: [ChartRow]) -> [String] {
    let labels = rows.map { DisplayWidth.cut(Visible.line($0.label), to: 24) }
    let width = labels.map(DisplayWidth.of).max() ?? 0
    let words = rows.map { DisplayWidth.of($0.words) }.max() ?? 0
    let beside = (columns ?? 80) - 2 - width - 2 - 2 - words
    let isBelow = beside < Self.barWidthMin
    let longest = min(Self.barWidth, isBelow ? (columns ?? 80) - 4 - 2 - words : beside)
    return zip(rows, labels).flatMap { row, label in
      let length = Int((row.length * Double(longest)).rounded())
      let bar = String(repeating: "█", count: max(0, min(length, longest)))
      let drawn =
        DisplayWidth.padded(bar, to: max(longest, 0)) + (longest > 0 ? "  " : "") + row.words
      return isBelow
        ? ["  " + label, "    " + drawn]
        : ["  " + DisplayWidth.padded(label, to: width) + "  " + drawn]
    }
  }

  private func wrapped(_ text: String, indent: Int = 0) -> [String] {
    LineWrap.wrapped(text, columns: columns, after: String(repeating: " ", count: indent))
  }

  var json: JSONText {
    .object([
      (
        "findings",
        .array(
          insights.findings.map { finding in
            .object([
              ("question", .string(finding.question.rawValue)),
              ("text", .string(finding.text)),
              ("n", .integer(finding.n)),
              (
                "interval",
                .array([
                  .number(finding.interval.lowerBound), .number(finding.interval.upperBound),
                ])
              ),
              ("ids", .strings(finding.ids.map(\.description))),
            ])
          })
      ),
      (
        "missing",
        .array(
          insights.missing.map {
            .object([
              ("question", .string($0.question.rawValue)), ("needs", .string($0.needs)),
            ])
          })
      ),
      ("nothingFound", .strings(insights.nothingFound.map(\.rawValue))),
    ])
  }
}
