package import JournalModel
private import OperationLog

extension RecordJSON {
  /// What a version writes; when the record was created says nothing that its first version does
  /// not. What a later Ebb wrote is not nothing: `{"unknown":true}`.
  package static func changes(_ writes: [RegisterWrite]) -> JSONText {
    .object(
      writes.filter { $0.register != .created }.sorted { $0.register < $1.register }
        .map { ($0.register.rawValue, value($0.value)) })
  }

  /// One version of a record, in the shape of `ebb history --json` but for the machine's name.
  static func version(_ version: StampedChange, of state: RecordState) -> JSONText {
    let stamp = version.stamp
    let registers = state.registers.values
    return .object([
      ("version", .string(stamp.id.description)),
      (
        "timestamp",
        .string(JournalDate.utcText(unixMilliseconds: stamp.timestamp.milliseconds))
      ),
      ("device", .string(stamp.id.device.description)),
      ("changes", changes(version.change.writes)),
      ("current", .boolean(registers.contains { $0.stamp == stamp })),
      (
        "sibling",
        .boolean(registers.contains { $0.siblings.contains { $0.stamp == stamp } })
      ),
    ])
  }

  private static func value(_ value: RegisterValue) -> JSONText {
    switch value {
    case .text(let text): .string(text)
    case .integer(let number): .integer(number)
    case .boolean(let value): .boolean(value)
    case .absent: .null
    case .unknown: .object([("unknown", .boolean(true))])
    }
  }
}
