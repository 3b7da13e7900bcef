internal import ArgumentParser
internal import Interchange
internal import JournalModel
internal import JournalSync
internal import OperationLog

/// `ebb devices`: the machines of the account; `revoke` ends one's session.
struct DevicesCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "devices", "List the machines of your account, or revoke one.",
    usage: "ebb devices [options]\nebb devices revoke ID", discussion: Messages.Help.devices)

  static let shape = ArgumentShape(words: .names).adding(JSONOption.shape)

  static let wordCandidates = WordCandidates(.fixed(["revoke"]), .asked(.device))

  @Argument(help: ArgumentHelp("revoke, and the machine's id.", valueName: "revoke id"))
  var words: [String] = []

  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    var prefix: String?
    if let word = words.first {
      guard word == "revoke" else { try Self.none(words[...]); return }
      prefix = try Self.only(Array(words.dropFirst()), Messages.Account.idToRevoke)
    }
    let client = try context.syncClientWithAccount()
    guard let revoked = prefix else {
      return show(try waiting { try await client.devices() }, context)
    }
    var devices = try saying(undone: Messages.Account.notRevoked(revoked)) {
      try waiting { try await client.devices() }
    }
    let device = try device(revoked, among: devices)
    guard !device.isRevoked else {
      throw Failure(.notPossible, Messages.Account.alreadyRevoked(device.id.description))
    }
    guard !device.isCurrent else {
      throw Failure(.notPossible, Messages.Account.revokesItself(device.id.description))
    }
    // Machines may well have one name.
    let name =
      device.name.map { "\(Visible.line($0)) (\(device.id.description.prefix(8)))" }
      ?? device.id.description
    try saying(undone: Messages.Account.maybeRevoked(name)) {
      try waiting { try await client.revoke(device.id) }
    }
    guard output.json else {
      return context.output.sentence(Messages.Account.revoked(name))
    }
    devices = devices.map { other in
      var other = other
      if other.id == device.id { (other.isRevoked, other.isLoggedOut) = (true, true) }
      return other
    }
    show(devices, context)
  }

  private func device(
    _ prefix: String, among devices: [SyncClient.Installation]
  ) throws -> SyncClient.Installation {
    let matching = devices.filter { $0.id.description.hasPrefix(prefix.lowercased()) }
    guard matching.count < 2 || prefix.isEmpty else {
      throw Failure(
        .notPossible,
        Messages.Account.ambiguousDevice(prefix, candidates: matching.map { $0.id.description }))
    }
    guard let device = matching.first, !prefix.isEmpty else {
      throw Failure(.notPossible, Messages.Account.noDevice(prefix))
    }
    return device
  }

  private func show(_ devices: [SyncClient.Installation], _ context: CommandContext) {
    if output.json {
      return context.output.json(
        lines: devices.map {
          .object([
            ("id", .string($0.id.description)),
            ("name", .optional($0.name)),
            ("lastSeen", .string(JournalDate.utcText(unixMilliseconds: $0.lastSeen))),
            ("current", .boolean($0.isCurrent)),
            ("revoked", .boolean($0.isRevoked)),
            ("loggedOut", .boolean($0.isLoggedOut)),
          ])
        })
    }
    let rows = devices.map { device in
      let note =
        if device.isRevoked {
          Messages.Account.isRevoked
        } else if device.isLoggedOut {
          Messages.Account.isLoggedOut
        } else if device.isCurrent {
          Messages.Account.isThisOne
        } else {
          ""
        }
      let seen = Messages.Account.lastSeen(DateText.local(device.lastSeen, context.zones))
      return (
        name: "\(device.id.description.prefix(8))  \(Visible.line(device.name ?? "?"))",
        words: note.isEmpty ? seen : seen + "  " + note
      )
    }
    NamedLines.lines(rows, columns: context.terminal.columns)
      .joined().forEach { context.output.line($0) }
  }
}
