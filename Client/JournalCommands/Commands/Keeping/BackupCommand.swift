internal import ArgumentParser
internal import Interchange
internal import JournalStore

/// `ebb backup`: the whole journal in one file; on a schedule, if asked.
struct BackupCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "backup", "Copy the whole journal into one file.",
    usage: "ebb backup PATH [--keep N]\nebb backup FOLDER --every day|week|month [--keep N]",
    discussion: Messages.Help.backup)

  static let shape = ArgumentShape(words: .names, values: ["--every", "--keep"])

  static let wordCandidates = WordCandidates(.files)

  @Argument(
    help: ArgumentHelp(
      "The file to make, which must not be there yet, or a folder to make it in.",
      valueName: "path"))
  var words: [String] = []

  @Option(
    help: ArgumentHelp(
      "From now on by itself, into a folder: day, week or month; never ends it.",
      valueName: "how often"),
    completion: .words(of: Schedule.self))
  var every: String?

  @Option(
    help: ArgumentHelp(
      "In a folder, remove the oldest backups of which there are more.", valueName: "n"))
  var keep: String?

  enum Schedule: String, CaseIterable { case day, week, month, never }

  mutating func perform(_ context: CommandContext) throws {
    let keep = try keep.map { text in
      guard let number = WholeNumber.typed(text), number > 0 else {
        throw Failure.usage(Messages.Backup.badKeep(text))
      }
      return number
    }
    if let every {
      guard let schedule = Schedule(rawValue: every.lowercased()) else {
        throw Failure.usage(Messages.Backup.unknownSchedule(every))
      }
      return try run(schedule, keep: keep, context)
    }
    let path = try Self.only(words, Messages.Account.aPath)
    guard let journal = try context.journalToRead() else {
      throw StoreError(.missing, path: context.folders.data)
    }
    guard SystemFiles.isFolder(path) else {
      if keep != nil { throw Failure(.notPossible, Messages.Backup.keepNeedsFolder(path)) }
      try context.folders.requireNotOwn(path)
      try Self.copy(journal, to: path)
      return context.output.sentence(Messages.Account.backedUp(Visible.line(path)))
    }
    let folder = BackupFolder(path: path)
    let file = folder.path(of: context.today)
    do {
      try Self.copy(journal, to: file)
      context.output.sentence(Messages.Account.backedUp(Visible.line(file)))
    } catch let error as StoreError where error.code == .exists {
      context.output.sentence(Messages.Backup.isThere(Visible.line(file)))
    }
    if let keep { try folder.keepLatest(keep, upTo: context.today) }
  }

  private static func copy(_ journal: JournalStore, to path: String) throws {
    try Interruption.stopping(Messages.Backup.interrupted) {
      try journal.backup(to: path, isStopped: $0)
    }
  }

  private func run(_ schedule: Schedule, keep: Int?, _ context: CommandContext) throws {
    let units = try UserUnits(context.environment)
    guard let event = schedule.calendarEvent, let cron = schedule.crontabFields else {
      try Self.none(words)
      let wasThere = units.stop(.backup(into: "", keep: nil, when: ""))
      return context.output.line(
        wasThere ? Messages.Backup.stopped : Messages.Backup.wasNotScheduled)
    }
    let path = try Self.only(words, Messages.Backup.aFolder)
    guard let folder = BackupFolder(path: path).absolutePath else {
      throw Failure(.notPossible, Messages.Backup.noFolder(path))
    }
    let timer = UserTimer.backup(into: folder, keep: keep, when: event)
    guard try units.start(timer) else { throw try units.notStarted(timer, schedule: cron) }
    context.output.sentence(Messages.Backup.scheduled(schedule.rawValue, Visible.line(folder)))
  }
}

extension BackupCommand.Schedule {
  /// As systemd.time(7) has it.
  fileprivate var calendarEvent: String? {
    switch self {
    case .day: "daily"
    case .week: "weekly"
    case .month: "monthly"
    case .never: nil
    }
  }

  /// As crontab(5) has it: at noon, when the machine of a person is likely to be on.
  fileprivate var crontabFields: String? {
    switch self {
    case .day: "0 12 * * *"
    case .week: "0 12 * * 1"
    case .month: "0 12 1 * *"
    case .never: nil
    }
  }
}
