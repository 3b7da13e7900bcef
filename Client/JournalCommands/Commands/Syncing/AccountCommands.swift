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
    case .ended: context.output.sentence(Messages.Account.logoutDone)
    case .endedHereAlone: context.output.sentence(Messages.Account.logoutHereAlone)
    }
  }
}

/// `ebb passphrase`: changes it.
struct PassphraseCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "passphrase", "Change the account's passphrase.", usage: "ebb passphrase [options]",
    discussion: Messages.Help.passphrase)

  static let shape = ArgumentShape(values: ["--new-passphrase-file"])
    .adding(SecretOptions.shape)

  @OptionGroup var login: SecretOptions

  @Option(
    help: ArgumentHelp("Read the new one from this file's first line.", valueName: "path"),
    completion: .file())
  var newPassphraseFile: String?

  mutating func perform(_ context: CommandContext) throws {
    let client = try context.syncClientWithAccount()
    try context.requireLogin()
    let current = try login.secret(context)
    let new = try SecretReader(context: context, file: newPassphraseFile).replacement()
    let warnings = try waiting(
      unknown: Messages.Secrets.passphraseUnknown, undone: Messages.Secrets.passphraseUnchanged
    ) {
      try await client.changePassphrase(current: current, to: new)
    }
    context.output.sentence(Messages.Account.passphraseChanged)
    SyncRendering(context: context).warn(warnings)
  }
}

/// `ebb recovery-code`: a new one; the old one ends.
struct RecoveryCodeCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "recovery-code", "Make a new recovery code; the old one ends.",
    usage: "ebb recovery-code [options]", discussion: Messages.Help.recoveryCode)

  static let shape = SecretOptions.shape

  @OptionGroup var login: SecretOptions

  mutating func perform(_ context: CommandContext) throws {
    let client = try context.syncClientWithAccount()
    try context.requireLogin()
    let current = try login.secret(context)
    let new = try saying(undone: Messages.Secrets.recoveryCodeUnchanged) {
      try waiting { try await client.makeRecoveryCode(current: current) }
    }
    try RecoveryCodeCard(context: context).show(
      new.code, introduction: Messages.Secrets.newRecoveryCodeIntroduction)
    let warnings = try replacing {
      try waiting(
        unknown: Messages.Secrets.recoveryCodeUnknown,
        undone: Messages.Secrets.recoveryCodeUnchanged
      ) {
        try await client.replaceRecoveryCode(by: new)
      }
    }
    context.output.sentence(Messages.Secrets.recoveryCodeReplaced)
    SyncRendering(context: context).warn(warnings)
  }

  /// Says of a code that was shown and not taken that it is none.
  private func replacing<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let failure as SyncFailure {
      Output.message(Messages.Secrets.recoveryCodeNotReplaced)
      throw failure
    }
  }
}

/// `ebb account delete`: deletes the account from the server; the journal stays.
struct AccountDeleteCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "account delete", "Delete the account from the server; the journal stays here.",
    usage: "ebb account delete [options]", discussion: Messages.Help.accountDelete)

  static let shape = ArgumentShape(flags: ["--yes"]).adding(SecretOptions.shape)

  @Flag(help: "Don't ask.")
  var yes = false

  @OptionGroup var login: SecretOptions

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
    let secret = try login.secret(context)
    try waiting(
      unknown: Messages.Account.deletedUnknown, undone: Messages.Account.accountNotDeleted
    ) {
      try await client.deleteAccount(secret)
    }
    context.output.sentence(Messages.Account.deleted(Visible.line(name)))
  }
}
