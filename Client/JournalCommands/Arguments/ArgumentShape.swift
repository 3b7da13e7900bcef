/// The options of one command, as far as telling them from text needs to know them.
package struct ArgumentShape: Sendable {
  /// What words that are no options can be.
  package var words: Words
  /// Options without a value: `--star`.
  package var flags: Set<String>
  /// Options with a value that can be given once: `--title T`.
  package var values: Set<String>
  /// Options with a value that can be given often: `--tag T`.
  package var repeated: Set<String>
  /// Options by their short names: `-o` for `--output`.
  package var optionsByShortName: [String: String]

  package enum Words: Sendable {
    /// There are none.
    case none
    /// Ids, names, paths.
    case names
    /// `-word` excludes; a single letter or digit after a dash is a mistaken option: `-n 5`, `-5`.
    case query
    /// Anything a person writes.
    case text
  }

  package init(
    words: Words = .none, flags: Set<String> = [], values: Set<String> = [],
    repeated: Set<String> = [], short optionsByShortName: [String: String] = [:]
  ) {
    self.words = words
    self.flags = flags
    self.values = values
    self.repeated = repeated
    self.optionsByShortName = optionsByShortName
  }

  /// All options, in alphabetical order.
  package var options: [String] {
    flags.union(values).union(repeated).sorted()
  }

  func takesValue(_ option: String) -> Bool {
    values.contains(option) || repeated.contains(option)
  }

  /// This shape and the options of others.
  package func adding(_ others: ArgumentShape...) -> ArgumentShape {
    others.reduce(into: self) { shape, other in
      shape.flags.formUnion(other.flags)
      shape.values.formUnion(other.values)
      shape.repeated.formUnion(other.repeated)
      shape.optionsByShortName.merge(other.optionsByShortName) { own, _ in own }
    }
  }
}
