internal import ArgumentParser
internal import Interchange
internal import JournalModel
internal import JournalStore
internal import JournalSync

/// `ebb verify`: is everything there, and right?
struct VerifyCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "verify", "Read everything and see that nothing is lost or damaged.",
    usage: "ebb verify [options]", discussion: Messages.Help.verify)

  static let shape = ArgumentShape(flags: ["--rehearse"])
    .adding(SecretOptions.shape, JSONOption.shape)

  @Flag(help: "Restore the journal from the server, for practice, and compare.")
  var rehearse = false

  @OptionGroup var login: SecretOptions

  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    guard rehearse || login.areNone else {
      throw Failure.usage(Messages.Verify.onlyToRehearse)
    }
    try context.requireNotVanished()
    // Before the long work, and before anybody types a passphrase.
    if rehearse { try context.requireLink() }
    var report = try Interruption.telling(Messages.Verify.stopped) {
      var report = VerifyReport(
        verification: try JournalStore.verify(folder: context.folders.data, environment: .live))
      report.compare(context)
      return report
    }
    if rehearse, report.findings.isEmpty {
      report.rehearsal = try Rehearsing(context: context).run(login.secret(context))
    }
    if output.json {
      context.output.json(report.json)
    } else {
      report.lines.forEach(context.output.sentence)
    }
    if rehearse, report.rehearsal == nil { context.output.message(Messages.Verify.notRehearsed) }
    try report.conclude()
  }
}

/// What was read and compared.
private struct VerifyReport {
  let verification: Verification
  var server = Server.none
  var rehearsal: Rehearsal?
  private var linkFindings: [JournalFinding] = []
  private var halfReadFiles: [String] = []

  enum Server {
    /// There is no account.
    case none
    /// The journal cannot be opened.
    case notAsked
    case failed(Failure)
    case compared(ServerComparison)
  }

  init(verification: Verification) {
    self.verification = verification
  }

  mutating func compare(_ context: CommandContext) {
    do {
      guard let journal = try context.journalToRead() else { return server = .notAsked }
      let client = SyncClient(store: journal, folder: context.folders.data)
      halfReadFiles = try journal.halfReadFiles()
      linkFindings = try client.findings()
      guard linkFindings.isEmpty else { return server = .notAsked }
      guard try journal.serverLink() != nil else { return }
      let verification = verification
      server = .compared(try waiting { try await client.compare(verification) })
    } catch let error as StoreError {
      server = error.code == .damaged ? .notAsked : .failed(Failure(describing: error))
    } catch {
      server = .failed(Failure(describing: error))
    }
  }

  var findings: [FindingText] {
    var texts = (verification.findings + linkFindings).map(FindingText.init)
    texts += halfReadFiles.prefix(1).map(FindingText.init(halfRead:))
    if case .compared(let comparison) = server {
      texts += comparison.findings.map(FindingText.init)
    }
    return texts + (rehearsal?.findings.map(FindingText.init) ?? [])
  }

  var json: JSONText {
    var members: [(String, JSONText)] = [
      ("ok", .boolean(findings.isEmpty)),
      ("findings", .array(findings.map(\.json))),
      ("operations", .integer(verification.operations)),
      ("records", .integer(verification.records)),
      ("server", .string(serverWord)),
    ]
    if let rehearsal {
      members.append(
        (
          "rehearsal",
          .object([
            ("milliseconds", .integer(rehearsal.milliseconds)),
            ("operations", .integer(rehearsal.operations)),
            ("records", .integer(rehearsal.records)),
            ("unsent", .integer(rehearsal.unsent)),
            ("unfetched", .integer(rehearsal.unfetched)),
          ])
        ))
    }
    return .object(members)
  }

  private var serverWord: String {
    switch server {
    case .none: "none"
    case .notAsked, .failed: "not compared"
    case .compared(let comparison):
      !comparison.findings.isEmpty ? "different" : comparison.isComplete ? "same" : "not synced"
    }
  }

  private static let linesMax = 40

  var lines: [String] {
    let findings = self.findings
    var lines = findings.prefix(Self.linesMax).map(\.line)
    let more = findings.count - lines.count + verification.findingsLeftOut
    if more > 0 { lines.append(Messages.Verify.more(more)) }
    if findings.isEmpty { lines.append(wellText) }
    if let rehearsal { lines.append(Self.text(of: rehearsal)) }
    return lines
  }

  private static func text(of rehearsal: Rehearsal) -> String {
    guard rehearsal.findings.isEmpty else { return Messages.Verify.rehearsalFailed(rehearsal) }
    return rehearsal.unsent + rehearsal.unfetched > 0
      ? Messages.Verify.rehearsedPartly(rehearsal) : Messages.Verify.rehearsed(rehearsal)
  }

  private var wellText: String {
    switch server {
    case .none: Messages.Verify.well(verification, Messages.Verify.noServer)
    case .notAsked, .failed: Messages.Verify.wellHere(verification)
    case .compared(let comparison):
      Messages.Verify.well(
        verification,
        comparison.isComplete
          ? Messages.Verify.sameAsServer : Messages.Verify.almostSame(comparison))
    }
  }

  /// Findings weigh more than a server that could not be asked.
  func conclude() throws {
    let count = findings.count + verification.findingsLeftOut
    switch server {
    case .failed(let failure):
      let message = Messages.Verify.serverFailed(failure.message)
      guard count > 0 else { throw Failure(failure.status, message) }
      throw Failure(.badData, message + "\n" + Messages.Verify.notWell(count))
    case .notAsked where count > 0:
      throw Failure(
        .badData, Messages.Verify.unreadableForServer + "\n" + Messages.Verify.notWell(count))
    default:
      guard count == 0 else { throw Failure(.badData, Messages.Verify.notWell(count)) }
    }
  }
}

/// Restores for practice, and leaves nothing behind.
private struct Rehearsing {
  let context: CommandContext

  func run(_ secret: SyncClient.Secret) throws -> Rehearsal {
    let client = try context.syncClientWithAccount()
    return try Interruption.removing(
      folder: client.rehearsalFolder, files: JournalStore.fileNames + SyncClient.fileNames
    ) {
      try context.waitingWithProgress(stopped: Messages.Verify.stopped) {
        try await client.rehearse(secret, progress: $0)
      }
    }
  }
}
