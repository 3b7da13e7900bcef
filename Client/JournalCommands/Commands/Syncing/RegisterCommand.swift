internal import ArgumentParser
internal import JournalStore
internal import JournalSync

/// `ebb register`: begins an account on a server.
struct RegisterCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "register", "Begin an account on your server.",
    usage: "ebb register URL --account NAME [options]", discussion: Messages.Help.register)

  static let shape = ArgumentShape(words: .names, values: ["--account", "--invite"])
    .adding(FingerprintOption.shape, PassphraseOption.shape)

  @Argument(help: ArgumentHelp("The server, as `ebb-server serve` prints it.", valueName: "url"))
  var words: [String] = []

  @Option(help: ArgumentHelp("The account's name.", valueName: "name"))
  var account: String?

  @Option(help: ArgumentHelp("The invite that the server's owner gave you.", valueName: "code"))
  var invite: String?

  @OptionGroup var server: FingerprintOption
  @OptionGroup var passphrase: PassphraseOption

  mutating func perform(_ context: CommandContext) throws {
    let url = try Self.only(words, Messages.Account.aURL)
    guard let account else {
      throw Failure.usage(Messages.Arguments.missing("--account NAME", command: Self.name))
    }
    if let present = try context.readableServerLink()?.accountName, present != account {
      throw Failure(.notPossible, Messages.Account.hasAccount(present))
    }
    let client = try context.syncClient()
    let choice = try ServerChoice(context: context, client: client)
      .server(url, fingerprint: server.fingerprint)
    let secrets = SecretReader(context: context, file: passphrase.passphraseFile)
    // Who is registered already types the passphrase there is.
    let chosen =
      if try context.readableServerLink() == nil {
        try secrets.new()
      } else if case .passphrase(let present) = try secrets.current() {
        present
      } else {
        try secrets.new()
      }
    let registration = Registration(
      server: choice, accountName: account, invite: invite, passphrase: chosen)
    let outcome = try waiting { try await client.register(registration) }
    context.output.sentence(
      Messages.Account.registered(account, at: outcome.link.server.description))
    if let code = outcome.recoveryCode {
      context.output.line()
      try RecoveryCodeCard(context: context).show(
        code, introduction: Messages.Secrets.recoveryCodeIntroduction)
      try client.recoveryCodeWasShown()
    }
    try firstSync(client, context, hasNewLogin: outcome.isOwnLogin)
  }

  /// The account is there whatever becomes of this.
  private func firstSync(
    _ client: SyncClient, _ context: CommandContext, hasNewLogin: Bool
  ) throws {
    do {
      let report = try context.waitingWithProgress(stopped: Messages.Sync.stopped) {
        try await client.sync(progress: $0, hasNewLogin: hasNewLogin)
      }
      try SyncRendering(context: context).show(report, json: false)
    } catch {
      Output.message(Messages.Account.firstSyncFailed(Failure(describing: error).message))
    }
  }
}
