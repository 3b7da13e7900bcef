internal import JournalModel
internal import OperationLog

/// Leads through a practice on the terminal, with a rating before and after if wanted, and keeps
/// what came of it.
struct PracticeSession {
  let context: CommandContext
  let dialogue: Dialogue
  let practice: Practice
  var rhythm = BreathingRhythm()
  var people: [String] = []
  /// What is known already and need not be asked.
  var before: Rating?

  struct Rating: Equatable {
    var score: Int?
    var urge: Int?

    var isEmpty: Bool { score == nil && urge == nil }
  }

  /// Throws a `Failure` with status 130 when it was broken off; what was written is kept if wanted.
  func run() throws {
    dialogue.say("\n" + context.style.strong(practice.name))
    dialogue.say(practice.summary)
    var before = before ?? Rating()
    if self.before == nil { try rate(&before, Messages.Practices.before, asking: (true, true)) }
    let text = try practised()
    var after = Rating()
    do {
      if !before.isEmpty {
        try rate(
          &after, Messages.Practices.after, asking: (before.score != nil, before.urge != nil))
      }
    } catch {
      // What was written is not lost for want of a number.
      guard text != nil else { throw error }
      try keep(text, before, after)
      throw Failure(.interrupted, Messages.Practices.wordsKept)
    }
    try keep(text, before, after)
  }

  /// What was answered stays in the rating when the next question is broken off.
  private func rate(
    _ rating: inout Rating, _ heading: String, asking: (score: Bool, urge: Bool)
  ) throws {
    dialogue.say("\n" + heading)
    if asking.score { rating.score = try dialogue.number(Messages.Practices.score, 1...10) }
    if asking.urge { rating.urge = try dialogue.number(Messages.Practices.urge, 0...10) }
  }

  /// What was written, if it is a practice of writing.
  private func practised() throws -> String? {
    switch practice.content {
    case .guided(let sentences):
      dialogue.say("\n" + Messages.Practices.ownPace)
      for sentence in sentences {
        dialogue.say("\n" + sentence)
        try pause()
      }
    case .breathing:
      dialogue.say("\n" + Messages.Practices.anyKey)
      BreathingPacer(
        dialogue: dialogue, rhythm: rhythm,
        isAnimated: context.terminal.canRedraw && dialogue.columns >= BreathingPacer.columns
      ).run()
    case .written(let questions):
      return try WrittenAnswers(context: context, dialogue: dialogue).asked(questions)
    }
    return nil
  }

  private func pause() throws {
    switch dialogue.ask("") {
    case .line, .unreadable: return
    case .interrupted, .gone: throw Failure(.interrupted, Messages.Practices.stopped)
    }
  }

  /// An entry for what was written, a mood log for what was rated.
  private func keep(_ text: String?, _ before: Rating, _ after: Rating) throws {
    let now = CommandContext.clock()
    let date = JournalDate(unixMilliseconds: now, in: context.zones)
    var changes: [RecordChange] = []
    var ids: [RecordID] = []
    if let text {
      ids.append(RecordID.random())
      var entry = EntryDraft(date: date, text: text)
      entry.title = practice.name
      entry.prompt = practice.id
      entry.people = people
      changes.append(try entry.change(record: ids[0], createdAt: now))
    }
    // Without a rating afterwards there is nothing that a mood log could compare.
    if !after.isEmpty {
      var mood = MoodDraft(date: date)
      mood.technique = practice.id
      (mood.scoreBefore, mood.urgeBefore) = (before.score, before.urge)
      (mood.score, mood.urge) = (after.score, after.urge)
      mood.people = people
      mood.entry = ids.first
      ids.append(RecordID.random())
      changes.append(try mood.change(record: ids[ids.count - 1], createdAt: now))
    }
    guard !changes.isEmpty else { return dialogue.say("\n" + Messages.Practices.nothingToKeep) }
    do {
      try context.save(changes)
    } catch {
      throw text.map { context.keptAside($0, error) } ?? error
    }
    dialogue.show("\n")
    try context.show(ids, verb: Messages.Writing.saved, json: false)
  }
}
