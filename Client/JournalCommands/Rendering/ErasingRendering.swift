internal import Interchange
internal import JournalModel
internal import JournalSync
internal import OperationLog

/// Erases that not all have confirmed.
enum ErasingRendering {
  /// A line for each machine, and one for the server, that has not confirmed all of them yet.
  static func waiting(_ erases: [PendingErase], _ known: [KnownMachine]) -> [String] {
    let names = MachineNames(known)
    let revoked = Set(known.filter(\.isRevoked).compactMap(\.installation))
    var lines: [String] = []
    let unsent = erases.count { !$0.isOnServer }
    if unsent > 0 { lines.append(Messages.Erasing.waiting(for: Messages.Erasing.server, unsent)) }
    let machines = Dictionary(grouping: erases.flatMap(\.machines), by: \.id)
    for (id, erases) in machines.sorted(by: { $0.key < $1.key }) {
      let name = erases[0].name.map { names.text($0, id: id) } ?? String(id.description.prefix(8))
      lines.append(
        Messages.Erasing.waiting(for: name, erases.count, isRevoked: revoked.contains(id)))
    }
    return lines
  }

  static func json(_ erases: [PendingErase]) -> JSONText {
    .array(
      erases.map { erase in
        .object([
          ("record", .string(erase.record.description)),
          ("version", .string(erase.operation.description)),
          (
            "timestamp",
            .string(JournalDate.utcText(unixMilliseconds: erase.timestamp.milliseconds))
          ),
          ("server", .boolean(erase.isOnServer)),
          (
            "waitingFor",
            .array(
              erase.machines.map {
                .object([("id", .string($0.id.description)), ("name", .optional($0.name))])
              })
          ),
        ])
      })
  }
}
