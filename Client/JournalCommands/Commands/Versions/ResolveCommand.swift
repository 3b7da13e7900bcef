internal import ArgumentParser
internal import JournalModel
internal import JournalStore
internal import OperationLog

/// `ebb resolve`: settles texts that were written on two machines at once, for all machines.
struct ResolveCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "resolve", "Settle texts that were written on two machines at once.",
    usage: "ebb resolve ID --keep winner|sibling|both|edit [options]",
    discussion: Messages.Help.resolve)

  static let shape = ArgumentShape(
    words: .names, values: ["--keep", "--field", "--sibling", "--text"]
  )
  .adding(JSONOption.shape)

  static let wordCandidates = WordCandidates(.asked(.contested))

  @Argument(help: ArgumentHelp("Its id, or the beginning of it.", valueName: "id"))
  var ids: [String] = []

  @Option(
    help: ArgumentHelp(
      "winner: the present text; sibling: the other one; both: one below the other; edit: merge "
        + "them in your editor.", valueName: "what"),
    completion: .words(of: Keep.self))
  var keep: String?

  @Option(help: ArgumentHelp("Which field, if several are contested.", valueName: "field"))
  var field: String?

  @Option(
    help: ArgumentHelp(
      "Which of several other texts, as `ebb conflicts` shows its version; the rest stay.",
      valueName: "version"))
  var sibling: String?

  @Option(
    help: ArgumentHelp(
      "The merged text, instead of the editor; - reads standard input.", valueName: "text"))
  var text: String?

  @OptionGroup var output: JSONOption

  private enum Keep: String, CaseIterable {
    case winner, sibling, both, edit
  }

  mutating func perform(_ context: CommandContext) throws {
    let id = try context.record(named: try Self.only(ids, Messages.Arguments.anID))
    let keep = try chosenKeep()
    // What is decided about is what was there to see when the command began: whatever comes
    // meanwhile is not settled by it, and kept.
    let shown = try context.shown(id)
    let state = shown.state
    let contest = Contest(
      state: state, name: try context.short(id), field: field, sibling: sibling)
    let survivor = field == nil ? try context.openedJournal().survivor(id) : nil
    if let survivor, !state.hasSiblings {
      guard keep == .winner else {
        throw Failure(.notPossible, Messages.Resolving.onlyKept(contest.name))
      }
      try context.save([survivor.keeping])
      return try context.show(id, verb: Messages.Resolving.settled, json: output.json)
    }
    let registers = try contest.registers()
    var isErased = false
    switch keep {
    case .winner: try settle(registers, contest, shown, context) { _ in .winner }
    case .both: try settle(registers, contest, shown, context) { _ in .both }
    case .sibling:
      try settle(registers, contest, shown, context) {
        .sibling(try contest.oneSibling(of: $0).stamp.id)
      }
    case .edit: isErased = try merge(contest, shown, context)
    }
    // Whoever settles its texts means to keep it, but for an erase that came meanwhile.
    if !isErased, let kept = try context.openedJournal().survivor(id) {
      try context.save([kept.keeping])
    }
    try context.show(id, verb: Messages.Resolving.settled, json: output.json)
    if isErased { Output.message(Messages.Conflicts.erasedWhileEditing(try context.short(id))) }
    try tellWhatIsLeft(id, context)
  }

  private func chosenKeep() throws -> Keep {
    if keep == nil && text != nil { return .edit }
    guard let keep else { throw Failure.usage(Messages.Resolving.keepMissing) }
    guard let chosen = Keep(rawValue: keep) else {
      throw Failure.usage(Messages.Resolving.unknownKeep(keep))
    }
    if text != nil && chosen != .edit { throw Failure.usage(Messages.Resolving.textOnlyWithEdit) }
    return chosen
  }

  private func settle(
    _ registers: [RegisterName], _ contest: Contest, _ shown: ShownRecord,
    _ context: CommandContext,
    by settlement: (RegisterName) throws -> Settlement
  ) throws {
    let changes = try registers.compactMap { register in
      try contest.state.settling(
        register, by: settlement(register), only: contest.namedSibling(of: register)?.stamp.id)
    }
    try context.save(changes, inSightOf: shown)
  }

  /// - Returns: whether the record was erased while somebody merged.
  private func merge(
    _ contest: Contest, _ shown: ShownRecord, _ context: CommandContext
  ) throws -> Bool {
    let register = try contest.oneRegister()
    let sibling = try contest.oneSibling(of: register)
    let draft = try MergeDraft(contest.state, register, sibling, context)
    let merged =
      try text.map { try draft.given($0, context) } ?? draft.edited(context, contest)
    let isErased = try context.openedJournal().state(of: contest.state.id) == nil
    try merged.keepingDraft {
      let change = try contest.state.settling(
        register, by: .text(merged.text), only: sibling.stamp.id)
      try context.save(change.map { [$0] } ?? [], inSightOf: shown)
    }
    return isErased
  }

  private func tellWhatIsLeft(_ id: RecordID, _ context: CommandContext) throws {
    let left = try context.state(of: id).registers.values.reduce(0) { $0 + $1.siblings.count }
    if left > 0 {
      Output.message(Messages.Resolving.left(left, id: try context.short(id)))
    }
  }
}
