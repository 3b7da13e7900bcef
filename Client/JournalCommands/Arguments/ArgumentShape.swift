/// The options of one command, as far as telling them from text needs to know them.
package struct ArgumentShape: Sendable {
  /// Whether words that are no options may be anything a person writes.
  package var takesText: Bool
  /// Whether words that are no options may be a query: `-word` excludes then. A single letter
  /// after a dash is a mistaken option.
  package var takesQuery: Bool
  /// Options without a value: `--star`.
  package var flags: Set<String>
  /// Options with a value that can be given once: `--title T`.
  package var values: Set<String>
  /// Options with a value that can be given often: `--tag T`.
  package var repeated: Set<String>
  /// Options by their short names: `-o` for `--output`.
  package var optionsByShortName: [String: String]

  package init(
    takesText: Bool = false, takesQuery: Bool = false, flags: Set<String> = [],
    values: Set<String> = [], repeated: Set<String> = [],
    short optionsByShortName: [String: String] = [:]
  ) {
    self.optionsByShortName = optionsByShortName
    self.takesText = takesText
    self.takesQuery = takesQuery
    self.flags = flags
    self.values = values
    self.repeated = repeated
  }

  /// All options, in alphabetical order.
  package var options: [String] {
    flags.union(values).union(repeated).sorted()
  }

  func takesValue(_ option: String) -> Bool {
    values.contains(option) || repeated.contains(option)
  }

  /// This shape and the options of another.
  package func adding(_ other: ArgumentShape) -> ArgumentShape {
    ArgumentShape(
      takesText: takesText || other.takesText, takesQuery: takesQuery || other.takesQuery,
      flags: flags.union(other.flags),
      values: values.union(other.values), repeated: repeated.union(other.repeated),
      short: optionsByShortName.merging(other.optionsByShortName) { own, _ in own })
  }
}
