internal import ArgumentParser
internal import JournalModel

/// `ebb mood`: a mood log; a first integer is the score, words with an @ are people, with a # tags,
/// others emotions.
struct MoodCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "mood", "Log a mood, and how close it felt.",
    usage: "ebb mood [SCORE] [EMOTION…] [options]",
    discussion: Messages.Help.mood)

  static let shape = ArgumentShape(words: .text)
    .adding(MoodOptions.shape, DateOption.shape, NameOptions.shape, JSONOption.shape)

  @Argument(
    help: ArgumentHelp(
      "A score from 1 to 10 first, if you like; then words for what you feel, @people and #tags.",
      valueName: "word"))
  var words: [String] = []

  @OptionGroup var mood: MoodOptions
  @OptionGroup var when: DateOption
  @OptionGroup var names: NameOptions
  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    var draft = MoodDraft(date: try context.date(when.date))
    let words = try MoodWords(words)
    draft.score = words.score
    draft.emotions = words.emotions
    draft.energy = try WholeNumber.typed(mood.energy, option: "--energy")
    draft.closeness = try WholeNumber.typed(mood.closeness, option: "--closeness")
    draft.pull = try mood.pull.map(MoodWords.pull)
    draft.urge = try WholeNumber.typed(mood.urge, option: "--urge")
    draft.signs = mood.signs
    draft.trigger = mood.trigger
    draft.said = mood.said
    draft.meant = mood.meant
    draft.fear = mood.fear
    draft.action = mood.action
    draft.technique = try mood.technique.map(MoodWords.technique)
    draft.note = mood.note
    draft.tags = words.tags + names.tags
    draft.people = try context.known(people: words.people) + names.people(context)
    guard draft.isMeasured else { throw noMeasure(context) }

    let id = RecordID.random()
    try context.save([try draft.change(record: id, createdAt: context.now)])
    try context.show(id, verb: Messages.Writing.saved, json: output.json)
    if !output.json, MoodLog(try context.state(of: id))?.isVeryHard == true {
      context.hintAtHelp()
    }
  }

  private func noMeasure(_ context: CommandContext) -> Failure {
    let score = words.first { WholeNumber.typed($0).map((1...10).contains) == true }
    return Failure.usage(
      Messages.Mood.noMeasure(
        words, score: score, offersCheckIn: context.settings.offersPractices))
  }
}

/// The words after `ebb mood`.
struct MoodWords: Equatable {
  var score: Int?
  var emotions: [String] = []
  /// With their @.
  var people: [String] = []
  /// With their #.
  var tags: [String] = []

  /// `4 torn, anxious @Sam #work` is a score, two emotions, a person and a tag. What begins like a
  /// number and is none, such as `5.5`, was meant as a score: status 64.
  init(_ words: [String]) throws {
    var rest = words[...]
    if let first = rest.first, first.unicodeScalars.first?.properties.numericType == .decimal {
      score = try WholeNumber.score(first)
      rest.removeFirst()
    } else if let first = rest.first, let score = WholeNumber.typed(first) {
      self.score = score
      rest.removeFirst()
    }
    for word in rest {
      for part in word.split(separator: ",") where !String(part).isBlank {
        let name = part.drop(while: \.isWhitespace)
        switch name.first {
        case "@" where name.count > 1: people.append(String(name))
        case "#" where name.count > 1: tags.append(String(name))
        default:
          if score != nil, WholeNumber.typed(String(name)) != nil {
            throw Failure.usage(Messages.Mood.secondNumber(String(name)))
          }
          emotions.append(String(part))
        }
      }
    }
  }

  static func pull(_ text: String) throws -> Pull {
    guard let pull = Pull(typed: text) else { throw InputError.unknownPull(text) }
    return pull
  }

  static func signs(_ lists: [String]) -> [String] {
    NameList.names(in: lists).map { $0.lowercased() }
  }

  /// A practice: a slip of the finger would be one more that insights know nothing of.
  static func technique(_ text: String) throws -> String {
    guard let practice = Practice.named(text.lowercased()) else {
      throw Failure.usage(
        Messages.Practices.unknownTechnique(
          text, nearest: Suggestion.nearest(to: text.lowercased(), among: Practice.all.map(\.id))))
    }
    return practice.id
  }
}
