internal import JournalModel

/// A person in a few lines: in drawings, and in words beside them.
struct PersonRendering {
  let style: Style
  let columns: Int?
  let today: CivilDay

  func lines(_ person: PersonFacts) -> [String] {
    var lines = heading(Visible.line(person.name), Messages.People.written(person, today: today))
    if let together = person.together {
      if !together.closeness.isEmpty {
        lines += row(
          Messages.People.closeness,
          Sparkline.text(together.weeks.map(\.meanCloseness), in: 0...10),
          Messages.People.closeness(together))
      }
      if together.weeks.contains(where: { !$0.pulls.isEmpty }) {
        lines += row(
          Messages.People.pull, String(together.weeks.map { Self.sign($0.mainPull) }),
          Messages.People.pulls(together))
      }
    }
    return lines
  }

  /// The name, and the words beside it or, where there is no room, below.
  private func heading(_ name: String, _ words: String) -> [String] {
    guard let columns, DisplayWidth.of(name + "  " + words) > columns else {
      return [style.strong(name) + "  " + words]
    }
    return LineWrap.wrapped(name, columns: columns).map { style.strong($0) }
      + LineWrap.wrapped(words, columns: columns, after: "  ")
  }

  private static func sign(_ pull: Pull?) -> Character {
    switch pull {
    case .toward: "→"
    case .away: "←"
    case .torn: "↔"
    case nil: "·"
    }
  }

  /// The drawing, and the words beside it or, where there is no room, below.
  private func row(_ name: String, _ drawing: String, _ words: String) -> [String] {
    let start = "  " + style.faint(DisplayWidth.padded(name, to: 11)) + drawing + "  "
    let width = 15 + DisplayWidth.of(drawing)
    guard let columns, width + DisplayWidth.of(words) > columns else { return [start + words] }
    return [start]
      + LineWrap.wrapped(words, columns: columns, after: String(repeating: " ", count: 13))
  }
}
