internal import ArgumentParser
internal import JournalModel
internal import JournalStore

/// `ebb check-in`: a mood log, asked for one question at a time.
struct CheckInCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "check-in", "Log how it is, one question at a time.",
    usage: "ebb check-in", discussion: Messages.Help.checkIn)

  static let isPractice = true

  static let shape = ArgumentShape()

  mutating func perform(_ context: CommandContext) throws {
    guard let dialogue = Dialogue(context) else {
      throw Failure.usage(Messages.CheckIn.needsTerminal)
    }
    // Whatever is wrong with the journal is found before anybody answers.
    let journal = try context.openedJournal()
    let offer = EmotionOffer(learnedFrom: try Self.logs(journal, context.today))
    try Interruption.noting {
      try CheckInSession(context: context, dialogue: dialogue, offer: offer).run()
    }
  }

  /// Enough to learn from, and quickly read.
  private static func logs(_ journal: JournalStore, _ today: CivilDay) throws -> [MoodLog] {
    var query = RecordQuery()
    query.kinds = [.mood]
    query.from = today.adding(days: -180)
    query.limit = 500
    return try journal.records(matching: query).compactMap(MoodLog.init)
  }
}
