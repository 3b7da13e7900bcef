internal import JournalModel
internal import JournalStore
internal import OperationLog

/// Two texts of one field merged as far as they go, to be finished in the editor.
struct MergeDraft {
  /// With conflict markers, unless all merged.
  let text: String
  private let markers: ConflictMarkers

  init(
    _ state: RecordState, _ register: RegisterName, _ sibling: RecordState.Sibling,
    _ context: CommandContext
  ) throws {
    guard let present = state.registers[register], let journal = try context.journalToRead()
    else { throw context.notFound(state.id.description) }
    let winnerText = try Self.text(present.value, register)
    let siblingText = try Self.text(sibling.value, register)
    let changes = try journal.history(of: state.id).compactMap { version in
      version.change.map { StampedChange(stamp: version.stamp, change: $0) }
    }
    let ancestor = ProseHistory(of: register, in: changes)
      .commonAncestor(of: present.stamp.id, sibling.stamp.id)

    let machines = try journal.machineNames()
    func label(_ role: String, _ stamp: Stamp) -> String {
      Messages.Resolving.label(
        role: role,
        machine: machines[stamp.id.device].map(Visible.line) ?? Messages.Conflicts.unknownMachine,
        when: DateText.local(stamp.timestamp.milliseconds, context.zones))
    }
    markers = ConflictMarkers(
      ConflictMarkers.Labels(
        winner: label(Messages.Resolving.winner, present.stamp),
        ancestor: ancestor == nil ? Messages.Resolving.inCommon : Messages.Resolving.ancestor,
        sibling: label(Messages.Resolving.sibling, sibling.stamp)),
      apartFrom: [winnerText, siblingText, ancestor ?? ""])
    let merged = markers.text(
      of: TextMerge(ancestor: ancestor, winner: winnerText, sibling: siblingText))
    text = merged.isEmpty || merged.hasSuffix("\n") ? merged : merged + "\n"
  }

  private static func text(_ value: RegisterValue, _ register: RegisterName) throws -> String {
    switch value {
    case .text(let text): return text
    case .absent: return ""
    default: throw InputError.writtenByLaterVersion(field: register.rawValue)
    }
  }

  /// What the editor makes of it. Saving it as it is says yes to it.
  ///
  /// - Parameter contest: what it settles.
  func edited(_ context: CommandContext, _ contest: Contest) throws -> TextSource.Text {
    let edited = try TextSource(context: context).edited(
      text, .resolve,
      goingOn: {
        Messages.Resolving.goOn(
          contest.name, field: contest.field, sibling: contest.sibling, path: $0)
      },
      missing: Messages.Resolving.editWhere)
    guard let line = markers.firstLine(in: edited.text) else { return edited }
    let refusal = Messages.Resolving.markerLeft(line: line)
    guard edited.text != text, let draft = edited.draft else {
      edited.draft?.remove()
      throw Failure(.badData, refusal)
    }
    throw Failure(.badData, draft.telling(refusal))
  }

  /// A merged text that was made elsewhere.
  func given(_ text: String, _ context: CommandContext) throws -> TextSource.Text {
    let given =
      text == "-" ? try TextSource(context: context).piped() : TextSource.Text(text: text)
    guard !given.text.isBlank else { throw Failure.usage(Messages.Writing.empty) }
    if let line = markers.firstLine(in: given.text) {
      throw Failure(.badData, Messages.Resolving.markerLeft(line: line))
    }
    return given
  }
}
