internal import ArgumentParser
internal import Interchange
internal import JournalModel
internal import JournalStore
internal import JournalSync
internal import OperationLog

/// `ebb status`: what is here, and what is not synced yet.
struct StatusCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "status", "Show what is here, and what is not synced yet.", usage: "ebb status [options]",
    discussion: Messages.Help.status)

  static let shape = JSONOption.shape

  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    // A journal that is not there yet has no device; making it answers the question.
    let journal = try context.journalToRead() ?? context.openedJournal()
    let link = Result { try journal.serverLink() }
    let isLinkDamaged = if case .failure = link { true } else { false }
    let status = Status(
      device: try journal.device, link: try journal.readableServerLink(),
      isLinkDamaged: isLinkDamaged, summary: try journal.summary(),
      lastSync: try context.lastSync(), lastRehearsal: try context.lastRehearsal(),
      now: context.now, pendingErases: try journal.pendingErases(),
      isErasingUnfinished: try journal.isErasingUnfinished, keptFiles: try journal.keptFiles(),
      machines: try journal.machines(),
      drafts: KeptDrafts(context.folders), warnings: try context.untoldWarnings())
    if output.json {
      context.output.json(status.json)
    } else {
      status.lines(
        folder: context.folders.data, columns: context.terminal.columns, context.zones
      ).forEach(context.output.line)
    }
    _ = try link.get()
    // Whoever wonders why nothing is synced looks here.
    _ = context.settings
  }
}

private struct Status {
  let device: DeviceID
  let link: ServerLink?
  let isLinkDamaged: Bool
  let summary: JournalSummary
  let lastSync: Int64?
  /// When the journal was last restored from the server for practice.
  let lastRehearsal: Int64?
  let now: Int64
  let pendingErases: [PendingErase]
  let isErasingUnfinished: Bool
  /// Paths of files that may hold what was erased.
  let keptFiles: [String]
  let machines: [KnownMachine]
  let drafts: KeptDrafts
  let warnings: [String]

  var json: JSONText {
    .object([
      ("device", .string(device.description)),
      ("account", .optional(link?.accountName)),
      ("server", .optional(link?.server.description)),
      ("fingerprint", .optional(link?.fingerprint)),
      ("records", TallyJSON.records(summary.recordsByKind)),
      ("operations", .integer(summary.operations)),
      ("unsynced", .integer(summary.unsynced)),
      ("conflicts", .integer(summary.conflicts)),
      ("lastSync", .optional(lastSync.map(JournalDate.utcText))),
      ("lastRehearsal", .optional(lastRehearsal.map(JournalDate.utcText))),
      ("stateDigest", .string(summary.stateDigest.description)),
      ("pendingErases", ErasingRendering.json(pendingErases)),
      ("erasingUnfinished", .boolean(isErasingUnfinished)),
      ("keptFiles", .strings(keptFiles)),
      ("machines", .array(machines.map(Self.json))),
      ("drafts", .integer(drafts.count)),
      ("warnings", .strings(warnings)),
    ])
  }

  private static func json(_ machine: KnownMachine) -> JSONText {
    .object([
      ("id", .optional(machine.installation?.description)),
      ("name", .optional(machine.name)),
      ("lastHeardFrom", .optional(machine.lastHeardFrom.map(JournalDate.utcText))),
      ("current", .boolean(machine.isCurrent)),
      ("revoked", .boolean(machine.isRevoked)),
    ])
  }

  func lines(folder: String, columns: Int?, _ zones: ZoneRules) -> [String] {
    let machineNames = MachineNames(machines)
    var fields = [
      ("journal", Visible.line(folder)), ("records", Messages.Today.counts(summary.recordsByKind)),
    ]
    // Names are broken where they must; what else is longer, such as a path, stays whole.
    let room = columns.map { max($0 - Self.nameColumns, 20) }
    func append(_ name: String, _ lines: [String]) {
      for (index, line) in lines.enumerated() { fields.append((index == 0 ? name : "", line)) }
    }
    if summary.recordsInTrash > 0 {
      fields.append(("in the trash", Messages.grouped(summary.recordsInTrash)))
    }
    if summary.conflicts > 0 {
      fields.append(
        ("conflicts", Messages.grouped(summary.conflicts) + "  " + Messages.Conflicts.shownBy))
    }
    if let sentence = drafts.sentence { fields.append(("drafts", sentence)) }
    fields.append(("device", device.description))
    if let link {
      let out = link.token == nil ? "  " + Messages.Account.loggedOut : ""
      fields.append(("account", Visible.line(link.accountName) + out))
      fields.append(("server", link.server.description))
      if let fingerprint = link.fingerprint { fields.append(("fingerprint", fingerprint)) }
      fields.append(("not synced", Messages.Sync.unsynced(summary.unsynced)))
      fields.append(("last sync", lastSync.map { DateText.local($0, zones) } ?? "never"))
      if link.sharesLogin { fields.append(("login", Messages.Account.sharedLogin)) }
      let rows = machines.map { machine in
        let name =
          machine.name.map { machineNames.text($0, id: machine.installation) }
          ?? Visible.line(Messages.Account.unnamed(machine.devices))
        let heard = Messages.Account.heardFrom(
          machine.lastHeardFrom.map { DateText.local($0, zones) }, isCurrent: machine.isCurrent)
        let revoked = machine.isRevoked ? "  " + Messages.Account.isRevoked : ""
        return (name: name, words: heard + revoked)
      }
      append("machines", NamedLines.lines(rows, columns: room).flatMap { $0 })
      if let reminder = reminder(zones) { fields.append(("restoring", reminder)) }
    } else {
      fields.append(
        ("account", isLinkDamaged ? Messages.Account.unreadable : Messages.Account.none))
    }
    fields.append(("state digest", summary.stateDigest.description))
    for path in keptFiles {
      fields.append(("erased words", Messages.Erasing.keptFile(Visible.line(path))))
    }
    if isErasingUnfinished { fields.append(("erasing", Messages.Erasing.unfinishedHere)) }
    for line in ErasingRendering.waiting(pendingErases, machines) {
      // The name of a machine in it may be longer than the line.
      append("erased", LineWrap.wrapped(line, columns: room))
    }
    fields += warnings.map { ("warning", Visible.line($0)) }
    return fields.flatMap {
      LineWrap.sentences(
        $0.1, columns: columns, after: DisplayWidth.padded($0.0, to: Self.nameColumns))
    }
  }

  private static let nameColumns = 14

  /// A season. What was never restored may not be restorable.
  private static let rehearsalAgeMillisecondsMax: Int64 = 92 * 24 * 60 * 60 * 1000

  private func reminder(_ zones: ZoneRules) -> String? {
    guard let lastRehearsal else { return Messages.Verify.neverRehearsed }
    guard now - lastRehearsal > Self.rehearsalAgeMillisecondsMax else { return nil }
    return Messages.Verify.rehearsedLongAgo(DateText.local(lastRehearsal, zones))
  }
}
