package import OperationLog

/// How lost prose is settled.
package enum Settlement: Hashable, Sendable {
  /// The present text stays.
  case winner
  /// This sibling takes its place.
  case sibling(OperationID)
  /// The present text and the lost ones, one below the other.
  case both
  /// Somebody has made one text of them.
  case text(String)
}

extension RecordState {
  /// The change that settles lost prose of a register, on all machines: it names as seen all that
  /// it decides about. `nil` if there is nothing to settle.
  ///
  /// What was not seen here is not settled by it, so an edit made elsewhere meanwhile is kept. A
  /// record in the trash comes back by it.
  ///
  /// - Parameter only: the sibling to decide about; the others stay. `nil` for all.
  package func settling(
    _ register: RegisterName, by settlement: Settlement, only: OperationID? = nil
  ) throws(InputError) -> RecordChange? {
    guard let present = registers[register] else { return nil }
    let decided = present.siblings.filter { only == nil || $0.stamp.id == only }
    guard !decided.isEmpty else { return nil }
    let value: RegisterValue?
    switch settlement {
    case .winner: value = present.value
    case .sibling(let id): value = decided.first { $0.stamp.id == id }?.value
    case .both: value = try joined([present.value] + decided.map(\.value), in: register)
    case .text(let text): value = try checked(text, in: register)
    }
    guard let value else { return nil }
    guard value != .unknown else { throw .writtenByLaterVersion(field: register.rawValue) }

    // Of those that say the same only one is a sibling: where some are to stay, no head is named
    // that may say what they say. A value that was seen settles all that say it.
    let heads = only == nil ? present.heads : decided.map(\.stamp.id)
    let seen = Set(heads).union([present.stamp.id])
    let change = change(by: [RegisterWrite(register, value, seen: seen.sorted())])
    try change.checkSize()
    return change
  }

  /// The prose registers with siblings, in the order of the catalogue.
  package var contestedRegisters: [RegisterName] {
    let contested = registers.filter { !$0.value.siblings.isEmpty }.keys
    let order = FieldCatalogue.fields(of: kind).compactMap(\.register)
    return order.filter(contested.contains) + contested.filter { !order.contains($0) }.sorted()
  }

  private func joined(
    _ values: [RegisterValue], in register: RegisterName
  ) throws(InputError) -> RegisterValue {
    guard !values.contains(.unknown) else {
      throw .writtenByLaterVersion(field: register.rawValue)
    }
    let texts = values.compactMap(\.text).filter { !$0.isEmpty }
    // A title is one line.
    let separator = register == .title ? " / " : "\n\n"
    return try checked(texts.joined(separator: separator), in: register)
  }

  private func checked(
    _ text: String, in register: RegisterName
  ) throws(InputError) -> RegisterValue {
    guard let field = FieldCatalogue.field(register, of: kind) else {
      throw .noSuchField(register.rawValue, kind: kind)
    }
    return try field.registerValue(.text(text))
  }
}
