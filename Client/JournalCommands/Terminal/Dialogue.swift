internal import Glibc

/// A conversation on the terminal: what is said is wrapped, and Ctrl-C is a reply like any other.
///
/// To be used inside `Interruption.noting`.
final class Dialogue {
  private let question: Question
  let columns: Int
  /// Whether there is nobody to ask any more.
  private var isGone = false

  /// `nil` when nobody can be asked.
  init?(_ context: CommandContext) {
    guard context.terminal.canAsk, let question = Question() else { return nil }
    self.question = question
    columns = min(context.terminal.columns ?? 60, 72)
  }

  func say(_ text: String) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      say(lines: LineWrap.wrapped(String(line), columns: columns))
    }
  }

  func say(lines: [String]) {
    question.say(lines.map { $0 + "\n" }.joined())
  }

  /// Without a line end after it.
  func show(_ text: String) { question.say(text) }

  func ask(_ prompt: String = "> ") -> Question.Reply {
    isGone ? .gone : question.reply(to: prompt)
  }

  /// Yes, unless the answer begins with an n.
  func agrees(_ prompt: String) -> Bool {
    switch ask(prompt) {
    case .line(let line): return !Visible.line(line).lowercased().hasPrefix("n")
    case .unreadable: return agrees(prompt)
    case .interrupted: return false
    // Nobody is there to say no.
    case .gone: return true
    }
  }

  /// A whole number, or `nil` for an empty line.
  ///
  /// Throws a `Failure` with status 130 that says `ended` when there is no answer any more.
  func number(
    _ text: String, _ range: ClosedRange<Int>, ended: String = Messages.Practices.stopped
  ) throws -> Int? {
    say(text)
    while true {
      switch ask() {
      case .line(let line):
        let line = Visible.line(line)
        if line.isEmpty { return nil }
        if let number = WholeNumber.typed(line), range.contains(number) { return number }
        say(Messages.CheckIn.notOnScale(range))
      case .unreadable: say(Messages.CheckIn.unreadable)
      case .interrupted, .gone: throw Failure(.interrupted, ended)
      }
    }
  }

  /// Waits so long; whether a key was pressed, or an end asked for, before that.
  func isStopped(afterMilliseconds milliseconds: Int) -> Bool {
    let end = Self.milliseconds + milliseconds
    while true {
      if let signal = Interruption.takeNoted() {
        isGone = signal != SIGINT
        return true
      }
      let left = end - Self.milliseconds
      if left <= 0 { return false }
      if question.isReadable(withinMilliseconds: Int32(clamping: min(left, 100))) { return true }
    }
  }

  /// Runs `body` while each key counts at once and none is shown.
  func takingKeys(_ body: () -> Void) {
    question.takeKeys()
    body()
    question.giveKeysBack()
  }

  /// Of a clock that nobody sets.
  private static var milliseconds: Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }
}
