internal import JournalModel

/// The date that a text begins with, before a colon and a space: `yesterday 9pm: Met Sam.`
enum DatePrefix {
  /// `nil` where a text begins with anything else, and, which is told, with a day that is none or
  /// could be two.
  static func date(of text: String, _ context: CommandContext) -> JournalDate? {
    // A time has colons too, but no space after them.
    let start = text.prefix(charactersMax)
    let parts = zip(start.indices, start.indices.dropFirst())
    guard let colon = parts.first(where: { start[$0] == ":" && start[$1] == " " })?.0 else {
      return nil
    }
    let words = start[..<colon]
    guard !isCount(words), !words.contains("\n") else { return nil }
    do {
      return try context.date(String(words))
    } catch TypedDateError.notUnderstood {
      return nil
    } catch {
      Output.message(Messages.Writing.datedNow(Failure(describing: error).message))
      return nil
    }
  }

  /// `3`, `1/2`: counts things more often than it dates them. A time has a colon in it.
  private static func isCount(_ words: Substring) -> Bool {
    words.allSatisfy { $0.isNumber || $0.isWhitespace || $0 == "/" }
      && words.count { $0 == "/" } < 2
  }

  private static let charactersMax = 60
}
