internal import JournalModel
private import OperationLog

/// The versions of a record as `ebb export ebb --history` tells them.
enum ExportedHistory {
  /// Oldest first; `nil` if they are no versions that Ebb could have written.
  ///
  /// - Parameter history: newest first, as it stands in the export.
  static func versions(_ history: JSONValue, kind: RecordKind) -> [EarlierVersion]? {
    guard let elements = history.elements else { return nil }
    var versions: [EarlierVersion] = []
    for element in elements.reversed() {
      guard let changes = element["changes"]?.members else { return nil }
      guard let read = read(changes, kind: kind) else { return nil }
      versions += read
    }
    return canBeReplayed(versions, kind: kind) ? versions : nil
  }

  private static func read(_ changes: [JSONValue.Member], kind: RecordKind) -> [EarlierVersion]? {
    var edit = RecordEdit()
    var trashing: EarlierVersion?
    for change in changes {
      let register = RegisterName(change.key)
      if register == .trashed {
        guard let isTrashed = change.value.boolean else { return nil }
        trashing = EarlierVersion(.trashing(isTrashed))
      } else if !set(register, change.value, &edit, kind: kind) {
        return nil
      }
    }
    // An edit of a record in the trash brings it back by itself.
    return (edit.isEmpty ? [] : [EarlierVersion(.edit(edit))]) + (trashing.map { [$0] } ?? [])
  }

  /// False for what no version of this Ebb holds.
  private static func set(
    _ register: RegisterName, _ value: JSONValue, _ edit: inout RecordEdit, kind: RecordKind
  ) -> Bool {
    for family in RegisterName.Family.allCases {
      guard let name = register.member(of: family) else { continue }
      guard let isMember = value.boolean, FieldCatalogue.field(family, of: kind) != nil else {
        return false
      }
      if isMember { edit.add(name, to: family) } else { edit.remove(name, from: family) }
      return true
    }
    guard let field = FieldCatalogue.field(register, of: kind) else { return false }
    if value == .null {
      edit.clear(field.name)
      return true
    }
    guard let value = fieldValue(value, field) else { return false }
    edit.set(register, value)
    return true
  }

  private static func fieldValue(_ value: JSONValue, _ field: Field) -> FieldValue? {
    switch field.content {
    case .prose, .name: value.string.map(FieldValue.text)
    case .integer: value.integer.map(FieldValue.integer)
    case .boolean: value.boolean.map(FieldValue.boolean)
    case .date: value.string.flatMap(JournalDate.init(rfc9557:)).map(FieldValue.date)
    case .pull: value.string.flatMap(Pull.init(rawValue:)).map(FieldValue.pull)
    case .record: value.string.flatMap(RecordID.init(hexadecimal:)).map(FieldValue.record)
    case .names: nil
    }
  }

  /// Whether each version can be written after the one before: the journal takes all or nothing.
  private static func canBeReplayed(_ versions: [EarlierVersion], kind: RecordKind) -> Bool {
    guard let id = RecordID(Array(repeating: 0, count: RecordID.count)) else { return false }
    var record = RecordReplay(blank: id, kind: kind)
    var sequence = Sequence.first
    for version in versions {
      do throws(InputError) {
        guard let change = try version.change(of: record.state) else { continue }
        record.apply(
          change, as: OperationID(device: DeviceID(rawValue: 1), sequence: sequence))
        sequence = sequence.next
      } catch {
        return false
      }
    }
    return true
  }
}
