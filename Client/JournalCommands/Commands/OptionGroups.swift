internal import ArgumentParser
internal import JournalModel

/// `--json`.
struct JSONOption: ParsableArguments {
  @Flag(help: "Print one JSON document and nothing else.")
  var json = false

  static let shape = ArgumentShape(flags: ["--json"])
}

/// `--tag`, `--person`: what all records share.
struct NameOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("A tag; several with commas between them.", valueName: "name"),
    completion: .asked(.tag))
  var tag: [String] = []

  @Option(
    help: ArgumentHelp("Somebody it is about; several with commas.", valueName: "name"),
    completion: .asked(.person))
  var person: [String] = []

  static let shape = ArgumentShape(repeated: ["--tag", "--person"])

  var tags: [String] { NameList.names(in: tag) }

  /// As the journal names them.
  func people(_ context: CommandContext) throws -> [String] {
    try context.known(people: NameList.names(in: person))
  }
}

/// `--date` of entries and mood logs.
struct DateOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "When it was: 2026-11-21, 2026-11-21 08:15, yesterday 9pm, last friday, 3 days ago, …",
      valueName: "when"))
  var date: String?

  static let shape = ArgumentShape(values: ["--date"])
}

/// What only entries have.
struct EntryOptions: ParsableArguments {
  @Option(help: ArgumentHelp("A title.", valueName: "text"))
  var title: String?

  @Flag(help: "Give it a star.")
  var star = false

  @Option(
    help: ArgumentHelp("The journal it belongs to.", valueName: "name"),
    completion: .asked(.journal))
  var journal: String?

  static let shape = ArgumentShape(flags: ["--star"], values: ["--title", "--journal"])
}

/// What only mood logs have, but for score and emotions, which are words.
struct MoodOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Energy, 1 to 10.", valueName: "n"))
  var energy: String?

  @Option(help: ArgumentHelp("How close it felt, 0 to 10.", valueName: "n"))
  var closeness: String?

  @Option(
    help: ArgumentHelp("Which way the pull went: toward, away or torn.", valueName: "way"),
    completion: .words(of: Pull.self))
  var pull: String?

  @Option(help: ArgumentHelp("How strong the urge to withdraw was, 0 to 10.", valueName: "n"))
  var urge: String?

  @Option(
    help: ArgumentHelp(
      "A sign you noticed, several times: communication, distance, defence, sabotage, "
        + "withdrawal, suspicion, unavailability.", valueName: "id"),
    completion: .words(of: Sign.self))
  var sign: [String] = []

  @Option(help: ArgumentHelp("What set it off.", valueName: "text"))
  var trigger: String?

  @Option(help: ArgumentHelp("What you said.", valueName: "text"))
  var said: String?

  @Option(help: ArgumentHelp("What you meant.", valueName: "text"))
  var meant: String?

  @Option(help: ArgumentHelp("What you were afraid of.", valueName: "text"))
  var fear: String?

  @Option(help: ArgumentHelp("What you did.", valueName: "text"))
  var action: String?

  @Option(
    help: ArgumentHelp(
      "The practice you tried, one of those that `ebb practice` lists.", valueName: "id"),
    completion: .list(Practice.all.map(\.id)))
  var technique: String?

  @Option(help: ArgumentHelp("Anything else.", valueName: "text"))
  var note: String?

  static let shape = ArgumentShape(
    values: [
      "--energy", "--closeness", "--pull", "--urge", "--trigger", "--said", "--meant", "--fear",
      "--action", "--technique", "--note",
    ], repeated: ["--sign"])

  var signs: [String] { MoodWords.signs(sign) }
}

/// What planning a step can say.
struct StepOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Its rung on the ladder, 1 (easy) to 5 (hard).", valueName: "n"))
  var rung: String?

  @Option(help: ArgumentHelp("How afraid you are of it, 0 to 10.", valueName: "n"))
  var fearBefore: String?

  @Option(
    help: ArgumentHelp("By when: friday, tomorrow, in 3 days, 2026-11-27.", valueName: "when"))
  var by: String?

  static let shape = ArgumentShape(values: ["--rung", "--fear-before", "--by"])
}

/// What can be said of a step that is done.
struct OutcomeOptions: ParsableArguments {
  @Option(help: ArgumentHelp("What really happened.", valueName: "text"))
  var outcome: String?

  @Option(help: ArgumentHelp("How afraid you are now, 0 to 10.", valueName: "n"))
  var fearAfter: String?

  static let shape = ArgumentShape(values: ["--outcome", "--fear-after"])
}

/// Which records `list` and `search` show.
struct FilterOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Only one kind: entry, mood or step.", valueName: "kind"),
    completion: .list(RecordKind.journal.map(\.rawValue)))
  var kind: String?

  @Option(help: ArgumentHelp("From this day on (or week, month, year).", valueName: "day"))
  var from: String?

  @Option(help: ArgumentHelp("Up to this day (or week, month, year).", valueName: "day"))
  var to: String?

  @Option(help: ArgumentHelp("On this day, or in this week, month or year.", valueName: "day"))
  var on: String?

  @Option(
    help: ArgumentHelp("With this tag; several: with all of them.", valueName: "name"),
    completion: .asked(.tag))
  var tag: [String] = []

  @Option(
    help: ArgumentHelp("About this person; several: about all.", valueName: "name"),
    completion: .asked(.person))
  var person: [String] = []

  @Option(help: ArgumentHelp("Of this journal.", valueName: "name"), completion: .asked(.journal))
  var journal: String?

  @Flag(help: "Only those with a star.")
  var starred = false

  @Flag(help: "Those in the trash.")
  var trash = false

  @Option(
    help: ArgumentHelp(
      "At most so many; 0 is all. Otherwise a list has 20; with --json, and whatever is no list, "
        + "all.", valueName: "n"))
  var limit: String?

  @Flag(help: "Oldest first.")
  var reverse = false

  static let shape = ArgumentShape(
    flags: ["--starred", "--trash", "--reverse"],
    values: ["--kind", "--from", "--to", "--on", "--journal", "--limit"],
    repeated: ["--tag", "--person"])
}

/// How to prove whose the account is.
struct SecretOptions: ParsableArguments {
  @Flag(help: "Prove who you are with the recovery code instead of the passphrase.")
  var recovery = false

  @OptionGroup var passphrase: PassphraseOption

  static let shape = ArgumentShape(flags: ["--recovery"]).adding(PassphraseOption.shape)

  var areNone: Bool { !recovery && passphrase.passphraseFile == nil }
}

/// `--passphrase-file`.
struct PassphraseOption: ParsableArguments {
  @Option(
    help: ArgumentHelp("Read the passphrase from this file's first line.", valueName: "path"),
    completion: .file())
  var passphraseFile: String?

  static let shape = ArgumentShape(values: ["--passphrase-file"])
}

/// `--fingerprint`: how to trust a server.
struct FingerprintOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The server's fingerprint, as `ebb-server serve` prints it.", valueName: "sha256:…"))
  var fingerprint: String?

  static let shape = ArgumentShape(values: ["--fingerprint"])
}
