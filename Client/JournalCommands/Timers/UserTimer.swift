internal import Glibc

/// A timer of the user's own systemd (systemd.timer(5)) that runs a command of Ebb now and then.
struct UserTimer {
  /// The units are `NAME.service` and `NAME.timer`.
  let name: String
  let about: String
  /// A calendar event as systemd.time(7) has it: `*-*-* 21:00:00`.
  let when: String
  /// Whether what was missed while the machine was off is made up for.
  var catchesUp = false
  /// Ends of the command that are nothing to worry about.
  var harmless: [ExitStatus] = []
  /// What follows `ebb`.
  let arguments: [String]

  var timerName: String { name + ".timer" }

  /// - Parameters:
  ///   - program: the whole path.
  ///   - variables: what the command needs of the environment.
  func service(program: String, variables: [(name: String, value: String)] = []) -> String {
    let environment = variables.map { "Environment=\(Self.quoted("\($0.name)=\($0.value)"))\n" }
    let command = ([program] + arguments).map { Self.quoted($0, isCommand: true) }
    let statuses = harmless.map { String($0.rawValue) }.joined(separator: " ")
    let success = harmless.isEmpty ? "" : "SuccessExitStatus=\(statuses)\n"
    return """
      [Unit]
      Description=\(about)

      [Service]
      Type=oneshot
      \(success)\(environment.joined())ExecStart=\(command.joined(separator: " "))

      """
  }

  var timer: String {
    """
    [Unit]
    Description=\(about)

    [Timer]
    OnCalendar=\(when)
    \(catchesUp ? "Persistent=true\n" : "")
    [Install]
    WantedBy=timers.target

    """
  }

  /// As systemd.syntax(7) and systemd.service(5) read it.
  private static func quoted(_ word: String, isCommand: Bool = false) -> String {
    var quoted = ""
    for character in word {
      switch character {
      case "\\", "\"": quoted += "\\\(character)"
      case "%": quoted += "%%"
      case "$" where isCommand: quoted += "$$"
      default: quoted.append(character)
      }
    }
    return "\"\(quoted)\""
  }
}

extension UserTimer {
  static let reminderTime = ClockTime(hour: 21, minute: 0)

  /// Asks for a line a day.
  static func reminder(at time: ClockTime = reminderTime) -> UserTimer {
    UserTimer(
      name: "ebb-remind", about: Messages.Remind.aboutTimer, when: "*-*-* \(time):00",
      arguments: ["remind", "--now"])
  }

  /// For whoever mostly reads on a machine: what is written there is synced anyway. A machine that is
  /// offline, or has no account yet, is none that failed.
  static let sync = UserTimer(
    name: "ebb-sync", about: Messages.Remind.aboutSyncTimer, when: "*:0/15",
    harmless: [.notPossible, .unreachable, .tryAgain], arguments: ["sync"])

  static func backup(into folder: String, keep: Int?, when: String) -> UserTimer {
    UserTimer(
      name: "ebb-backup", about: Messages.Remind.aboutBackupTimer, when: when, catchesUp: true,
      arguments: ["backup", folder] + (keep.map { ["--keep", String($0)] } ?? []))
  }

  /// Those that a package brings along, for their owners to enable.
  static let packaged = [sync, reminder()]
}
