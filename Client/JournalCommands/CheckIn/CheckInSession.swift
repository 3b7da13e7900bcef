internal import JournalModel
internal import JournalStore

/// Leads through a check-in, keeps what was answered, and ends kindly.
struct CheckInSession {
  let context: CommandContext
  let dialogue: Dialogue
  let offer: EmotionOffer

  func run() throws {
    let date = try context.date(nil)
    let (answers, isOver) = try asked()
    guard !answers.isEmpty else {
      return dialogue.say("\n" + Messages.CheckIn.nothingNoted)
    }
    let log = try keep(answers, date)
    dialogue.say("\n" + KindSentence.after(log, on: context.today))
    if log?.isVeryHard == true { dialogue.say(Messages.Practices.saysWhereHelpIs) }
    // Whoever pressed Ctrl-C wants no more questions.
    guard !isOver, try followUp() else { return }
    if let log, log.urge ?? 0 >= Practice.urgeWorthAPractice { try offerPractice(after: log) }
  }

  /// The answers that are to be kept, and whether Ctrl-C broke the check-in off.
  private func asked() throws -> (answers: CheckInAnswers, isOver: Bool) {
    var checkIn = CheckIn()
    var isOver = false
    let screen = CheckInScreen(style: context.style, columns: dialogue.columns, offer: offer)
    dialogue.say(Messages.CheckIn.introduction)
    while let question = checkIn.current {
      dialogue.say(
        lines: screen.lines(
          question, place: checkIn.place(of: question), answer: checkIn.answers.shown(question)))
      isOver = try !isAnswered(question, &checkIn, screen)
    }
    return (checkIn.answers, isOver)
  }

  /// Asks until there is an answer that leads on; `false` once Ctrl-C ended it all.
  private func isAnswered(
    _ question: CheckInQuestion, _ checkIn: inout CheckIn, _ screen: CheckInScreen
  ) throws -> Bool {
    while true {
      switch dialogue.ask() {
      case .line(let line):
        switch checkIn.take(line) {
        case .moved: return true
        case .explain: dialogue.say(lines: screen.explanation(question))
        case .again(let sentence): dialogue.say(sentence)
        }
      case .unreadable: dialogue.say(Messages.CheckIn.unreadable)
      case .interrupted:
        let answers = checkIn.answers
        guard !answers.isEmpty, dialogue.agrees(Messages.CheckIn.keep) else {
          throw Failure(.interrupted, Messages.CheckIn.nothingKept)
        }
        checkIn.end()
        return false
      case .gone:
        guard !checkIn.answers.isEmpty else {
          throw Failure(.interrupted, Messages.CheckIn.nothingKept)
        }
        _ = try keep(checkIn.answers, try context.date(nil))
        throw Failure(.interrupted, Messages.CheckIn.keptUnasked)
      }
    }
  }

  /// Saves and shows the record; `nil` if it had to be an entry.
  private func keep(_ answers: CheckInAnswers, _ date: JournalDate) throws -> MoodLog? {
    var answers = answers
    // Nothing that was answered is lost over how a name is spelled.
    if let people = answers.names[.people], let known = try? context.known(people: people) {
      answers.names[.people] = known
    }
    let id = RecordID.random()
    let change =
      answers.hasMeasure
      ? try answers.moodDraft(date: date).change(record: id, createdAt: context.now)
      : try answers.entryDraft(date: date).change(record: id, createdAt: context.now)
    do {
      try context.save([change])
    } catch {
      throw context.keptAside(answers.entryDraft(date: date).text, error)
    }
    dialogue.show("\n")
    try context.show(id, verb: Messages.Writing.saved, json: false)
    context.output.flush()
    if !answers.hasMeasure { dialogue.say(Messages.CheckIn.keptAsEntry) }
    return MoodLog(try context.state(of: id))
  }

  /// What really happened after a step, some days later: asked once. `false` after Ctrl-C.
  private func followUp() throws -> Bool {
    guard let journal = try context.journalToRead(),
      let state = try StepsAtAGlance(journal, today: context.today).toFollowUp,
      let step = Step(state)
    else { return true }
    dialogue.say("\n" + Messages.CheckIn.followUp(Visible.line(step.title)))
    if let fear = step.fearedOutcome { dialogue.say(Messages.Steps.feared(Visible.line(fear))) }
    dialogue.say(Messages.CheckIn.followUpQuestion)
    guard case .line(let line) = dialogue.ask() else { return false }
    _ = try context.save(editing: state.id) { state in
      guard !Visible.line(line).isEmpty else { return state.leavingOutcomeOpen() }
      var edit = RecordEdit()
      edit.set(.actualOutcome, .text(line))
      return try edit.change(of: state)
    }
    return true
  }

  private func offerPractice(after log: MoodLog) throws {
    let practices = Practice.all.filter { !$0.isWritten }
    dialogue.say("\n" + Messages.CheckIn.offer(practices))
    guard let practice = chosen(of: practices) else { return }
    var session = PracticeSession(context: context, dialogue: dialogue, practice: practice)
    session.before = PracticeSession.Rating(score: log.score, urge: log.urge)
    session.people = log.people
    try session.run()
  }

  /// `nil` for an empty line, and for Ctrl-C.
  private func chosen(of practices: [Practice]) -> Practice? {
    let ids = practices.map(\.id)
    while case .line(let line) = dialogue.ask() {
      let word = Visible.line(line)
      if word.isEmpty { return nil }
      if let id = CheckInAnswers.choice(word, of: ids) { return practices.first { $0.id == id } }
      dialogue.say(Messages.CheckIn.notAChoice(ids))
    }
    return nil
  }
}
