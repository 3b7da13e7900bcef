internal import JournalModel
internal import OperationLog

/// A record as lines of `name: value`, by the names of its JSON; the text stands elsewhere.
enum RecordFields {
  /// The field that is the text of a Markdown file.
  static func bodyField(of kind: RecordKind) -> String? {
    switch kind {
    case .entry: "text"
    case .mood: "note"
    default: nil
    }
  }

  /// - Parameter leftOut: gets the names of registers that this version cannot read.
  static func lines(_ state: RecordState, leftOut: inout [String: Int]) -> [String] {
    var lines = ["kind: \(state.kind)", "id: \(state.id)"]
    var known = Set(RegisterName.keptByEbb)
    for field in FieldCatalogue.fields(of: state.kind) {
      if case .names(let family) = field.content {
        let names = state.members(of: family)
        if !names.isEmpty { lines.append("\(field.name): \(YAMLText.written(names))") }
        known.formUnion(state.registers.keys.filter { $0.member(of: family) != nil })
      } else if let register = field.register {
        known.insert(register)
        if field.name == bodyField(of: state.kind) { continue }
        if let value = written(state[register]) {
          lines.append("\(field.name): \(value)")
        } else if state[register] == .unknown {
          leftOut[field.name, default: 0] += 1
        }
      }
    }
    for register in state.registers.keys where !known.contains(register) {
      leftOut[register.rawValue, default: 0] += 1
    }
    lines.append("created: \(JournalDate.utcText(unixMilliseconds: state.createdMilliseconds))")
    if state.isTrashed { lines.append("trashed: true") }
    return lines
  }

  private static func written(_ value: RegisterValue?) -> String? {
    switch value {
    case .text(let text): YAMLText.written(text)
    case .integer(let number): String(number)
    case .boolean(true): "true"
    case .boolean(false), .absent, .unknown, nil: nil
    }
  }

  /// Whether fields are those of a record that Ebb wrote.
  static func areRecord(_ matter: FrontMatter) -> Bool {
    matter["kind"].map { kind in RecordKind.journal.contains { $0.rawValue == kind } } == true
      && matter["id"].flatMap(RecordID.init(hexadecimal:)) != nil
  }

  /// The record that Ebb wrote.
  ///
  /// - Throws: `InputError`.
  static func record(
    _ matter: FrontMatter, body: String, place: SourcePlace, _ settings: ImportSettings,
    report: inout ImportReport
  ) throws -> ImportedRecord? {
    guard let kind = matter["kind"].map(RecordKind.init(rawValue:)),
      let id = matter["id"].flatMap(RecordID.init(hexadecimal:))
    else { return nil }
    var edit = RecordEdit()
    for field in matter.fields
    where !["kind", "id", "created", "trashed", "heading"].contains(field.key) {
      guard let known = FieldCatalogue.field(named: field.key, of: kind) else {
        report.note(.leftOut(field.key), place)
        continue
      }
      try set(field, known, &edit, settings)
    }
    if let name = bodyField(of: kind), !body.isEmpty {
      edit.set(RegisterName(name), .text(body))
    }
    guard var change = try edit.change(of: RecordState(blank: id, kind: kind)) else { return nil }
    for required in FieldCatalogue.fields(of: kind) where required.isRequired {
      guard change.writes.contains(where: { $0.register == required.register }) else {
        throw InputError.empty(field: required.name)
      }
    }
    let created = matter["created"].flatMap { Self.milliseconds(utc: $0) }
    change.writes.append(RegisterWrite(.created, .integer(created ?? settings.now)))
    change.writes.sort { $0.register < $1.register }
    var record = ImportedRecord(
      .change(change), identity: .record(id), createdAt: created, place: place)
    record.isTrashed = matter["trashed"] == "true"
    return record
  }

  private static func set(
    _ field: FrontMatter.Field, _ known: Field, _ edit: inout RecordEdit,
    _ settings: ImportSettings
  ) throws {
    if case .names(let family) = known.content {
      for name in field.value.names { edit.add(name, to: family) }
      return
    }
    guard case .scalar(let text) = field.value, let register = known.register else {
      throw InputError.wrongType(field: known.name)
    }
    if text.isEmpty { return }
    let value: FieldValue? =
      switch known.content {
      case .prose, .name: .text(text)
      case .integer: Int(text).map(FieldValue.integer)
      case .boolean: .boolean(text == "true")
      case .pull: Pull(rawValue: text).map(FieldValue.pull)
      case .record: RecordID(hexadecimal: text).map(FieldValue.record)
      case .date:
        .date(
          try JournalDate(rfc9557: text)
            ?? JournalDate.typed(text, now: settings.now, zones: settings.zones))
      case .names: nil
      }
    guard let value else { throw InputError.wrongType(field: known.name) }
    edit.set(register, value)
  }

  /// Reads what `JournalDate.utcText` writes.
  static func milliseconds(utc text: String) -> Int64? {
    guard text.utf8.count == 24, text.utf8.last == UInt8(ascii: "Z"),
      let fraction = Int64(text.dropLast().suffix(3)),
      let date = try? JournalDate.typed(text, now: 0, zones: .utc)
    else { return nil }
    return date.instantMilliseconds(.utc) + fraction
  }
}

extension FrontMatter.Value {
  /// A list, or the words of a line: at commas, else at white space.
  var names: [String] {
    switch self {
    case .list(let names): names
    case .scalar(let text):
      text.split(whereSeparator: text.contains(",") ? { $0 == "," } : \.isWhitespace)
        .map(\.trimmedOfWhiteSpace).filter { !$0.isEmpty }
    case .other: []
    }
  }
}
