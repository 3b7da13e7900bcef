internal import JournalModel
internal import OperationLog

/// What of a record is to be settled: which fields, and against which of the other texts.
struct Contest {
  let state: RecordState
  /// How the record is called in messages.
  let name: String
  /// As given on the command line.
  let field: String?
  let sibling: String?

  /// The fields to settle: the one that was named, else all that are contested.
  func registers() throws -> [RegisterName] {
    let contested = state.contestedRegisters
    if let field {
      guard let found = FieldCatalogue.field(named: field, of: state.kind)
      else { throw InputError.noSuchField(field, kind: state.kind) }
      guard let register = found.register, found.isProse else {
        throw Failure.usage(Messages.Resolving.notProse(name, field: field))
      }
      guard contested.contains(register) else {
        throw Failure(.notPossible, Messages.Resolving.notContested(name, field: field))
      }
      return [register]
    }
    guard !contested.isEmpty else {
      throw Failure(.notPossible, Messages.Resolving.notContested(name, field: nil))
    }
    return sibling == nil ? contested : [try oneRegister()]
  }

  func oneRegister() throws -> RegisterName {
    let contested = try field == nil ? state.contestedRegisters : registers()
    let named = try sibling.map { _ in
      try contested.filter { try !matching(in: $0).isEmpty }
    }
    let found = named.flatMap { $0.isEmpty ? nil : $0 } ?? contested
    guard let register = found.first, found.count == 1 else {
      throw Failure.usage(
        Messages.Resolving.chooseField(name, fields: found.map { Visible.line($0.rawValue) }))
    }
    return register
  }

  /// The sibling that was named; `nil` if none was.
  func namedSibling(of register: RegisterName) throws -> RecordState.Sibling? {
    guard let sibling else { return nil }
    let matching = try matching(in: register)
    guard matching.count < 2 else {
      throw Failure(
        .notPossible,
        Messages.Records.ambiguousVersion(sibling, candidates: matching.map(\.description)))
    }
    guard let found = siblings(of: register).first(where: { $0.stamp.id == matching.first }) else {
      throw Failure(.notPossible, Messages.Resolving.noSibling(sibling, of: name))
    }
    return found
  }

  /// The sibling that was named, else the only one there is.
  func oneSibling(of register: RegisterName) throws -> RecordState.Sibling {
    if let named = try namedSibling(of: register) { return named }
    let siblings = siblings(of: register)
    guard let only = siblings.first, siblings.count == 1 else {
      let names = VersionNames(siblings.map(\.stamp.id))
      throw Failure.usage(
        Messages.Resolving.chooseSibling(
          name, versions: siblings.map { names.short($0.stamp.id) }))
    }
    return only
  }

  private func siblings(of register: RegisterName) -> [RecordState.Sibling] {
    state.registers[register]?.siblings ?? []
  }

  private func matching(in register: RegisterName) throws -> [OperationID] {
    VersionNames(siblings(of: register).map(\.stamp.id)).matching(sibling ?? "")
  }
}
