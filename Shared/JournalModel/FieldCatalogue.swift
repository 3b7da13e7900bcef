/// Which fields each kind of record has, in the order of its JSON, with their ranges and limits.
///
/// What editing, clearing and checking go by. `created`, `trashed` and the device's registers are
/// no fields: nobody types them.
package enum FieldCatalogue {
  /// Kinds that people do not write have none.
  package static func fields(of kind: RecordKind) -> [Field] {
    switch kind {
    case .entry: entry
    case .mood: mood
    case .step: step
    default: []
    }
  }

  package static func field(named name: String, of kind: RecordKind) -> Field? {
    fields(of: kind).first { $0.name == name }
  }

  package static func field(_ register: RegisterName, of kind: RecordKind) -> Field? {
    fields(of: kind).first { $0.register == register }
  }

  package static func field(_ family: RegisterName.Family, of kind: RecordKind) -> Field? {
    fields(of: kind).first { $0.content == .names(family) }
  }

  /// A mood log has at least one of these.
  package static let moodMeasures: [RegisterName] = [.score, .closeness, .pull, .urge]

  private static let entry = [
    Field("date", .date, isRequired: true),
    Field("title", .prose(.title)),
    Field("text", .prose(.text), isRequired: true),
    Field("tags", .names(.tag)),
    Field("people", .names(.person)),
    Field("starred", .boolean),
    Field("journal", .name),
    Field("prompt", .name),
  ]

  private static let mood = [
    Field("date", .date, isRequired: true),
    Field("score", .integer(1...10)),
    Field("energy", .integer(1...10)),
    Field("closeness", .integer(0...10)),
    Field("pull", .pull),
    Field("urge", .integer(0...10)),
    Field("emotions", .names(.emotion)),
    Field("signs", .names(.sign)),
    Field("trigger", .prose(.note)),
    Field("said", .prose(.note)),
    Field("meant", .prose(.note)),
    Field("fear", .prose(.note)),
    Field("action", .prose(.note)),
    Field("technique", .name),
    Field("scoreBefore", .integer(1...10)),
    Field("urgeBefore", .integer(0...10)),
    Field("note", .prose(.note)),
    Field("people", .names(.person)),
    Field("tags", .names(.tag)),
    Field("entry", .record),
  ]

  private static let step = [
    Field("title", .prose(.title), isRequired: true),
    Field("rung", .integer(1...5)),
    Field("people", .names(.person)),
    Field("tags", .names(.tag)),
    Field("due", .date),
    Field("fearedOutcome", .prose(.note)),
    Field("fearBefore", .integer(0...10)),
    Field("doneAt", .date),
    Field("actualOutcome", .prose(.note)),
    Field("fearAfter", .integer(0...10)),
    Field("skipped", .boolean),
  ]
}
