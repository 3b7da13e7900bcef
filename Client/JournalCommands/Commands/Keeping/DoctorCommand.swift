internal import ArgumentParser
internal import JournalStore
internal import JournalSync
internal import OperationLog

/// `ebb doctor`: repairs a damaged journal.
struct DoctorCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "doctor", "Repair a damaged journal; the damaged file is kept.", usage: "ebb doctor",
    discussion: Messages.Help.doctor)

  static let shape = ArgumentShape()

  mutating func perform(_ context: CommandContext) throws {
    try context.requireNotVanished()
    try Interruption.telling(Messages.Doctor.stopped) { try repair(context) }
  }

  private func repair(_ context: CommandContext) throws {
    let folder = context.folders.data
    let missing: [MissingOperations]
    let repaired: Bool
    var mayMissMore = false
    switch try JournalStore.repair(folder: folder, environment: .live) {
    case .well(let verification):
      context.output.sentence(Messages.Doctor.nothing(verification))
      (missing, repaired) = ([], false)
    case .keysLost:
      throw Failure(
        .badData, Messages.Doctor.keysLost(path: Visible.line(folder + "/journal.sqlite")))
    case .repaired(let repair):
      for finding in repair.before.findings.prefix(20) {
        context.output.line(FindingText(finding).what + ": " + FindingText(finding).place)
      }
      context.output.sentence(Messages.Doctor.repaired(repair))
      context.output.sentence(Messages.Doctor.kept(Visible.line(repair.keptFile)))
      if repair.hasNewDevice { context.output.sentence(Messages.Doctor.newDevice) }
      (missing, repaired) = (repair.missing, true)
      mayMissMore = repair.mayMissMore
    }
    let failure = try fetchMissing(context)
    try context.openedJournal().finishErasing()
    try conclude(
      context, missing: missing, mayMissMore: mayMissMore, wasRepaired: repaired, failure)
  }

  /// What the server could not give, if it was asked in vain.
  private func fetchMissing(_ context: CommandContext) throws -> Failure? {
    let journal = try context.openedJournal()
    guard try journal.readableServerLink()?.token != nil else {
      try journal.reissueBeyondGaps(knownToServer: nil)
      return nil
    }
    let client = try context.syncClient()
    do {
      let report = try context.waitingWithProgress(stopped: Messages.Doctor.stopped) {
        try await client.heal(progress: $0)
      }
      context.output.sentence(Messages.Doctor.fetched(report))
      SyncRendering(context: context).warn(report.warnings)
      return nil
    } catch let error as SyncFailure {
      try journal.reissueBeyondGaps(knownToServer: nil)
      return Failure(describing: error)
    }
  }

  private func conclude(
    _ context: CommandContext, missing: [MissingOperations], mayMissMore: Bool,
    wasRepaired: Bool, _ failure: Failure?
  ) throws {
    let journal = try context.openedJournal()
    let lost = try journal.stillMissing(missing)
    if let failure {
      throw Failure(failure.status, Messages.Doctor.notFetched(failure.message))
    }
    let hasLogin = try journal.readableServerLink() != nil
    guard try lost.isEmpty || hasLogin || !journal.hasAcceptedOperations else {
      throw Failure(.badData, Messages.Doctor.loginLost)
    }
    guard try !journal.hasLostLink else {
      throw Failure(.badData, Messages.Doctor.loginLostAlone)
    }
    guard lost.isEmpty else {
      let count = lost.reduce(0) { $0 + $1.count }
      throw Failure(
        .badData,
        Messages.Doctor.lost(
          count, lost.prefix(10).map(FindingText.text).joined(separator: ", "), hasLogin: hasLogin))
    }
    guard try journal.halfReadFiles().isEmpty else {
      throw Failure(.badData, Messages.Doctor.halfRead)
    }
    if mayMissMore { context.output.sentence(Messages.Doctor.mayMissUnsent) }
    guard wasRepaired else { return }
    let after = try JournalStore.verify(folder: context.folders.data, environment: .live)
    guard after.isWell else {
      after.findings.prefix(20).map { FindingText($0).line }.forEach(context.output.line)
      throw Failure(.badData, Messages.Doctor.notWell)
    }
    context.output.sentence(Messages.Verify.well(after, ""))
  }
}
