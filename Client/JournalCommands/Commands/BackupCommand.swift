internal import ArgumentParser
internal import JournalStore

/// `ebb backup`: the whole journal in one file.
struct BackupCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "backup", "Copy the whole journal into one file.", usage: "ebb backup PATH",
    discussion: Messages.Help.backup)

  static let shape = ArgumentShape()

  static let wordCandidates = WordCandidates(.files)

  @Argument(help: ArgumentHelp("The file to make; it must not be there yet.", valueName: "path"))
  var words: [String] = []

  mutating func perform(_ context: CommandContext) throws {
    let path = try Self.only(words, Messages.Account.aPath)
    guard let journal = try context.journalToRead() else {
      throw StoreError(.missing, path: context.folders.data)
    }
    try journal.backup(to: path)
    context.output.line(Messages.Account.backedUp(Visible.line(path)))
  }
}
