extension Messages {
  /// What `ebb mood` says.
  enum Mood {
    /// - Parameter score: the word among the others that could be the score.
    static func noMeasure(_ words: [String], score: String?, offersCheckIn: Bool) -> String {
      var sentences = ["A mood log needs at least one of score, closeness, pull and urge."]
      if let score {
        sentences.append("Put the number first: `ebb mood \(score) \(rest(words, score))`.")
      }
      if offersCheckIn { sentences.append("`ebb check-in` asks for them one by one.") }
      return Messages.Writing.notTaken(sentences.joined(separator: " "))
    }

    static func secondNumber(_ text: String) -> String {
      Messages.Writing.notTaken(
        "\(Messages.quoted(text)) is no feeling, and the score is the first number: other numbers have "
          + "options, such as --energy, --closeness and --urge.")
    }

    /// What stands beside the number, if a shell takes it as it is.
    private static func rest(_ words: [String], _ score: String) -> String {
      var words = words
      if let place = words.firstIndex(of: score) { words.remove(at: place) }
      let isPlain = words.allSatisfy { $0.allSatisfy { $0.isLetter || "@,-".contains($0) } }
      let rest = words.joined(separator: " ")
      return isPlain && rest.count <= 40 ? rest : "…"
    }
  }
}
