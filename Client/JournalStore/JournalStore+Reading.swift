internal import GRDB
package import JournalModel
internal import OperationLog

extension JournalStore {
  /// A record's state, not believed before its operations have proved it.
  package func state(of id: RecordID) throws -> RecordState? {
    try reading { db in try RecordRow.checkedState(of: id, keys: keys(db), db) }
  }

  /// The same, as it was last stored: of what Ebb keeps for itself, which has more operations with
  /// every day. `verify` reads them all.
  package func storedState(of id: RecordID) throws -> RecordState? {
    try readingOnce { try RecordRow.state(of: id, $0) }
  }

  /// The operations of a record, newest first; erases that it has survived among them.
  package func history(of id: RecordID) throws -> [RecordVersion] {
    try reading { db in
      guard let state = try RecordRow.state(of: id, db), let row = try RecordRow.row(of: id, db)
      else { return [] }
      // Whoever threw away what an edit had brought back holds a register that does not count.
      let counting = state.registers.filter { $0.key != .trashed || !state.hasReturned }
      let winners = Set(counting.values.map(\.stamp))
      let siblings = Set(state.registers.values.flatMap { $0.siblings.map(\.stamp) })
      let devices = try DeviceTable.load(db)
      let versions = try db.checkedOperations(
        ofRecord: row, devices: devices, keys: try keys(db)
      ).map {
        RecordVersion(
          stamp: $0.stamp, change: $0.change, isCurrent: winners.contains($0.stamp),
          isSibling: siblings.contains($0.stamp))
      }
      let erases = try Erase.all(of: id, devices: devices, db).map {
        RecordVersion(stamp: $0.stamp, change: nil, isCurrent: false)
      }
      return (versions + erases).sorted { $0.stamp > $1.stamp }
    }
  }

  /// The tags of records that are not in the trash, alphabetically, with the number of records.
  package func tagCounts() throws -> [(name: String, count: Int)] { try labelCounts(.tag) }

  /// The people of records that are not in the trash.
  package func peopleCounts() throws -> [(name: String, count: Int)] { try labelCounts(.person) }

  package func tagNames() throws -> [String] { try labelNames(RegisterName.Family.tag.rawValue) }
  package func peopleNames() throws -> [String] {
    try labelNames(RegisterName.Family.person.rawValue)
  }
  /// But for the default one.
  package func journalNames() throws -> [String] { try labelNames("journal") }

  /// The names alone of what records outside the trash are listed under, in order: found one after
  /// another, however many records there are of each.
  private func labelNames(_ family: String) throws -> [String] {
    let prefix = family + "/"
    return try reading { db in
      // "0" follows "/".
      try db.all(
        """
        WITH RECURSIVE found(name) AS (
          SELECT min(name) FROM label WHERE shelf = ?1 AND name >= ?2 AND name < ?3
          UNION ALL
          SELECT (SELECT min(name) FROM label WHERE shelf = ?1 AND name > found.name AND name < ?3)
          FROM found WHERE name IS NOT NULL)
        SELECT name FROM found WHERE name IS NOT NULL
        """,
        .integer(Shelf.listed.rawValue), .text(prefix),
        .text(family + "0")
      ) { String($0.text(0).dropFirst(prefix.count)) }
    }
  }

  /// The journals of entries that are not in the trash, the default one first if it has any.
  package func journalCounts() throws -> [(name: String, count: Int)] {
    let named = try labelCounts("journal")
    let others = named.reduce(0) { $0 + $1.count }
    let inDefault = try reading { try count(.listed, .entry, $0) } - others
    return (inDefault > 0 ? [(Entry.defaultJournal, inDefault)] : []) + named
  }

  private func labelCounts(_ family: RegisterName.Family) throws -> [(name: String, count: Int)] {
    try labelCounts(family.rawValue)
  }

  private func labelCounts(_ family: String) throws -> [(name: String, count: Int)] {
    let prefix = family + "/"
    return try reading { db in
      // "0" follows "/".
      try db.all(
        """
        SELECT name, count(*) FROM label
        WHERE shelf = ?1 AND name >= ?2 AND name < ?3 GROUP BY name ORDER BY name
        """,
        .integer(Shelf.listed.rawValue), .text(prefix), .text(family + "0")
      ) { (String($0.text(0).dropFirst(prefix.count)), Int($0.integer(1))) }
    }
  }

  /// How many records there are of each kind that are not in the trash.
  package func recordCounts() throws -> [RecordKind: Int] {
    try reading { try counts(.listed, $0) }
  }

  /// How many own operations no server has accepted yet: for a journal without an account, as long
  /// a count as it has operations.
  package func unsyncedCount() throws -> Int {
    try reading { try unsentCount(try DeviceTable.load($0), $0) }
  }

  package func summary() throws -> JournalSummary {
    try reading { db in
      let inTrash = try counts(.trash, db).values.reduce(0, +)
      let devices = try DeviceTable.load(db)
      // Left to itself SQLite goes by the shelf, and so through everything.
      let conflicts =
        try db.first(
          """
          SELECT count(*) FROM record INDEXED BY record_conflicted WHERE conflicted AND shelf = ?1
          """,
          .integer(Shelf.listed.rawValue), read: { Int($0.integer(0)) }) ?? 0
      let survivors = try Survivor.all(in: db).count { !$0.state.hasSiblings }
      return JournalSummary(
        recordsByKind: try counts(.listed, db), recordsInTrash: inTrash,
        operations: devices.rows.reduce(0) { $0 + $1.sequences.count },
        unsynced: try unsentCount(devices, db), conflicts: conflicts + survivors,
        stateDigest: try JournalRow.load(db).digest)
    }
  }

  private func counts(_ shelf: Shelf, _ db: Database) throws -> [RecordKind: Int] {
    var counts: [RecordKind: Int] = [:]
    for kind in RecordKind.journal { counts[kind] = try count(shelf, kind, db) }
    return counts
  }

  private func count(_ shelf: Shelf, _ kind: RecordKind, _ db: Database) throws -> Int {
    try db.first(
      "SELECT count(*) FROM record WHERE shelf = ?1 AND kind = ?2", .integer(shelf.rawValue),
      .text(kind.rawValue), read: { Int($0.integer(0)) }) ?? 0
  }

  private func unsentCount(_ devices: DeviceTable, _ db: Database) throws -> Int {
    try devices.rows.filter(\.isOwn).reduce(0) { sum, device in
      sum
        + (try db.first(
          "SELECT count(*) FROM operation WHERE key BETWEEN ?1 AND ?2 AND made_here",
          .integer(device.key(device.accepted.next)), .integer(device.key(.max)),
          read: { Int($0.integer(0)) }) ?? 0)
    }
  }
}

extension KnownSequences {
  var count: Int {
    beyond.reduce(Int(gapless.rawValue)) {
      $0 + Int($1.upperBound.rawValue - $1.lowerBound.rawValue) + 1
    }
  }
}
