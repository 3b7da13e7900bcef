internal import JournalModel

extension JournalCommand {
  /// The one word that a command takes.
  static func only(_ words: [String], _ what: String) throws -> String {
    guard let word = words.first, !word.isBlank else {
      throw Failure.usage(Messages.Arguments.missing(what, command: name))
    }
    try none(words.dropFirst())
    return word
  }

  static func none(_ words: some Collection<String>) throws {
    guard let word = words.first else { return }
    throw Failure.usage(Messages.Arguments.unexpected(word, command: name))
  }
}
