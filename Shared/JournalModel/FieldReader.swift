private import OperationLog

/// Reads the typed fields of a record, and remembers which of them hold something that this
/// version cannot read: another type, a number out of range, a case of a later version.
///
/// Such a field reads as nothing, but is never passed off as empty: every view lists it as
/// `unreadable`.
struct FieldReader {
  private let state: RecordState
  private(set) var unreadable: Set<String> = []

  init(_ state: RecordState) {
    self.state = state
    for name in [RegisterName.created, .trashed] { check(name) }
  }

  mutating func text(_ name: RegisterName) -> String? {
    read(name, \.text)
  }

  mutating func integer(_ name: RegisterName, _ range: ClosedRange<Int>) -> Int? {
    read(name) { value in
      value.integer.flatMap { Int(exactly: $0) }.flatMap { range.contains($0) ? $0 : nil }
    }
  }

  mutating func boolean(_ name: RegisterName) -> Bool? {
    read(name, \.boolean)
  }

  mutating func date(_ name: RegisterName) -> JournalDate? {
    read(name) { $0.text.flatMap(JournalDate.init(rfc9557:)) }
  }

  mutating func pull(_ name: RegisterName) -> Pull? {
    read(name) { $0.text.flatMap(Pull.init(rawValue:)) }
  }

  mutating func record(_ name: RegisterName) -> RecordID? {
    read(name) { $0.text.flatMap(RecordID.init(hexadecimal:)) }
  }

  /// The names in the set, in alphabetical order.
  mutating func names(_ family: RegisterName.Family) -> [String] {
    for (name, register) in state.registers where name.member(of: family) != nil {
      switch register.value {
      case .boolean, .absent: break
      default: unreadable.insert(name.rawValue)
      }
    }
    return state.members(of: family)
  }

  private mutating func read<Value>(
    _ name: RegisterName, _ convert: (RegisterValue) -> Value?
  ) -> Value? {
    guard let value = state[name], value != .absent else { return nil }
    let converted = convert(value)
    if converted == nil { unreadable.insert(name.rawValue) }
    return converted
  }

  private mutating func check(_ name: RegisterName) {
    switch (name, state[name]) {
    case (_, nil), (.trashed, .boolean), (.trashed, .absent), (.created, .absent): break
    case (.created, .integer(let created)) where JournalDate.instants.contains(created): break
    default: unreadable.insert(name.rawValue)
    }
  }
}
