internal import JournalModel
internal import JournalStore
internal import OperationLog

/// What today's page says of steps: those that are near, and one that was done some days ago and
/// whose outcome nobody has told.
struct StepsAtAGlance {
  let near: [RecordState]
  let toFollowUp: RecordState?

  /// Nothing at all.
  static let none = StepsAtAGlance(near: [], toFollowUp: nil)

  private init(near: [RecordState], toFollowUp: RecordState?) {
    self.near = near
    self.toFollowUp = toFollowUp
  }

  init(_ journal: JournalStore, today: CivilDay) throws {
    var query = RecordQuery()
    query.kinds = [.step]
    query.from = today.adding(days: -Self.daysBack)
    query.to = today.adding(days: Self.daysAhead)
    query.oldestFirst = true
    let states = try journal.records(matching: query)
    near = states.filter { Step($0)?.isNear(today) == true }
    toFollowUp = states.first { $0.asksForOutcome(on: today) }
  }

  /// Wide enough for what `isNear` and `asksForOutcome` look at.
  private static let daysBack = 31
  private static let daysAhead = 7

  func nearLines(_ context: CommandContext) throws -> [String] {
    guard !near.isEmpty else { return [] }
    return try [Messages.Steps.nearTitle] + rows(near, context)
  }

  func followUpLines(_ context: CommandContext) throws -> [String] {
    guard let toFollowUp else { return [] }
    let sentence = Messages.Steps.followUp(try context.short(toFollowUp.id))
    return try [Messages.Steps.followUpTitle] + rows([toFollowUp], context) + [sentence]
  }

  /// What somebody was asked is not asked again, answered or not.
  ///
  /// A journal that cannot be written now is no reason to fail a page that is read.
  func leaveOutcomeOpen(_ context: CommandContext) {
    guard let toFollowUp, context.terminal.outputIsTerminal else { return }
    context.output.flush()
    _ = try? context.save(editing: toFollowUp.id) { $0.leavingOutcomeOpen() }
  }

  private func rows(_ states: [RecordState], _ context: CommandContext) throws -> [String] {
    try RecordListing(context: context).rows(states)
  }
}
