internal import GRDB
internal import JournalModel
internal import OperationLog

/// What table `label` lists records under, named like registers: byte for byte.
enum Label {
  static let starred = RegisterName.starred

  static func tag(_ name: String) -> RegisterName { RegisterName(.tag, name) }
  static func person(_ name: String) -> RegisterName { RegisterName(.person, name) }
  /// Entries of the default journal have no label: they are most, and lists find them without.
  static func journal(_ name: String) -> RegisterName { RegisterName(journalPrefix + name) }
  static func isJournal(_ label: RegisterName) -> Bool { journalName(label) != nil }
  /// `nil` for a label of another kind. By bytes, as names of members are.
  static func journalName(_ label: RegisterName) -> String? {
    let prefix = journalPrefix.utf8
    guard label.rawValue.utf8.starts(with: prefix) else { return nil }
    return String(label.rawValue.utf8.dropFirst(prefix.count))
  }

  private static let journalPrefix = "journal/"

  static func all(of state: RecordState) -> Set<RegisterName> {
    var labels = state.marksInProse
    for (name, register) in state.registers {
      switch register.value {
      case .boolean(true):
        if name == starred || name.member(of: .tag) != nil || name.member(of: .person) != nil {
          labels.insert(name)
        }
      case .text(let text) where name == .journal:
        if !text.isEmpty, text != Entry.defaultJournal { labels.insert(journal(text)) }
      default:
        break
      }
    }
    return labels
  }

  /// Drops what lists records that are not there: one that was damaged named others than it had.
  static func dropOrphans(_ db: Database) throws {
    try db.run("DELETE FROM label WHERE row NOT IN (SELECT row FROM record)")
  }

  /// Lists all records anew, where an earlier version read their texts in another way.
  @Sendable static func listAnew(_ db: Database) throws {
    try db.execute(sql: "DELETE FROM label")
    try db.rows("SELECT id, kind, state, shelf, instant, row FROM record", []) { record in
      // What cannot be read is found by `verify`, and needs no journal that cannot be opened.
      guard let state = try? record.state() else { return true }
      for label in all(of: state) {
        try db.run(
          "INSERT INTO label(shelf, name, instant, id, row) VALUES (?1, ?2, ?3, ?4, ?5)",
          .integer(record.integer(3)), .text(label.rawValue), .integer(record.integer(4)),
          .blob(state.id.bytes), .integer(record.integer(5)))
      }
      return true
    }
  }
}
