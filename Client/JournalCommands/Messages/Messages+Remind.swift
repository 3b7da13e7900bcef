extension Messages {
  enum Remind {
    /// What the reminder says unless the settings say otherwise.
    static let sentence = "There is room for a line about today."

    static let aboutTimer = "Ebb's reminder to write"
    static let aboutSyncTimer = "Ebb's sync of the journal"
    static let aboutBackupTimer = "Ebb's backup of the journal"

    static let oneOfThree = "--at, --off and --now are three different things: leave out two."

    static func notATime(_ text: String) -> String {
      "--at wants a time of day, such as 21:00 or 9pm, not \(Messages.quoted(text))."
    }

    static func isAt(_ time: ClockTime) -> String {
      "Every day at \(time), unless you wrote something that day."
    }

    static let isNotThere = "There is no reminder. `ebb remind --at 21:00` sets one."
    static let stopped = "There is no reminder any more."
    static let wasNotThere = "There was no reminder."

    static func noSystemd(crontabLine line: String) -> String {
      "There is no systemd here that runs things for you. Put this line into `crontab -e` "
        + "instead:\n\(line)"
    }

    static let timerStays =
      "systemd did not take the new timer, so the one before stays as it was. Try again later, or "
      + "end it first."
  }
}

extension Messages.Help {
  static let remind = """
    At that hour a notification says one sentence: the setting reminder.text. On a day on which \
    you wrote something, nothing is said. Without notify-send the sentence is printed, which cron \
    sends as mail.

    EXAMPLES:
      ebb remind --at 21:00
      ebb remind
      ebb remind --off
    """
}
