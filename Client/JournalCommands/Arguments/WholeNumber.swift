/// Whole numbers that people type. Whether one is in range is for the model to say.
enum WholeNumber {
  /// Digits with or without a sign; numbers too large for a machine are clamped, for they are out
  /// of every range.
  static func typed(_ text: String) -> Int? {
    let digits = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return Int(text) ?? (text.hasPrefix("-") ? .min : .max)
  }

  /// The value of an option such as `--energy`, if it was given.
  static func typed(_ text: String?, option: String) throws -> Int? {
    guard let text else { return nil }
    guard let number = typed(text) else {
      throw Failure.usage(Messages.Arguments.notANumber(text, option: option))
    }
    // What is clamped would be told as another number.
    guard Int(text) != nil else {
      throw Failure.usage(Messages.Arguments.outOfReach(text, option: option))
    }
    return number
  }

  /// The score of a mood.
  static func score(_ text: String) throws -> Int {
    guard let number = typed(text), Int(text) != nil else {
      throw Failure.usage(Messages.Writing.score(notANumber: text))
    }
    return number
  }
}
