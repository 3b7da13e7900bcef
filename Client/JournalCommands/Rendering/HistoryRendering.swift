internal import Interchange
internal import JournalModel
internal import JournalStore
internal import OperationLog

/// One version of a record: who wrote what, and when.
struct HistoryRendering {
  let style: Style
  let columns: Int?
  let zones: ZoneRules
  let machines: [DeviceID: String]
  /// The record as it is now; `nil` once it is erased.
  let state: RecordState?

  func json(_ version: RecordVersion) -> JSONText {
    .object([
      ("version", .string(version.id.description)),
      (
        "timestamp",
        .string(JournalDate.utcText(unixMilliseconds: version.stamp.timestamp.milliseconds))
      ),
      ("device", .string(version.id.device.description)),
      ("machine", .optional(machines[version.id.device])),
      ("changes", RecordJSON.changes(version.change?.writes ?? [])),
      ("current", .boolean(version.isCurrent)),
      ("sibling", .boolean(version.isSibling)),
    ])
  }

  /// A line about the version, then one a register.
  func lines(_ version: RecordVersion, name: String) -> [String] {
    let when = DateText.local(version.stamp.timestamp.milliseconds, zones)
    let machine = machines[version.id.device].map { "  " + Visible.line($0) } ?? ""
    return [style.strong(name) + "  " + when + machine + standing(of: version)]
      + Self.writes(version).map(line)
  }

  private func standing(of version: RecordVersion) -> String {
    if version.change == nil { return "  (erased)" }
    return current(version) + (version.isSibling ? "  (sibling)" : "")
  }

  /// Of a version that other ones have taken the place of in part, what still counts.
  private func current(_ version: RecordVersion) -> String {
    guard version.isCurrent else { return "" }
    let writes = Self.writes(version)
    let current = writes.filter { state?.registers[$0.register]?.stamp.id == version.id }
    if current.count == writes.count { return "  (current)" }
    guard !current.isEmpty else { return "" }
    let names = current.map { Visible.line($0.register.rawValue) }
    return "  (current: \(names.joined(separator: ", ")))"
  }

  private func line(_ write: RegisterWrite) -> String {
    let start = "    \(Visible.line(write.register.rawValue)): "
    let value = Visible.line(Self.text(write))
    guard let columns else { return start + value }
    return start + DisplayWidth.cut(value, to: max(columns - DisplayWidth.of(start), 10))
  }

  /// When the record was created says nothing that its first version does not.
  private static func writes(_ version: RecordVersion) -> [RegisterWrite] {
    (version.change?.writes ?? []).filter { $0.register != .created }
      .sorted { $0.register < $1.register }
  }

  private static func text(_ write: RegisterWrite) -> String {
    switch write.value {
    case .text(let text): text
    case .integer(let number): String(number)
    case .boolean(let value): value ? "yes" : "no"
    case .absent: "(cleared)"
    case .unknown: "(written by a later version of Ebb)"
    }
  }
}
