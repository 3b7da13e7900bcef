internal import GRDB
package import JournalModel
internal import OperationLog

extension JournalStore {
  /// Finds the record whose id begins so: 1 to 32 hexadecimal digits of either case.
  package func identify(_ prefix: String) throws -> Identification {
    guard let range = IDRange(prefix: prefix) else { return .none }
    let ids = try readingOnce { db in
      try db.all(
        "SELECT id FROM record WHERE id BETWEEN ?1 AND ?2 AND kind <> ?3 ORDER BY id LIMIT 10",
        .blob(range.first), .blob(range.last), .text(RecordKind.device.rawValue)
      ) { row in
        guard let id = RecordID(row.bytes(0)) else { throw DamagedRow() }
        return id
      }
    }
    return ids.count > 1 ? .ambiguous(ids) : ids.first.map(Identification.one) ?? .none
  }

  /// For each record the shortest beginning of its id that no other record shares, of at least
  /// six digits.
  package func shortestPrefixes(of ids: [RecordID]) throws -> [RecordID: String] {
    try reading { db in
      var prefixes: [RecordID: String] = [:]
      for id in ids {
        let text = id.description
        let neighbours = [
          "SELECT id FROM record WHERE id < ?1 ORDER BY id DESC LIMIT 1",
          "SELECT id FROM record WHERE id > ?1 ORDER BY id LIMIT 1",
        ]
        let shared = try neighbours.map { sql in
          try db.first(sql, .blob(id.bytes), read: { Hexadecimal.text(of: $0.bytes(0)) })
            .map { zip(text.utf8, $0.utf8).prefix { $0 == $1 }.count } ?? 0
        }
        prefixes[id] = String(text.prefix(max(6, (shared.max() ?? 0) + 1)))
      }
      return prefixes
    }
  }
}

/// The ids that begin with some hexadecimal digits.
private struct IDRange {
  let first: [UInt8]
  let last: [UInt8]

  init?(prefix: String) {
    let digits = RecordID.count * 2
    let count = prefix.utf8.count
    guard (1...digits).contains(count),
      let first = Hexadecimal.bytes(prefix + String(repeating: "0", count: digits - count)),
      let last = Hexadecimal.bytes(prefix + String(repeating: "f", count: digits - count))
    else { return nil }
    self.first = first
    self.last = last
  }
}
