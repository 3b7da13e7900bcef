internal import ArgumentParser
internal import JournalModel
internal import JournalStore

/// `ebb write`: an entry, from words, standard input or the editor.
struct WriteCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "write", "Write an entry.",
    usage: "ebb write [TEXT…] [options]",
    discussion: Messages.Help.write)

  static let shape = ArgumentShape(
    takesText: true, flags: ["--standard-input"], values: ["--mood"]
  )
  .adding(CommonOptions.shape).adding(EntryOptions.shape).adding(JSONOption.shape)

  @Argument(
    help: ArgumentHelp(
      "What you want to write. Without it: standard input if something is piped in, else your "
        + "editor.", valueName: "text"))
  var text: [String] = []

  @OptionGroup var common: CommonOptions
  @OptionGroup var entry: EntryOptions

  @Option(help: ArgumentHelp("Log your mood with it, 1 to 10.", valueName: "n"))
  var mood: String?

  /// What a lone `-` stands for.
  @Flag(help: .hidden) var standardInput = false

  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    // All that can be wrong with the options is found before anybody writes a word.
    let date = try context.date(common.date)
    let moodDraft = try moodDraft(date)
    let id = context.newRecordID()
    var draft = EntryDraft(date: date, text: "-")
    draft.title = entry.title
    draft.tags = common.tag
    draft.people = common.person
    draft.isStarred = entry.star
    draft.journal = try entry.journal.map(journalName) ?? Entry.defaultJournal
    _ = try draft.change(record: id, createdAt: context.now)

    let source = TextSource(context: context)
    let text = standardInput ? try source.piped() : try source.text(words: text)
    draft.text = text.text
    try text.keepingFile {
      var changes = [try draft.change(record: id, createdAt: context.now)]
      if var mood = moodDraft {
        mood.entry = id
        changes.append(try mood.change(record: context.newRecordID(), createdAt: context.now))
      }
      try context.save(changes)
    }
    try context.show(id, verb: Messages.Writing.saved, json: output.json)
  }

  private func moodDraft(_ date: JournalDate) throws -> MoodDraft? {
    guard let mood else { return nil }
    var draft = MoodDraft(date: date)
    draft.score = try Score(mood).value
    draft.tags = common.tag
    draft.people = common.person
    return draft
  }

  private func journalName(_ name: String) throws -> String {
    try OneLineName.checked(name, field: "journal")
  }
}
