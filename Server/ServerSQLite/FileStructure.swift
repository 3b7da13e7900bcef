internal import GRDB

/// What SQLite itself finds in the database's file.
struct FileStructure {
  /// As SQLite says it.
  private(set) var damage: [String] = []
  /// Tables of which an index has something else than they have: all that is in them can be read,
  /// but not all be found. In alphabetical order.
  private(set) var wronglyIndexed: [String] = []
  /// Columns in which a value has become NULL that cannot be.
  private(set) var valueless: [Column] = []
  /// Something could not even be read: a table's row, or only an index's entry. What comes behind
  /// it was not looked at.
  private(set) var isUnreadable = false

  struct Column: Equatable {
    var table: String
    var name: String
    var type: String
  }

  init(_ database: Database) throws {
    var tables: Set<String> = []
    for message in try readMessages(database) where message != "ok" {
      if let table = try Self.indexedTable(in: message, database) {
        tables.insert(table)
      } else if let column = try Self.valuelessColumn(in: message, database) {
        if !valueless.contains(column) { valueless.append(column) }
      } else {
        damage.append(message)
      }
    }
    wronglyIndexed = tables.sorted()
  }

  /// The column that a message is about, if it is about a value that is missing.
  private static func valuelessColumn(in message: String, _ database: Database) throws -> Column? {
    let mark = "NULL value in "
    guard message.hasPrefix(mark) else { return nil }
    let names = message.dropFirst(mark.count).split(separator: ".").map(String.init)
    guard names.count == 2 else { return nil }
    let type = try String.fetchOne(
      database, sql: "SELECT type FROM pragma_table_info(?) WHERE name = ?",
      arguments: StatementArguments(names))
    return type.map { Column(table: names[0], name: names[1], type: $0) }
  }

  /// All there are before the first thing that cannot even be read.
  private mutating func readMessages(_ database: Database) throws -> [String] {
    var messages: [String] = []
    let cursor = try String.fetchCursor(database, sql: "PRAGMA integrity_check")
    do {
      while let message = try cursor.next() { messages.append(message) }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
      isUnreadable = true
    }
    return messages
  }

  /// The table of the index that a message is about, if it is about no more than that.
  private static func indexedTable(in message: String, _ database: Database) throws -> String? {
    let marks = [
      " missing from index ", "wrong # of entries in index ", "non-unique entry in index ",
    ]
    guard let name = marks.lazy.compactMap({ message.firstRange(of: $0) }).first else { return nil }
    return try String.fetchOne(
      database, sql: "SELECT tbl_name FROM sqlite_schema WHERE type = 'index' AND name = ?",
      arguments: [String(message[name.upperBound...])])
  }
}
