/// Collects the writes of a new record, each checked by its field.
struct DraftWrites {
  private let kind: RecordKind
  private var writes: [RegisterWrite] = []

  init(kind: RecordKind, createdAt: Int64) {
    self.kind = kind
    writes.append(RegisterWrite(.created, .integer(createdAt)))
  }

  /// Writes a value that is there; empty text is none.
  mutating func set(_ name: RegisterName, _ value: FieldValue?) throws(InputError) {
    guard let value, let field = FieldCatalogue.field(name, of: kind) else { return }
    let registerValue = try field.registerValue(value)
    if registerValue != .absent { writes.append(RegisterWrite(name, registerValue)) }
  }

  mutating func add(
    _ names: [String], to family: RegisterName.Family
  ) throws(InputError) {
    guard !names.isEmpty else { return }
    var written = Set(writes.map(\.register))
    for name in names {
      let register = try RegisterName(checkedMember: name, of: family)
      if written.insert(register).inserted {
        writes.append(RegisterWrite(register, .boolean(true)))
      }
    }
  }

  /// The change, its writes in order of their registers.
  func change(record: RecordID) throws(InputError) -> RecordChange {
    let change = RecordChange(
      record: record, kind: kind, writes: writes.sorted { $0.register < $1.register })
    try change.checkSize()
    return change
  }
}

extension RegisterName {
  /// A member as somebody typed it: checked and brought into the form that is kept.
  init(checkedMember name: String, of family: Family) throws(InputError) {
    let member = try OneLineName.checked(name, field: family.rawValue)
    if family == .sign, Sign(rawValue: member) == nil { throw .unknownSign(member) }
    self.init(family, member)
  }
}
