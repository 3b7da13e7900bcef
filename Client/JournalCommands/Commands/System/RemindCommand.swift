internal import ArgumentParser
internal import JournalModel
internal import JournalStore

/// `ebb remind`: one quiet sentence at an hour of one's choice, on days without a line.
struct RemindCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "remind", "Be reminded to write, at an hour of your choice.",
    usage: "ebb remind [--at TIME|--off|--now]", discussion: Messages.Help.remind)

  static let shape = ArgumentShape(flags: ["--off", "--now"], values: ["--at"])

  @Option(help: ArgumentHelp("Every day at that time: 21:00, 9pm.", valueName: "time"))
  var at: String?

  @Flag(help: "Not any more.")
  var off = false

  @Flag(help: "Now, unless something was written today: what the timer runs.")
  var now = false

  mutating func perform(_ context: CommandContext) throws {
    guard [at != nil, off, now].count(where: { $0 }) < 2 else {
      throw Failure.usage(Messages.Remind.oneOfThree)
    }
    if now { return try remind(context) }
    let units = try UserUnits(context.environment)
    if let at { return try start(at, units, context) }
    if off {
      context.output.line(
        units.stop(.reminder()) ? Messages.Remind.stopped : Messages.Remind.wasNotThere)
      return
    }
    context.output.line(
      units.isEnabled(.reminder())
        ? Messages.Remind.isAt(
          units.calendar(of: .reminder()).flatMap(Self.time(inCalendar:)) ?? UserTimer.reminderTime)
        : Messages.Remind.isNotThere)
  }

  private func start(_ at: String, _ units: UserUnits, _ context: CommandContext) throws {
    guard let time = ClockTime(at) else { throw Failure.usage(Messages.Remind.notATime(at)) }
    guard try units.start(.reminder(at: time)) else {
      throw try units.notStarted(
        .reminder(at: time), schedule: "\(time.minute) \(time.hour) * * *")
    }
    context.output.sentence(Messages.Remind.isAt(time))
  }

  /// `*-*-* 21:00:00`
  private static func time(inCalendar event: String) -> ClockTime? {
    event.split(separator: " ").last.flatMap { ClockTime(String($0.dropLast(3))) }
  }

  private func remind(_ context: CommandContext) throws {
    guard try !Self.wasWrittenToday(context) else { return }
    let text = context.settings.reminderText
    let child = try? ChildProcess(
      command: "notify-send --app-name=Ebb 2>/dev/null", arguments: ["--", text],
      environment: context.environment)
    if child?.wait() != 0 { context.output.line(Visible.line(text)) }
  }

  /// Something of today, or something of another day that was written today.
  private static func wasWrittenToday(_ context: CommandContext) throws -> Bool {
    guard let journal = try context.journalToRead() else { return false }
    var query = RecordQuery()
    query.on = context.today
    guard try journal.count(matching: query) == 0 else { return true }
    let (today, zones) = (context.today, context.zones)
    // No day is longer, whatever becomes of its clocks.
    let twoDays: Int64 = 172_800_000
    let around = (context.now - twoDays)...(context.now + twoDays)
    return try journal.hasRecord { time in
      around.contains(time) && JournalDate(unixMilliseconds: time, in: zones).day == today
    }
  }
}
