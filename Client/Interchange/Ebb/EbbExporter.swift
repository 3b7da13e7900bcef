internal import JournalModel
private import OperationLog

/// Ebb's own JSON: an array of records in their documented shapes, one a line, which imports as it
/// was.
struct EbbExporter: Exporter {
  private(set) var leftOut: [String: Int] = [:]
  private let file: ExportFile
  private let withHistory: Bool
  private var isFirst = true

  init(_ file: ExportFile, _ settings: ExportSettings) {
    self.file = file
    withHistory = settings.withHistory
  }

  mutating func add(_ record: ExportedRecord) throws {
    let state = record.state
    guard case .object(var members)? = RecordJSON.lossless(state) else { return }
    if withHistory {
      // Newest first, as `ebb history` has it.
      let versions = record.history.reversed().map { RecordJSON.version($0, of: state) }
      members.append(("history", .array(versions)))
    }
    for register in state.registersWithoutPlace { leftOut[register, default: 0] += 1 }
    try file.write((isFirst ? "[" : ",\n") + JSONText.object(members).text)
    isFirst = false
  }

  mutating func finish() throws {
    try file.write(isFirst ? "[]\n" : "]\n")
  }
}

extension RecordState {
  /// The registers that hold something of a later version of Ebb, by a name or a value that this
  /// one does not know, in alphabetical order.
  var registersWithoutPlace: [String] {
    let fields = FieldCatalogue.fields(of: kind)
    let families = fields.compactMap { field in
      if case .names(let family) = field.content { family } else { nil }
    }
    let known = Set(fields.compactMap(\.register) + RegisterName.keptByEbb)
    let others = registers.filter { name, register in
      register.value != .absent && !known.contains(name)
        && !families.contains { name.member(of: $0) != nil }
    }
    return (others.keys.map(\.rawValue) + (unreadableFields ?? [])).sorted()
  }

  private var unreadableFields: [String]? {
    switch kind {
    case .entry: Entry(self)?.unreadable
    case .mood: MoodLog(self)?.unreadable
    case .step: Step(self)?.unreadable
    default: nil
    }
  }
}

extension RegisterName {
  /// What nobody typed, and what says nothing outside of the journal that it is in: no loss where a
  /// format leaves it out.
  static let keptByEbb: [RegisterName] = [.created, .trashed, .outcomeAsked]
}
