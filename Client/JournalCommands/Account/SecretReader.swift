internal import JournalModel
internal import JournalSealing
internal import JournalSync

/// Where passphrases and recovery codes come from: the environment, a file, or the terminal; never
/// the command line, which other users can read.
struct SecretReader {
  let context: CommandContext
  /// The one that an option such as `--passphrase-file` names.
  let file: String?

  /// The account's passphrase or, where asked for, its recovery code.
  func current(isRecoveryCode: Bool = false) throws -> SyncClient.Secret {
    let given = try given(ProcessEnvironment.passphraseName)
    if isRecoveryCode {
      let text =
        try given
        ?? asked(
          Messages.Secrets.askRecoveryCode, hidden: false, missing: Messages.Secrets.recoveryMissing
        )
      return .recoveryCode(try RecoveryCode(parsing: text))
    }
    return .passphrase(try Passphrase(given ?? asked(Messages.Secrets.askPassphrase)))
  }

  /// A passphrase to be: typed twice on a terminal, and with a word of warning if it is short.
  func new() throws -> Passphrase {
    let text = try given(ProcessEnvironment.passphraseName)
    return try chosen(text, question: Messages.Secrets.askNewPassphrase)
  }

  /// The one that is to replace the present one.
  func replacement() throws -> Passphrase {
    let text = try given(ProcessEnvironment.newPassphraseName)
    return try chosen(
      text, question: Messages.Secrets.askNewPassphrase, missing: Messages.Secrets.newMissing)
  }

  private func chosen(
    _ given: String?, question: String, missing: String = Messages.Secrets.missing
  ) throws -> Passphrase {
    if let given {
      warnIfShort(given)
      return try Passphrase(given)
    }
    let text = try asked(question, missing: missing)
    let passphrase = try Passphrase(text)
    warnIfShort(text)
    guard try asked(Messages.Secrets.askAgain) == text else {
      throw Failure.usage(Messages.Secrets.notTheSame)
    }
    return passphrase
  }

  private func warnIfShort(_ text: String) {
    if text.count < Self.comfortableLength { Output.message(Messages.Secrets.short) }
  }

  /// Four words or so. Whoever holds the server can try as many passphrases as they like.
  private static let comfortableLength = 14

  private func given(_ variable: String) throws -> String? {
    guard let file else { return try context.environment.exactly(variable) }
    guard let bytes = try FileBytes.read(file, limit: Passphrase.bytesMax + 1024) else {
      throw Failure.usage(Messages.Files.notThere(path: file))
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure(.badData, Messages.Files.notUTF8(path: file))
    }
    let first = text.unicodeScalars.prefix { $0 != "\n" && $0 != "\r" }
    return String(String.UnicodeScalarView(first))
  }

  private func asked(
    _ prompt: String, hidden: Bool = true, missing: String = Messages.Secrets.missing
  ) throws -> String {
    guard context.terminal.isAny, let question = Question() else {
      throw Failure.usage(missing)
    }
    guard let line = hidden ? question.secret(prompt) : question.line(prompt) else {
      throw Failure.usage(missing)
    }
    return line
  }
}

extension SecretOptions {
  /// What the options name, or what is asked for.
  func secret(_ context: CommandContext) throws -> SyncClient.Secret {
    try SecretReader(context: context, file: passphrase.passphraseFile)
      .current(isRecoveryCode: recovery)
  }
}
