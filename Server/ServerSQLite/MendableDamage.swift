internal import GRDB

/// Damage that is mended without any operation: of that by which rows are found, indexes and accounts'
/// names and ids; and values that have become NULL.
///
/// It is found in one transaction and put right in another: after an entry that cannot be read,
/// SQLite makes no index anew in the same one.
struct MendableDamage {
  /// Those whose indexes do not fit, but for the accounts', in alphabetical order.
  private let tables: [String]
  private let faults: [AccountFault]
  private let valueless: [FileStructure.Column]
  private let isUnreadable: Bool

  /// None where more than that is damaged.
  init(_ database: Database) throws {
    let structure = try FileStructure(database)
    guard structure.damage.isEmpty else {
      (tables, faults, valueless, isUnreadable) = ([], [], [], false)
      return
    }
    let faults = try AccountFault.all(in: database)
    self.faults = faults
    tables = structure.wronglyIndexed.filter { $0 != "account" || faults.isEmpty }
    valueless = structure.valueless
    isUnreadable = structure.isUnreadable
  }

  /// Makes indexes anew, and puts accounts' names right. One plain sentence for each thing that was
  /// put right.
  func mend(_ database: Database) throws -> [String] {
    // An index may be all that still has a name.
    let isCertain = faults.allSatisfy { $0.sound != nil }
    guard isCertain || (valueless.isEmpty && !isUnreadable) else { return [] }
    for column in valueless { try setValue(of: column, database) }
    if isCertain && !faults.isEmpty { try AccountFault.mend(faults, database) }
    if isUnreadable { try database.execute(sql: "REINDEX") }
    for table in tables { try database.execute(sql: "REINDEX \(table)") }
    return (isUnreadable ? ["There was damage: not all of the indexes could be read."] : [])
      + valueless.map { "There was damage: \(Self.ofValue(in: $0))." }
      + tables.map { "There was damage: \(Self.ofIndex(of: $0))." }
      + (isCertain ? faults.map(\.correction) : [])
  }

  /// Writes what NULL is read as. SQLite takes `IS NULL` for false where that cannot be.
  private func setValue(of column: FileStructure.Column, _ database: Database) throws {
    let value =
      switch column.type {
      case "TEXT": "''"
      case "BLOB": "x''"
      default: ["isRevoked", "isUsed"].contains(column.name) ? "1" : "0"
      }
    try database.execute(
      sql: """
        UPDATE \(column.table) NOT INDEXED SET \(column.name) = \(value)
        WHERE typeof(\(column.name)) = 'null'
        """)
    try database.execute(sql: "REINDEX \(column.table)")
  }

  static func ofValue(in column: FileStructure.Column) -> String {
    "a value in “\(column.table).\(column.name)” is missing"
  }

  static func ofIndex(of table: String) -> String {
    "not all that is in the table “\(table)” can be found"
  }
}
