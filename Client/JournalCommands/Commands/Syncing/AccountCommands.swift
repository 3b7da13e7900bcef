internal import ArgumentParser
internal import JournalSync

/// `ebb logout`: ends this machine's session.
struct LogoutCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "logout", "End this machine's session; the journal stays.", usage: "ebb logout",
    discussion: Messages.Help.logout)

  static let shape = ArgumentShape()

  mutating func perform(_ context: CommandContext) throws {
    let client = try context.syncClientWithAccount()
    switch try waiting(for: { try await client.logOut() }) {
    case .ended: context.output.line(Messages.Account.logoutDone)
    case .endedHereAlone: context.output.line(Messages.Account.logoutHereAlone)
    }
  }
}

/// `ebb passphrase`: changes it.
struct PassphraseCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "passphrase", "Change the account's passphrase.", usage: "ebb passphrase [options]",
    discussion: Messages.Help.passphrase)

  static let shape = ArgumentShape(
    flags: ["--recovery"], values: ["--passphrase-file", "--new-passphrase-file"])

  @Flag(help: "Prove who you are with the recovery code instead of the old passphrase.")
  var recovery = false

  @Option(
    help: ArgumentHelp("Read the present one from this file.", valueName: "path"),
    completion: .file())
  var passphraseFile: String?

  @Option(
    help: ArgumentHelp("Read the new one from this file.", valueName: "path"), completion: .file())
  var newPassphraseFile: String?

  mutating func perform(_ context: CommandContext) throws {
    let client = try context.syncClientWithAccount()
    try context.requireLogin()
    let secrets = SecretReader(context: context, file: passphraseFile)
    let current = try secrets.current(isRecoveryCode: recovery)
    let new = try secrets.replacement(file: newPassphraseFile)
    let warnings = try waiting { try await client.changePassphrase(current: current, to: new) }
    context.output.line(Messages.Account.passphraseChanged)
    SyncRendering(context: context).warn(warnings)
  }
}

/// `ebb recovery-code`: a new one; the old one ends.
struct RecoveryCodeCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "recovery-code", "Make a new recovery code; the old one ends.",
    usage: "ebb recovery-code [options]", discussion: Messages.Help.recoveryCode)

  static let shape = ArgumentShape(flags: ["--recovery"], values: ["--passphrase-file"])

  @Flag(help: "Prove who you are with the old recovery code instead of the passphrase.")
  var recovery = false

  @Option(
    help: ArgumentHelp("Read the passphrase from this file.", valueName: "path"),
    completion: .file())
  var passphraseFile: String?

  mutating func perform(_ context: CommandContext) throws {
    let client = try context.syncClientWithAccount()
    try context.requireLogin()
    let current = try SecretReader(context: context, file: passphraseFile)
      .current(isRecoveryCode: recovery)
    let (code, warnings) = try waiting { try await client.newRecoveryCode(current: current) }
    try RecoveryCodeCard(context: context).show(code)
    SyncRendering(context: context).warn(warnings)
  }
}

/// `ebb account delete`: deletes the account from the server; the journal stays.
struct AccountDeleteCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "account delete", "Delete the account from the server; the journal stays here.",
    usage: "ebb account delete [options]", discussion: Messages.Help.accountDelete)

  static let shape = ArgumentShape(
    flags: ["--yes", "--recovery"], values: ["--passphrase-file"])

  @Flag(help: "Don't ask.")
  var yes = false

  @Flag(help: "Prove who you are with the recovery code instead of the passphrase.")
  var recovery = false

  @Option(
    help: ArgumentHelp("Read the passphrase from this file.", valueName: "path"),
    completion: .file())
  var passphraseFile: String?

  mutating func perform(_ context: CommandContext) throws {
    let client = try context.syncClientWithAccount()
    try context.requireLogin()
    let name = try context.serverLink()?.accountName ?? ""
    if !yes {
      guard context.terminal.canAsk, let question = Question() else {
        throw Failure.usage(Messages.Account.deleteWantsYes)
      }
      guard question.line(Messages.Account.deleteQuestion(Visible.line(name))) == name else {
        throw Failure(.notPossible, Messages.Account.notDeleted)
      }
    }
    let secret = try SecretReader(context: context, file: passphraseFile)
      .current(isRecoveryCode: recovery)
    try waiting { try await client.deleteAccount(secret) }
    context.output.line(Messages.Account.deleted(Visible.line(name)))
  }
}
