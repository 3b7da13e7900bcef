internal import GRDB
internal import JournalModel
internal import JournalSealing
internal import OperationLog

/// What erases do to the log: the operations they list count as never made, whichever came first.
///
/// An erase itself cannot be erased, for its list must stay known. The server has the same rules.
extension LogTransaction {
  /// Whether an erase known here lists the operation.
  func isErased(_ header: OperationHeader) throws -> Bool {
    guard header.erased.isEmpty, try hasErases() else { return false }
    return try db.first(
      "SELECT 1 FROM erased WHERE device = ?1 AND sequence = ?2 AND digest = ?3",
      .integer(Int64(bitPattern: header.device.rawValue)),
      .integer(Int64(header.sequence.rawValue)), .blob(header.digest.bytes), read: { _ in true })
      ?? false
  }

  private func hasErases() throws -> Bool {
    if let knowsErases { return knowsErases }
    let found = try db.first("SELECT 1 FROM erased LIMIT 1", read: { _ in true }) ?? false
    knowsErases = found
    return found
  }

  /// Notes what a new erase lists, and makes stubs of it where it is known.
  func apply(erase header: OperationHeader, of record: RecordID?) throws {
    guard let key = devices.key(of: header.id) else { throw DamagedRow() }
    if let record {
      try noteErasure(of: record, by: key)
      erased.insert(record)
    }
    knowsErases = true
    for operation in header.erased {
      try db.run(
        "INSERT OR IGNORE INTO erased(device, sequence, digest) VALUES (?1, ?2, ?3)",
        .integer(Int64(bitPattern: operation.id.device.rawValue)),
        .integer(Int64(operation.id.sequence.rawValue)), .blob(operation.digest.bytes))
      try makeStub(of: operation)
    }
  }

  private func makeStub(of operation: ErasedOperation) throws {
    guard let key = devices.key(of: operation.id) else { return }
    let found = try db.first(
      "SELECT header, record FROM operation WHERE key = ?1 AND payload IS NOT NULL",
      .integer(key)
    ) { row in
      (
        header: OperationHeader(wireBytes: row.bytes(0), account: journal.account),
        record: row.isNull(1) ? nil : row.integer(1)
      )
    }
    guard let found else { return }
    guard let header = found.header else { throw DamagedRow() }
    guard header.digest == operation.digest, header.erased.isEmpty else { return }
    let stub = header.stub
    try db.run(
      """
      UPDATE operation SET timestamp = ?2, record = NULL, header = ?3, payload = NULL
      WHERE key = ?1
      """,
      .integer(key), .integer(Int64(bitPattern: stub.timestamp.rawValue)),
      .blob(stub.wireBytes))
    if let record = found.record { touched.insert(record) }
    try noteUnscrubbed()
  }

  /// - Parameter key: the operation's; 0 for what nobody else had seen.
  private func noteErasure(of record: RecordID, by key: Int64) throws {
    try db.run(
      "INSERT OR IGNORE INTO erasure(record, operation) VALUES (?1, ?2)", .blob(record.bytes),
      .integer(key))
  }

  func renameErasure(from old: Int64, to new: Int64) throws {
    guard old != new else { return }
    try db.run(
      "UPDATE erasure SET operation = ?2 WHERE operation = ?1", .integer(old), .integer(new))
  }

  /// Of the records that this transaction erased or first heard of, those that were erased and
  /// are there all the same.
  func survivors() throws -> [RecordID] {
    guard try hasErases() else { return [] }
    return try erased.union(appeared).filter { record in
      try db.first(
        """
        SELECT 1 FROM record JOIN erasure ON erasure.record = record.id WHERE record.id = ?1
        """, .blob(record.bytes), read: { _ in true }) ?? false
    }
    .sorted { $0.description < $1.description }
  }

  /// From here on the file holds words that nothing needs, until it is scrubbed.
  func noteUnscrubbed() throws {
    try db.run(
      "INSERT OR REPLACE INTO setting(name, value) VALUES (?1, x'01')",
      .text(SettingName.unscrubbed.rawValue))
  }
}

// Erasing a record.
extension LogTransaction {
  /// As many as fit into an erase's header.
  private static let listedMax = 32_000

  /// Erases a record; false if there is none of that id.
  ///
  /// Operations that others may have seen are listed by an erase and leave stubs. Of those that
  /// nobody has seen nothing remains, not even a number.
  func erase(_ id: RecordID) throws -> Bool {
    guard let state = try RecordRow.state(of: id, db), let row = try RecordRow.row(of: id, db)
    else { return false }
    let unreleased = Set(try unreleased().filter { $0.record == row }.map(\.stamp.id))
    let released = try operations(of: row).filter { !unreleased.contains($0.id) }
    try remove(unreleased, of: row)
    if released.isEmpty { try noteErasure(of: id, by: 0) }
    for start in stride(from: 0, to: released.count, by: Self.listedMax) {
      let listed = released[start..<min(start + Self.listedMax, released.count)]
      try issue(
        RecordChange(record: id, kind: state.kind, writes: []), erasing: Array(listed))
    }
    return true
  }

  private func operations(of row: Int64) throws -> [ErasedOperation] {
    try db.all("SELECT key, header FROM operation WHERE record = ?1", .integer(row)) { row in
      guard let digest = OperationDigest(row.bytes(1).suffix(OperationDigest.count))
      else { throw DamagedRow() }
      return ErasedOperation(id: try devices.operation(key: row.integer(0)), digest: digest)
    }
  }

  /// Takes operations out of the log that nobody else has seen. The last ones of their device move
  /// into the gaps, for sequences are dense.
  private func remove(_ removed: Set<OperationID>, of row: Int64) throws {
    guard !removed.isEmpty else { return }
    for id in removed {
      guard let key = devices.key(of: id) else { throw DamagedRow() }
      try db.run("DELETE FROM operation WHERE key = ?1", .integer(key))
    }
    touched.insert(row)
    try noteUnscrubbed()
    let left = try unreleased()
    var renaming: [OperationID: OperationID] = [:]
    for (device, gaps) in Dictionary(grouping: removed, by: \.device) {
      let last = left.map(\.stamp.id).filter { $0.device == device }
        .sorted { $0.sequence > $1.sequence }
      for (gap, id) in zip(gaps.sorted(), last) where id.sequence > gap.sequence {
        renaming[id] = gap
      }
    }
    try rename(renaming, among: left)
    for (device, gaps) in Dictionary(grouping: removed, by: \.device) {
      guard let first = gaps.map(\.sequence).min() else { continue }
      try recount(device, from: first)
    }
    forgetDigests(of: Set(removed.map(\.device)))
  }

  private func rename(
    _ renaming: [OperationID: OperationID], among operations: [Unreleased]
  ) throws {
    // Only operations of the same record can have seen a renamed one.
    let records = Set(operations.filter { renaming[$0.stamp.id] != nil }.compactMap(\.record))
    for old in operations {
      let name = renaming[old.stamp.id]
      guard name != nil || old.record.map(records.contains) == true else { continue }
      let present = try operation(key: old.key)
      let new = try keys.reissue(
        present, id: name ?? old.stamp.id, timestamp: old.stamp.timestamp, renaming: renaming)
      guard new != present else { continue }
      try replace(key: old.key, record: old.record, by: new)
      // What has seen a renamed one may be another device's, whose numbers stay.
      forgetDigests(of: [new.header.device])
    }
  }
}

extension SettingName {
  /// Set while the file may hold what was erased.
  static let unscrubbed = SettingName("store.unscrubbed")
  /// Names of files that may hold what was erased.
  static let keptFiles = SettingName("store.kept-files")
}
