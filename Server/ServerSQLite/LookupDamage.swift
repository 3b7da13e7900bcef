internal import GRDB

/// What does not fit of that by which rows are found: indexes, and accounts' names and ids.
///
/// It is found in one transaction and put right in another: after an entry that cannot be read,
/// SQLite makes no index anew in the same one.
struct LookupDamage {
  /// Those whose indexes do not fit, but for the accounts', in alphabetical order.
  private let tables: [String]
  private let faults: [AccountFault]
  private let isUnreadable: Bool

  /// None where more than that is damaged.
  init(_ database: Database) throws {
    let structure = try FileStructure(database)
    guard structure.damage.isEmpty else {
      (tables, faults, isUnreadable) = ([], [], false)
      return
    }
    let faults = try AccountFault.all(in: database)
    self.faults = faults
    tables = structure.wronglyIndexed.filter { $0 != "account" || faults.isEmpty }
    isUnreadable = structure.isUnreadable
  }

  /// Makes indexes anew, and puts accounts' names right. One plain sentence for each thing that was
  /// put right.
  func mend(_ database: Database) throws -> [String] {
    // An index may be all that still has a name.
    let isCertain = faults.allSatisfy { $0.sound != nil }
    if isCertain && !faults.isEmpty { try AccountFault.mend(faults, database) }
    guard isCertain || !isUnreadable else { return [] }
    if isUnreadable { try database.execute(sql: "REINDEX") }
    for table in tables { try database.execute(sql: "REINDEX \(table)") }
    return (isUnreadable ? ["There was damage: not all of the indexes could be read."] : [])
      + tables.map { "There was damage: \(Self.ofIndex(of: $0))." }
      + (isCertain ? faults.map(\.correction) : [])
  }

  static func ofIndex(of table: String) -> String {
    "not all that is in the table “\(table)” can be found"
  }
}
