/// Names with words beside them, in two columns.
///
/// Where a terminal has no room for both, the words stand below the name, and a name that is longer
/// than a line is broken: it is told whole.
enum NamedLines {
  /// The lines of each row.
  ///
  /// - Parameters:
  ///   - columns: what all of it has to fit into; `nil` for any width.
  ///   - nameColumnsMax: a longer name does not push the words of the others to the right.
  static func lines(
    _ rows: [(name: String, words: String)], columns: Int?, nameColumnsMax: Int = .max
  ) -> [[String]] {
    let widths = rows.map { DisplayWidth.of($0.name) }
    let width =
      if let columns {
        widths.filter { $0 <= min(nameColumnsMax, columns / 2) }.max() ?? 0
      } else {
        min(widths.max() ?? 0, nameColumnsMax)
      }
    return rows.map { row in
      let line = DisplayWidth.padded(row.name, to: width) + "  " + row.words
      guard let columns, DisplayWidth.of(line) > columns else { return [line] }
      return LineWrap.wrapped(row.name, columns: columns)
        + LineWrap.wrapped(row.words, columns: columns, after: "  ")
    }
  }
}
