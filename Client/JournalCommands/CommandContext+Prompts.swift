internal import JournalModel
internal import JournalStore

extension CommandContext {
  /// Ebb's questions and the user's own.
  func prompts() throws -> [Prompt] { Prompt.all + (try OwnPrompts.read(folders)) }

  /// What decides which question fits, from the records of the last days.
  func promptChoice() throws -> PromptChoice {
    var choice = PromptChoice(today: today)
    guard let journal = try journalToRead() else { return choice }
    choice.moods = try journal.records(matching: query(.mood, days: 7)).compactMap(MoodLog.init)
    var steps = query(.step, days: 7)
    steps.to = today.adding(days: 7)
    choice.steps = try journal.records(matching: steps).compactMap(Step.init)
    let entries = query(.entry, days: PromptChoice.restDays)
    for entry in try journal.records(matching: entries).compactMap(Entry.init) {
      guard let prompt = entry.prompt else { continue }
      let day = entry.date.day
      choice.lastAnswered[prompt] = max(day, choice.lastAnswered[prompt] ?? day)
    }
    return choice
  }

  private func query(_ kind: RecordKind, days: Int) -> RecordQuery {
    var query = RecordQuery()
    query.kinds = [kind]
    query.from = today.adding(days: -days)
    return query
  }

  /// The question that an id names.
  func prompt(id: String) throws -> Prompt {
    guard let prompt = try prompts().first(where: { $0.id == id }) else {
      throw Failure(.notPossible, Messages.Prompts.unknown(id))
    }
    return prompt
  }

  /// The question that fits today.
  func promptOfToday() throws -> Prompt {
    guard let prompt = try promptChoice().pick(from: prompts()) else {
      throw Failure(.notPossible, Messages.Prompts.allAnswered)
    }
    return prompt
  }
}
