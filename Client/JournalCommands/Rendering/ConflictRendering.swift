internal import Interchange
internal import JournalModel
internal import JournalStore
internal import OperationLog

/// What a record says in a contested field, and what else was written there: by whom, and when.
struct ConflictRendering {
  let style: Style
  let columns: Int?
  let zones: ZoneRules
  let machines: [DeviceID: String]

  static let indent = "  "
  private static let textIndent = "      "

  func json(_ state: RecordState) -> [JSONText] {
    state.contestedRegisters.compactMap { name in
      state.registers[name].map { register in
        .object([
          ("id", .string(state.id.description)),
          ("field", .string(name.rawValue)),
          ("current", .optional(register.value.text)),
          ("winner", .object(origin(register.stamp))),
          (
            "siblings",
            .array(
              register.siblings.map {
                .object(origin($0.stamp) + [("text", .optional($0.value.text))])
              })
          ),
        ])
      }
    }
  }

  func json(_ survivor: Survivor) -> JSONText {
    .object([
      ("id", .string(survivor.state.id.description)),
      ("erased", .array(survivor.erases.map { .object(origin($0.stamp)) })),
    ])
  }

  func lines(_ survivor: Survivor, id: String) -> [String] {
    survivor.erases.map { erase in
      Self.indent
        + Messages.Conflicts.erased(
          when: DateText.local(erase.stamp.timestamp.milliseconds, zones),
          machine: machine(of: erase.stamp))
    } + [Self.indent + Messages.Conflicts.howToSettleSurvivor(id), ""]
  }

  private func machine(of stamp: Stamp) -> String {
    machines[stamp.id.device].map(Visible.line) ?? Messages.Conflicts.unknownMachine
  }

  private func origin(_ stamp: Stamp) -> [(key: String, value: JSONText)] {
    [
      ("version", .string(stamp.id.description)),
      ("device", .string(stamp.id.device.description)),
      ("machine", .optional(machines[stamp.id.device])),
      (
        "timestamp",
        .string(JournalDate.utcText(unixMilliseconds: stamp.timestamp.milliseconds))
      ),
    ]
  }

  func lines(_ state: RecordState, id: String) -> [String] {
    let fields = state.contestedRegisters
    var lines: [String] = []
    for name in fields {
      guard let register = state.registers[name] else { continue }
      let names = VersionNames([register.stamp.id] + register.siblings.map(\.stamp.id))
      lines.append(Self.indent + style.strong(Visible.line(name.rawValue)))
      lines.append(origin(Messages.Conflicts.winner, register.stamp, names))
      for sibling in register.siblings {
        lines.append(origin(Messages.Conflicts.sibling, sibling.stamp, names))
        lines.append("")
        lines += difference(from: sibling.value, to: register.value)
        lines.append("")
      }
      lines.append(
        Self.indent
          + Messages.Conflicts.howToResolve(
            id, field: fields.count > 1 ? name.rawValue : nil,
            sibling: register.siblings.count > 1))
      lines.append("")
    }
    return lines
  }

  /// `sibling  9a1c22.7  2026-11-21 08:18  laptop`
  private func origin(_ role: String, _ stamp: Stamp, _ names: VersionNames) -> String {
    Self.indent + Self.indent + DisplayWidth.padded(role, to: 9)
      + style.faint(names.short(stamp.id)) + "  "
      + DateText.local(stamp.timestamp.milliseconds, zones) + "  " + machine(of: stamp)
  }

  private func difference(from sibling: RegisterValue, to winner: RegisterValue) -> [String] {
    let rendering = DifferenceRendering(
      style: style, columns: columns.map { max($0 - Self.textIndent.utf8.count, 20) })
    let lines: [String]
    if case .text(let old) = sibling, case .text(let new) = winner {
      lines = rendering.lines(TextDifference(from: old, to: new))
    } else {
      lines =
        Visible.lines(Self.text(sibling)).map { rendering.marked(.removed, $0) }
        + Visible.lines(Self.text(winner)).map { rendering.marked(.added, $0) }
    }
    return lines.map { $0.isEmpty ? "" : Self.textIndent + $0 }
  }

  private static func text(_ value: RegisterValue) -> String {
    switch value {
    case .text(let text): text
    case .absent: Messages.Conflicts.cleared
    default: Messages.Conflicts.unreadable
    }
  }
}
