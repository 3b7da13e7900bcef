internal import Interchange

/// Names and how many records each has.
struct NameCounts {
  private let counts: [(name: String, count: Int)]

  init(_ counts: [(name: String, count: Int)]) { self.counts = counts }

  /// - Parameter none: what to say where there are none and somebody watches.
  func print(_ context: CommandContext, json: Bool, none: String) {
    if json {
      return context.output.json(
        lines: counts.map {
          .object([("name", .string($0.name)), ("count", .integer($0.count))])
        })
    }
    if counts.isEmpty { context.hint(none) }
    let rows = counts.map { (name: Visible.line($0.name), words: Messages.grouped($0.count)) }
    // A long name must not push the other counts off the screen.
    NamedLines.lines(rows, columns: context.terminal.columns, nameColumnsMax: Self.nameColumnsMax)
      .joined().forEach { context.output.line($0) }
  }

  private static let nameColumnsMax = 40
}
