internal import JournalModel

/// A table of one kind of records: its columns are named as in JSON, its lists are joined by `|`.
///
/// As RFC 4180 has it, but for the line ends, which are line feeds alone.
struct CSVExporter: Exporter {
  private(set) var leftOut: [String: Int] = [:]
  private let file: ExportFile
  private let columns: [String]

  init(_ file: ExportFile, _ settings: ExportSettings) throws {
    self.file = file
    columns = Self.columns(of: settings.tableKind)
    try file.write(columns.joined(separator: ",") + "\n")
  }

  mutating func add(_ record: ExportedRecord) throws {
    guard case .object(let members)? = RecordJSON.lossless(record.state) else { return }
    var cells: [String: String] = [:]
    for member in members { cells[member.key] = Self.cell(member.value) }
    try file.write(columns.map { cells[$0] ?? "" }.joined(separator: ",") + "\n")
    for register in record.state.registersWithoutPlace { leftOut[register, default: 0] += 1 }
  }

  mutating func finish() throws {}

  private static func columns(of kind: RecordKind) -> [String] {
    let fields = FieldCatalogue.fields(of: kind).flatMap { field in
      switch (field.name, kind) {
      case ("date", .entry): ["date", "timeZone", "allDay"]
      case ("date", _): ["date", "timeZone"]
      default: [field.name]
      }
    }
    return ["id", "kind"] + fields + ["createdAt", "modifiedAt", "trashed"]
  }

  private static func cell(_ value: JSONText) -> String {
    switch value {
    case .string(let text): quoted(text)
    case .integer(let number): String(number)
    case .number: value.text
    case .boolean(let value): value ? "true" : "false"
    case .array(let values): quoted(values.map(item).joined(separator: "|"))
    case .null, .object: ""
    }
  }

  /// A `|` in a name is no end of it.
  private static func item(_ value: JSONText) -> String {
    guard case .string(let name) = value else { return value.text }
    return name.unicodeScalars.reduce(into: "") { text, scalar in
      if scalar == "|" || scalar == "\\" { text += "\\" }
      text.unicodeScalars.append(scalar)
    }
  }

  private static func quoted(_ text: String) -> String {
    let scalars = text.unicodeScalars
    let isPlain = scalars.allSatisfy { !["\"", ",", "\n", "\r"].contains($0) }
    if isPlain && scalars.first != " " && scalars.last != " " { return text }
    var quoted = "\""
    for scalar in scalars {
      if scalar == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}
