internal import ArgumentParser
internal import Interchange
internal import JournalModel

/// `ebb practice`: lists the practices, or leads through one.
struct PracticeCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "practice", "Steady yourself, look closer, or find the way back.",
    usage: "ebb practice [NAME] [options]", discussion: Messages.Help.practice)

  static let isPractice = true

  static let shape = ArgumentShape(
    words: .names, values: ["--in", "--hold", "--out", "--rounds"], repeated: ["--person"]
  ).adding(JSONOption.shape)

  static let wordCandidates = WordCandidates(.fixed(Practice.all.map(\.id)))

  @Argument(help: ArgumentHelp("Its name, as `ebb practice` lists it.", valueName: "name"))
  var names: [String] = []

  @Option(
    name: .customLong("in"),
    help: ArgumentHelp("Breathing: seconds to breathe in, else 4.", valueName: "n"))
  var inSeconds: String?

  @Option(help: ArgumentHelp("Breathing: seconds to hold, else 0.", valueName: "n"))
  var hold: String?

  @Option(help: ArgumentHelp("Breathing: seconds to breathe out, else 6.", valueName: "n"))
  var out: String?

  @Option(help: ArgumentHelp("Breathing: how often, else 6 times.", valueName: "n"))
  var rounds: String?

  @Option(
    help: ArgumentHelp("Somebody it is about; several with commas.", valueName: "name"),
    completion: .asked(.person))
  var person: [String] = []

  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    let rhythm = try rhythm()
    guard let name = names.first else { return list(rhythm, context) }
    let practice = try Self.practice(named: try Self.only(names, name))
    let guide = PracticeGuide(practice: practice, rhythm: rhythm)
    if output.json { return context.output.json(guide.json) }
    guard let dialogue = Dialogue(context) else {
      return guide.lines(columns: context.terminal.columns).forEach(context.output.line)
    }
    // What is wrong with the journal is found before anybody writes a word.
    if practice.isWritten { _ = try context.openedJournal() }
    var session = PracticeSession(context: context, dialogue: dialogue, practice: practice)
    session.rhythm = rhythm
    session.people = try context.known(people: NameList.names(in: person))
    try Interruption.noting { try session.run() }
  }

  private func list(_ rhythm: BreathingRhythm, _ context: CommandContext) {
    if output.json {
      return context.output.json(
        lines: Practice.all.map { PracticeGuide(practice: $0, rhythm: rhythm).json })
    }
    let width = Practice.all.map { DisplayWidth.of($0.id) }.max() ?? 0
    for (title, practices) in [
      (Messages.Practices.steadying, Practice.all.filter { !$0.isWritten }),
      (Messages.Practices.writing, Practice.all.filter(\.isWritten)),
    ] {
      context.output.line(context.style.strong(title))
      for practice in practices {
        let id = "  " + DisplayWidth.padded(practice.id, to: width) + "  "
        LineWrap.wrapped(practice.summary, columns: context.terminal.columns, after: id)
          .forEach(context.output.line)
      }
      context.output.line()
    }
    LineWrap.wrapped(Messages.Practices.care, columns: context.terminal.columns)
      .forEach(context.output.line)
  }

  private func rhythm() throws -> BreathingRhythm {
    var rhythm = BreathingRhythm()
    let seconds = BreathingRhythm.seconds
    rhythm.inSeconds = try Self.number(inSeconds, "--in", seconds) ?? rhythm.inSeconds
    rhythm.holdSeconds =
      try Self.number(hold, "--hold", BreathingRhythm.holds) ?? rhythm.holdSeconds
    rhythm.outSeconds = try Self.number(out, "--out", seconds) ?? rhythm.outSeconds
    rhythm.rounds =
      try Self.number(rounds, "--rounds", BreathingRhythm.roundCounts) ?? rhythm.rounds
    return rhythm
  }

  private static func number(
    _ text: String?, _ option: String, _ range: ClosedRange<Int>
  ) throws -> Int? {
    guard let number = try WholeNumber.typed(text, option: option) else { return nil }
    guard range.contains(number) else {
      throw Failure.usage(Messages.Practices.outOfRange(option, range))
    }
    return number
  }

  private static func practice(named name: String) throws -> Practice {
    guard let practice = Practice.named(name.lowercased()) else {
      throw Failure(
        .notPossible,
        Messages.Practices.unknown(
          name,
          nearest: Suggestion.nearest(to: name.lowercased(), among: Practice.all.map(\.id))))
    }
    return practice
  }
}
