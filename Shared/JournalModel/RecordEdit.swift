/// What somebody wants changed in a record that exists.
///
///     var edit = RecordEdit()
///     edit.set(.title, .text("By the river"))
///     edit.add("river", to: .tag)
///     let change = try edit.change(of: state)   // nil: it is so already
package struct RecordEdit: Hashable, Sendable {
  private var requests: [Request] = []

  private enum Request: Hashable, Sendable {
    case set(RegisterName, FieldValue)
    case say(RegisterName, FieldValue)
    case clear(String)
    case add(String, RegisterName.Family)
    case remove(String, RegisterName.Family)
  }

  package init() {}

  package var isEmpty: Bool { requests.isEmpty }

  package mutating func set(_ name: RegisterName, _ value: FieldValue) {
    requests.append(.set(name, value))
  }

  /// Sets it even where it is so already: what another machine wrote before, and this one has not
  /// heard of, is not to win over it.
  package mutating func say(_ name: RegisterName, _ value: FieldValue) {
    requests.append(.say(name, value))
  }

  /// Clears a field by its name in the catalogue; of a set of names, all of them.
  package mutating func clear(_ fieldName: String) {
    requests.append(.clear(fieldName))
  }

  package mutating func add(_ name: String, to family: RegisterName.Family) {
    requests.append(.add(name, family))
  }

  package mutating func remove(_ name: String, from family: RegisterName.Family) {
    requests.append(.remove(name, family))
  }

  /// The change that makes it so, its writes in order of their registers; `nil` when it is so
  /// already. A set of names can be cleared and then added to, which replaces it.
  ///
  /// Throws when the kind has no such field, for values that the field cannot hold, for two
  /// requests that undo each other, and when a mood log would be left without any measure. A
  /// record in the trash comes back by it.
  package func change(of state: RecordState) throws(InputError) -> RecordChange? {
    var edited = EditedRegisters(state)
    for request in requests {
      switch request {
      case .set(let name, let value): try edited.set(name, value)
      case .say(let name, let value): try edited.say(name, value)
      case .clear(let name): try edited.clear(name)
      case .add(let name, let family): try edited.setMember(name, of: family, to: true)
      case .remove(let name, let family): try edited.setMember(name, of: family, to: false)
      }
    }
    try edited.checkMeasure()
    let change = state.change(writing: edited.valuesByRegister, always: edited.said)
    try change?.checkSize()
    return change
  }
}

/// The values that an edit asks for.
private struct EditedRegisters {
  private let state: RecordState
  private(set) var valuesByRegister: [RegisterName: RegisterValue] = [:]
  /// Asked for one by one, not by clearing a whole set.
  private var asked: Set<RegisterName> = []
  /// To be written though they are so already.
  private(set) var said: Set<RegisterName> = []

  init(_ state: RecordState) {
    self.state = state
  }

  mutating func set(_ name: RegisterName, _ value: FieldValue) throws(InputError) {
    guard let field = FieldCatalogue.field(name, of: state.kind) else {
      throw .noSuchField(name.rawValue, kind: state.kind)
    }
    try ask(name, try field.registerValue(value), field: field.name)
  }

  mutating func say(_ name: RegisterName, _ value: FieldValue) throws(InputError) {
    try set(name, value)
    said.insert(name)
  }

  mutating func clear(_ fieldName: String) throws(InputError) {
    guard let field = FieldCatalogue.field(named: fieldName, of: state.kind) else {
      throw .noSuchField(fieldName, kind: state.kind)
    }
    if field.isRequired { throw .cannotClear(field: fieldName, kind: state.kind) }
    if case .names(let family) = field.content {
      for name in Array(state.registers.keys) + Array(valuesByRegister.keys)
      where name.member(of: family) != nil {
        valuesByRegister[name] = .boolean(false)
      }
    } else if let register = field.register {
      try ask(register, .absent, field: field.name)
    }
  }

  mutating func setMember(
    _ name: String, of family: RegisterName.Family, to isMember: Bool
  ) throws(InputError) {
    guard let field = FieldCatalogue.field(family, of: state.kind) else {
      throw .noSuchField(family.rawValue, kind: state.kind)
    }
    // What is there can be removed by the name it is shown by, whatever form that has.
    let present = RegisterName(family, name)
    let register =
      !isMember && state.registers[present] != nil
      ? present : try RegisterName(checkedMember: name, of: family)
    try ask(register, .boolean(isMember), field: field.name)
  }

  private mutating func ask(
    _ register: RegisterName, _ value: RegisterValue, field: String
  ) throws(InputError) {
    let isNew = asked.insert(register).inserted
    guard isNew || valuesByRegister[register] == value else {
      throw .contradictory(field: field)
    }
    valuesByRegister[register] = value
  }

  /// A mood log that this edit takes the last measure from is refused.
  func checkMeasure() throws(InputError) {
    let measures = FieldCatalogue.moodMeasures
    guard state.kind == .mood, measures.contains(where: { valuesByRegister[$0] != nil }) else {
      return
    }
    let isMeasured = measures.contains {
      (valuesByRegister[$0] ?? state[$0] ?? .absent) != .absent
    }
    if !isMeasured { throw .noMeasure }
  }
}
