/// What `ebb help TOPIC` tells of, and a manual page each: `man ebb-dates`.
enum HelpTopic: String, CaseIterable {
  case writing, dates, moods, closeness, searching, syncing, merging, erasing, formats
  case settings, timers, scripts, privacy

  var title: String {
    switch self {
    case .writing: "Writing: words, pipes, editors, templates and drafts"
    case .dates: "Dates as people type them"
    case .moods: "Moods, closeness and the pull"
    case .closeness: "Steps, practices, prompts and people"
    case .searching: "Finding what you wrote"
    case .syncing: "Several machines and a server"
    case .merging: "When two machines write the same text"
    case .erasing: "The trash, and erasing for good"
    case .formats: "Coming from elsewhere, and leaving"
    case .settings: "Settings, and where they are kept"
    case .timers: "Reminders, syncs and backups by themselves"
    case .scripts: "Ebb in scripts"
    case .privacy: "Who can read what"
    }
  }

  var text: String {
    switch self {
    case .writing: Messages.Topics.writing
    case .dates: Messages.Topics.dates
    case .moods: Messages.Topics.moods
    case .closeness: Messages.Topics.closeness
    case .searching: Messages.Topics.searching
    case .syncing: Messages.Topics.syncing
    case .merging: Messages.Topics.merging
    case .erasing: Messages.Topics.erasing
    case .formats: Messages.Topics.formats
    case .settings: Messages.Topics.settings
    case .timers: Messages.Topics.timers
    case .scripts: Messages.Topics.scripts
    case .privacy: Messages.Topics.privacy
    }
  }

  /// Those that the settings leave.
  static func topics(withPractices: Bool) -> [HelpTopic] {
    allCases.filter { withPractices || $0 != .closeness }
  }

  /// A line for each, as the overview has them.
  static var list: String {
    allCases.map { topic in
      "  " + DisplayWidth.padded(topic.rawValue, to: 13) + topic.title + "."
    }
    .joined(separator: "\n")
  }
}
