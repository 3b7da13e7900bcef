internal import GRDB

/// Reads every index to its end and compares it with its table.
///
/// SQLite's own check looks each row up in the index, and its search does not read all of the
/// entries it passes: one whose length is damaged can be found by it and still end a listing.
struct IndexCheck {
  let db: Database

  private struct Index {
    let name: String
    let table: String
    let columns: String
    var condition = ""
    /// Makes SQLite read the table itself, where the index has all columns.
    var tableOrder = ""
  }

  private static let all = [
    Index(name: "sqlite_autoindex_device_1", table: "device", columns: "id, slot"),
    Index(name: "operation_record", table: "operation", columns: "record, key"),
    Index(name: "sqlite_autoindex_record_1", table: "record", columns: "id, row"),
    Index(name: "record_order", table: "record", columns: "shelf, kind, instant, id, row"),
    Index(
      name: "record_conflicted", table: "record", columns: "row", condition: "WHERE conflicted"),
    Index(
      name: "erasure_operation", table: "erasure", columns: "operation, record",
      tableOrder: "ORDER BY record, operation"),
  ]

  func run(_ find: (JournalFinding) -> Void) throws {
    for index in Self.all {
      do {
        let entries = try sum(
          index, "INDEXED BY \(index.name) \(index.condition) ORDER BY \(index.columns)")
        let rows = try sum(index, "NOT INDEXED \(index.condition) \(index.tableOrder)")
        if entries != rows { find(.file("index \(index.name) is not what its table says")) }
      } catch let error as DatabaseError {
        find(.file("index \(index.name): \(error.plainMessage)"))
      }
    }
  }

  private struct Sum: Equatable {
    var rows = 0
    var hashes: UInt64 = 0
  }

  private func sum(_ index: Index, _ rest: String) throws -> Sum {
    let columns = Int32(index.columns.split(separator: ",").count)
    var sum = Sum()
    try db.rows("SELECT \(index.columns) FROM \(index.table) \(rest)", []) { row in
      sum.rows += 1
      sum.hashes &+= RowHash.of(row, columns: 0..<columns)
      return true
    }
    return sum
  }
}
