internal import Glibc

/// Ctrl-C ends a command with status 130 and leaves nothing behind: what is durable stays, what is
/// not yet durable never was, and the terminal shows again what is typed.
enum Interruption {
  static func install() {
    signal(SIGPIPE, SIG_IGN)
    // Keep ignoring it if whoever started us wants that (`nohup`, background jobs).
    if let before = signal(SIGINT, handler), isIgnoring(before) { signal(SIGINT, SIG_IGN) }
    // A parent may have left it blocked, which is inherited.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  private static func isIgnoring(_ handler: @escaping @convention(c) (Int32) -> Void) -> Bool {
    unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// Async-signal-safe: nothing but `tcsetattr`, `unlink`, `rmdir`, `write` and `_exit`.
  private static let handler: @convention(c) (Int32) -> Void = { signal in
    Interruption.showTyping()
    Interruption.passing?.remove()
    if let sentence = Interruption.lastSentence {
      write(STDERR_FILENO, sentence.baseAddress, sentence.count)
    }
    // 130 is what shells make of Ctrl-C.
    _exit(128 + signal)
  }

  /// Runs `body`, and when the command is ended meanwhile, by Ctrl-C, by the terminal's closing
  /// or politely by another program, removes the folder with the files that it may hold.
  static func removing<Value>(
    folder: String, files: [String], _ body: () throws -> Value
  ) rethrows -> Value {
    passing = PassingFolder(folder, files: files)
    let ends = [SIGTERM, SIGHUP].map { ($0, signal($0, handler)) }
    defer {
      for (number, before) in ends { signal(number, before) }
      passing = nil
    }
    return try body()
  }

  private nonisolated(unsafe) static var passing: PassingFolder?

  /// Runs `body`, and says a sentence when Ctrl-C ends the command meanwhile.
  static func telling<Value>(_ sentence: String, _ body: () throws -> Value) rethrows -> Value {
    let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: sentence.utf8.count + 1)
    _ = bytes.initialize(from: sentence.utf8 + [UInt8(ascii: "\n")])
    let before = lastSentence
    lastSentence = UnsafeRawBufferPointer(bytes)
    defer {
      lastSentence = before
      bytes.deallocate()
    }
    return try body()
  }

  private nonisolated(unsafe) static var lastSentence: UnsafeRawBufferPointer?

  /// Runs `body`, during which Ctrl-C and other polite ends are only noted: for work that asks
  /// `check` now and then, and clears up after itself.
  static func noting<Value>(_ body: () throws -> Value) rethrows -> Value {
    let before = [SIGINT, SIGTERM, SIGHUP].map { ($0, signal($0, note)) }
    for case (let number, let handler?) in before where isIgnoring(handler) {
      signal(number, handler)
    }
    defer { for (number, handler) in before { signal(number, handler) } }
    return try body()
  }

  /// Throws a `Failure` with status 130 once an end was asked for.
  static func check(_ sentence: String = Messages.Export.interrupted) throws {
    if noted != 0 { throw Failure(.interrupted, sentence) }
  }

  /// The same for work that asks whether to stop, and then throws whatever it likes.
  static func stopping<Value>(
    _ sentence: String, _ body: (@escaping () -> Bool) throws -> Value
  ) throws -> Value {
    try noting {
      do {
        return try body { noted != 0 }
      } catch {
        try check(sentence)
        throw error
      }
    }
  }

  /// Which end was asked for inside `noting` since the last call: the number of its signal.
  static func takeNoted() -> Int32? {
    defer { noted = 0 }
    return noted == 0 ? nil : noted
  }

  private static let note: @convention(c) (Int32) -> Void = { Interruption.noted = $0 }

  private nonisolated(unsafe) static var noted: sig_atomic_t = 0

  static func hideTyping(on descriptor: Int32) -> Bool {
    changeTyping(on: descriptor, without: ECHO)
  }

  /// As `hideTyping`, and keys are not kept until Enter.
  @discardableResult
  static func takeKeys(on descriptor: Int32) -> Bool {
    changeTyping(on: descriptor, without: ECHO | ICANON)
  }

  private static func changeTyping(on descriptor: Int32, without flags: Int32) -> Bool {
    guard tcgetattr(descriptor, shown) == 0 else { return false }
    var hidden = shown.pointee
    hidden.c_lflag &= ~tcflag_t(flags)
    guard tcsetattr(descriptor, TCSADRAIN, &hidden) == 0 else { return false }
    hiddenOn = descriptor
    return true
  }

  static func showTyping() {
    guard hiddenOn >= 0 else { return }
    _ = tcsetattr(hiddenOn, TCSADRAIN, shown)
    hiddenOn = -1
  }

  // Only touched by the one thread that asks, and by the handler that ends the process.
  // Swift 6.3 makes a global `termios` three bytes too small, which `tcgetattr` writes beyond.
  private nonisolated(unsafe) static let shown = UnsafeMutablePointer<termios>.allocate(capacity: 1)
  private nonisolated(unsafe) static var hiddenOn: Int32 = -1
}

/// A folder that must not outlive the command. Its names are C strings made before, for a signal
/// handler may not allocate.
private struct PassingFolder {
  private let folder: UnsafeMutablePointer<CChar>?
  private let files: UnsafeMutableBufferPointer<UnsafeMutablePointer<CChar>?>

  init(_ folder: String, files names: [String]) {
    self.folder = strdup(folder)
    files = .allocate(capacity: names.count)
    _ = files.initialize(from: names.map { strdup(folder + "/" + $0) })
  }

  /// Other threads may be making files still, so it asks several times.
  func remove() {
    guard let folder else { return }
    for _ in 0..<100 {
      for file in files { if let file { unlink(file) } }
      if rmdir(folder) == 0 || errno == ENOENT { return }
    }
  }
}
