internal import Glibc
internal import Interchange

/// The units of systemd that belong to the user, and the manager that runs them.
struct UserUnits {
  let environment: ProcessEnvironment
  private let folder: String

  init(_ environment: ProcessEnvironment) throws {
    self.environment = environment
    folder =
      try JournalFolders.base(environment, "XDG_CONFIG_HOME", "/.config") + "/systemd/user"
  }

  /// Writes the units and starts the timer, now and at every login.
  ///
  /// - Returns: whether there is a systemd that does it; else everything is as it was.
  func start(_ timer: UserTimer) throws -> Bool {
    let service = timer.service(program: try Self.program(), variables: try variables())
    let old = try OldUnits(
      service: FileBytes.read(path(timer.name + ".service"), limit: Self.bytesMax),
      timer: FileBytes.read(path(timer.timerName), limit: Self.bytesMax))
    let wasEnabled = old.timer != nil && isEnabled(timer)
    do {
      try PrivateFile.replace(path(timer.name + ".service"), with: Array(service.utf8))
      try PrivateFile.replace(path(timer.timerName), with: Array(timer.timer.utf8))
    } catch {
      try? putBack(old, of: timer)
      throw error
    }
    // `enable` alone would leave a timer that runs already at its old hour.
    if systemctl("daemon-reload") && systemctl("enable", timer.timerName)
      && systemctl("restart", timer.timerName)
    {
      return true
    }
    if !wasEnabled { _ = systemctl("disable", "--now", timer.timerName) }
    try putBack(old, of: timer)
    if old.timer != nil {
      _ = systemctl("daemon-reload")
      if wasEnabled { _ = systemctl("restart", timer.timerName) }
    }
    return false
  }

  /// Why a timer was not started: one that was there before goes on; else cron can do the same.
  func notStarted(_ timer: UserTimer, schedule: String) throws -> Failure {
    guard calendar(of: timer) == nil else {
      return Failure(.notPossible, Messages.Remind.timerStays)
    }
    let line = try crontabLine(timer, schedule: schedule)
    return Failure(.notPossible, Messages.Remind.noSystemd(crontabLine: line))
  }

  /// What was there before a timer was set; `nil` for what was not.
  private struct OldUnits {
    let service: [UInt8]?
    let timer: [UInt8]?
  }

  private func putBack(_ old: OldUnits, of timer: UserTimer) throws {
    let files = [(timer.name + ".service", old.service), (timer.timerName, old.timer)]
    for (unit, bytes) in files {
      if let bytes { try PrivateFile.replace(path(unit), with: bytes) } else { unlink(path(unit)) }
    }
  }

  private static let bytesMax = 1 << 16

  /// - Returns: whether it was there to be stopped.
  func stop(_ timer: UserTimer) -> Bool {
    let wasEnabled = isEnabled(timer)
    _ = systemctl("disable", "--now", timer.timerName)
    let wasThere = remove(timer)
    _ = systemctl("daemon-reload")
    return wasEnabled || wasThere
  }

  func isEnabled(_ timer: UserTimer) -> Bool { systemctl("is-enabled", timer.timerName) }

  /// What the timer's own unit says after `OnCalendar=`; `nil` if Ebb wrote none.
  func calendar(of timer: UserTimer) -> String? {
    guard let bytes = try? FileBytes.read(path(timer.timerName), limit: Self.bytesMax) else {
      return nil
    }
    let key = "OnCalendar="
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
      .first { $0.hasPrefix(key) }.map { String($0.dropFirst(key.count)) }
  }

  /// What does the same where there is no systemd: a line for crontab(5).
  func crontabLine(_ timer: UserTimer, schedule: String) throws -> String {
    let words =
      try variables().map { "\($0.name)=\($0.value.shellQuoted)" }
      + [Self.program().shellQuoted]
      + timer.arguments.map { Self.isPlain($0) ? $0 : $0.shellQuoted }
    // To cron, % is the end of the command.
    let command = words.joined(separator: " ").split(
      separator: "%", omittingEmptySubsequences: false)
    return schedule + " " + command.joined(separator: "\\%")
  }

  private static func isPlain(_ word: String) -> Bool {
    word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./".contains($0)) }
  }

  private func path(_ unit: String) -> String { folder + "/" + unit }

  private func remove(_ timer: UserTimer) -> Bool {
    unlink(path(timer.name + ".service"))
    return unlink(path(timer.timerName)) == 0
  }

  /// Whether it went well. What it has to say is in the way of nobody who has no systemd.
  private func systemctl(_ words: String...) -> Bool {
    let child = try? ChildProcess(
      command: "systemctl --user --quiet 2>/dev/null", arguments: words, environment: environment)
    return child?.wait() == 0
  }

  /// Where the journal is, if that is not the usual place.
  private func variables() throws -> [(name: String, value: String)] {
    try ["EBB_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"].compactMap { name in
      try environment.exactly(name).map { (name, $0) }
    }
  }

  private static func program() throws -> String {
    guard let path = SystemFiles.resolved("/proc/self/exe") else {
      throw Failure(
        .disk, Messages.Files.unreadable(path: "/proc/self/exe", reason: SystemReason.now))
    }
    return path
  }
}
