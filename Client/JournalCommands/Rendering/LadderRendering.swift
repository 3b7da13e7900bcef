internal import JournalModel

/// The ladder, person by person: its marks say nothing that the words beside them don't.
struct LadderRendering {
  let style: Style
  let columns: Int?

  func lines(_ ladder: Ladder) -> [String] {
    guard !ladder.standings.isEmpty else { return introduction }
    var lines: [String] = []
    for standing in ladder.standings {
      if !lines.isEmpty { lines.append("") }
      lines.append(style.strong(standing.person.map(Visible.line) ?? Messages.Steps.nobodyNamed))
      lines += rungs(of: standing)
    }
    return lines
  }

  /// One person's rungs, the highest on top.
  func rungs(of standing: Ladder.Standing) -> [String] {
    standing.rungs.reversed().flatMap(lines) + wrapped(Messages.Steps.highest(standing.highest))
  }

  /// What each rung is, for somebody who has not begun.
  private var introduction: [String] {
    wrapped(Messages.Steps.ladderIntroduction)
      + Rung.allCases.reversed().flatMap { rung in
        ["", "  \(rung.rawValue)  \(rung.name)"] + wrapped(rung.example, indent: 5)
      }
  }

  private func lines(_ rung: Ladder.RungStanding) -> [String] {
    let marks = rung.done > 0 ? "●" : rung.planned > 0 ? "○" : "·"
    let name = DisplayWidth.padded(rung.rung.name, to: Self.nameWidth)
    return ["  \(rung.rung.rawValue) \(marks) \(name)  \(Messages.Steps.counts(rung))"]
  }

  private static let nameWidth = Rung.allCases.map { DisplayWidth.of($0.name) }.max() ?? 0

  private func wrapped(_ text: String, indent: Int = 2) -> [String] {
    LineWrap.wrapped(text, columns: columns, after: String(repeating: " ", count: indent))
  }
}
