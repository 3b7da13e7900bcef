internal import Glibc
internal import JournalModel
internal import JournalStore
internal import OperationLog

/// What a command works with; nothing is loaded or opened before a command asks for it.
final class CommandContext {
  let environment: ProcessEnvironment
  let terminal: Terminal
  let output: Output
  let folders: JournalFolders

  init(environment: ProcessEnvironment, terminal: Terminal) throws {
    self.environment = environment
    self.terminal = terminal
    output = Output(columns: terminal.columns)
    folders = try JournalFolders(environment)
  }

  private(set) lazy var zones = ZoneRules.system

  /// What `config.toml` says, read once: what is wrong with it is told once.
  private(set) lazy var settings = readSettings()

  /// Unix milliseconds, the same for the whole command: its record and its date agree.
  private(set) lazy var now: Int64 = Self.clock()

  /// Unix milliseconds at this moment, for what takes minutes and is dated when it ends.
  static func clock() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  var today: CivilDay { JournalDate(unixMilliseconds: now, in: zones).day }

  /// What `--color` said.
  var colorChoice = ColorChoice.auto

  var style: Style {
    switch colorChoice {
    case .auto: Style(isOn: terminal.hasStyle)
    case .always: Style(isOn: true)
    case .never: Style(isOn: false)
    }
  }

  /// Says what nobody needs but who watches, beside the output: a script that counts lines counts
  /// none.
  func hint(_ sentence: String) {
    if terminal.errorIsTerminal { output.message(sentence) }
  }

  /// The journal, once a command has asked for it.
  var journal: JournalStore?
  /// The one that a command read from before it opened it to write. Kept to the end: to let go of a
  /// connection's queue, Dispatch starts a thread, and waits for ever if it gets none.
  var journalRead: JournalStore?
  /// This command puts a journal where none is.
  var bringsJournalBack = false
  /// Whether it was opened for writing.
  var isWritable = false

  func date(_ typed: String?) throws -> JournalDate {
    guard let typed else { return JournalDate(unixMilliseconds: now, in: zones) }
    return try JournalDate.typed(typed, now: now, zones: zones)
  }

  /// When something planned is due: words look ahead.
  func dueDate(_ typed: String) throws -> JournalDate {
    try JournalDate.typed(typed, now: now, zones: zones, looking: .ahead)
  }
}
