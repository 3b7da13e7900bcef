/// A whole number that somebody typed for an option.
struct Score {
  let value: Int

  /// The score of a mood.
  init(_ text: String) throws {
    guard let value = Score.integer(text) else {
      throw Failure.usage(Messages.Writing.score(notANumber: text))
    }
    self.value = value
  }

  /// The value of an option such as `--energy`; whether it is in range is for the model to say.
  static func number(_ text: String?, option: String) throws -> Int? {
    guard let text else { return nil }
    guard let value = integer(text) else {
      throw Failure.usage(Messages.Arguments.notANumber(text, option: option))
    }
    return value
  }

  /// Digits with or without a sign; numbers too large for a machine are clamped, for they are out
  /// of every range.
  static func integer(_ text: String) -> Int? {
    let digits = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return Int(text) ?? (text.hasPrefix("-") ? .min : .max)
  }
}
