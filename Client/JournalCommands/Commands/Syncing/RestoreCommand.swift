internal import ArgumentParser
internal import Interchange
internal import JournalStore
internal import JournalSync

/// `ebb restore`: brings a journal onto this machine, from a server or from a backup.
struct RestoreCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "restore", "Bring a journal onto this machine, from a server or a backup.",
    usage: "ebb restore URL --account NAME [options]\nebb restore BACKUP",
    discussion: Messages.Help.restore)

  static let shape = ArgumentShape(words: .names, values: ["--account"])
    .adding(SecretOptions.shape, FingerprintOption.shape)

  static let wordCandidates = WordCandidates(.files)

  @Argument(
    help: ArgumentHelp("The server's address, or the path of a backup.", valueName: "url|backup"))
  var words: [String] = []

  @Option(help: ArgumentHelp("The account's name.", valueName: "name"))
  var account: String?

  @OptionGroup var login: SecretOptions
  @OptionGroup var server: FingerprintOption

  mutating func perform(_ context: CommandContext) throws {
    context.bringsJournalBack = true
    let source = try Self.only(words, Messages.Account.aURLOrBackup)
    if source.contains("://") {
      try context.leavingNoEmptyJournal { try restore(url: source, context) }
    } else {
      try restore(backup: source, context)
    }
  }

  private func restore(backup path: String, _ context: CommandContext) throws {
    guard account == nil, login.areNone, server.fingerprint == nil else {
      throw Failure.usage(Messages.Account.optionsOfServer(path: path))
    }
    guard !SystemFiles.isFolder(path) else {
      throw Failure(.notPossible, Messages.Account.backupIsFolder(path: path))
    }
    let sharesLogin: Bool
    do {
      try Interruption.stopping(Messages.Account.restoreInterrupted) {
        try JournalStore.restore(
          backup: path, into: context.folders.data, environment: .live, isStopped: $0)
      }
      sharesLogin = try context.syncClient().shareLogin()
    } catch let error as StoreError where error.path == path && error.code == .missing {
      guard FileBytes.isThere(path) else {
        throw Failure(.notPossible, Messages.Files.notThere(path: path))
      }
      throw Failure(.badData, Messages.Account.noBackup(path: path))
    } catch let error as StoreError where error.path == path && error.code == .foreign {
      throw Failure(.badData, Messages.Account.noBackup(path: path))
    } catch let error as StoreError where error.path == path && error.code == .damaged {
      throw Failure(
        .badData,
        Self.isDatabase(path)
          ? Messages.Account.backupDamaged(path: path) : Messages.Account.noBackup(path: path))
    } catch let error as StoreError where error.code == .exists {
      throw Failure(.notPossible, Messages.Account.journalThere(folder: context.folders.data))
    }
    context.output.sentence(
      Messages.Account.restored(try context.openedJournal().summary().recordsByKind))
    if sharesLogin { Output.message(Messages.Account.backupSharesLogin) }
  }

  /// Whether it begins as SQLite's files do.
  private static func isDatabase(_ path: String) -> Bool {
    FileBytes.start(of: path, count: 16).elementsEqual("SQLite format 3\0".utf8)
  }

  private func restore(url: String, _ context: CommandContext) throws {
    let known = try context.readableServerLink()?.accountName
    guard let account = account ?? known else {
      throw Failure.usage(Messages.Arguments.missing("--account NAME", command: Self.name))
    }
    let client = try context.syncClient()
    let choice = try ServerChoice(context: context, client: client)
      .server(url, fingerprint: server.fingerprint)
    let secret = try login.secret(context)
    let restoration = Restoration(server: choice, accountName: account, secret: secret)
    var outcome = try context.waitingWithProgress(stopped: Messages.Account.restoreStopped) {
      try await client.restore(restoration, progress: $0)
    }
    // Tells the other machines of this one, so that from now on an erase waits for it too. Without
    // a connection the next sync does.
    let told = try? context.waitingWithProgress(stopped: Messages.Account.restoreStopped) {
      try await client.sync(progress: $0)
    }
    if let told { outcome.report = outcome.report + told }
    context.output.sentence(
      Messages.Account.restored(try context.openedJournal().summary().recordsByKind))
    if outcome.joined > 0 { context.output.sentence(Messages.Account.joined(outcome.joined)) }
    let rendering = SyncRendering(context: context)
    try rendering.showConflicts()
    rendering.warn(outcome.report.warnings)
  }
}
