internal import GRDB
package import JournalSealing
internal import OperationLog

extension JournalStore {
  /// Takes the server's operations wherever this journal has others of their names, and issues those
  /// here again as its own, with their content and their times: docs/decisions/0007.
  ///
  /// What is written under the present id and was never accepted is left alone, for a sync gives it
  /// another one; so is what is damaged here, and what the server calls erased and nobody erased.
  ///
  /// - Returns: how many gave way.
  package func giveWay(to page: [OpenedOperation]) throws -> Int {
    try writing { log in
      try page.count { try log.giveWay(to: $0) }
    }
  }
}

extension LogTransaction {
  fileprivate func giveWay(to opened: OpenedOperation) throws -> Bool {
    let header = opened.operation.header
    guard let device = devices[header.device],
      try header.device != self.device || header.sequence <= device.released,
      let present = try namesake(of: header, at: device.key(header.sequence)),
      try opened.change != nil || isErased(header)
    else { return false }
    if try present.operation.isStub || isElsewhere(present) {
      try remove(present)
    } else {
      try reissue(present)
    }
    forgetDigests(of: [header.device])
    try insert(opened.operation, change: opened.change, madeHere: false)
    accept(header.id)
    return true
  }

  /// What this journal has under the name of another operation; `nil` if it has none, or no other.
  private func namesake(of header: OperationHeader, at key: Int64) throws -> Namesake? {
    let found = try db.first(
      "SELECT header, payload, record FROM operation WHERE key = ?1", .integer(key)
    ) { row in
      Namesake(
        key: key, operation: try row.operation(account: journal.account),
        record: row.isNull(2) ? nil : row.integer(2))
    }
    guard let found, found.operation.header.digest != header.digest,
      found.operation.isStub || keys.verify(found.operation)
    else { return nil }
    return found
  }

  /// Another machine has issued it again before, and it has come from there.
  private func isElsewhere(_ present: Namesake) throws -> Bool {
    try db.first(
      """
      SELECT 1 FROM operation
      WHERE record IS ?1 AND timestamp = ?2 AND payload = ?3 AND key <> ?4
      """,
      present.record.map(SQLValue.integer) ?? .null,
      .integer(Int64(bitPattern: present.operation.header.timestamp.rawValue)),
      .blob(present.operation.payload), .integer(present.key), read: { _ in true }) ?? false
  }

  private func remove(_ present: Namesake) throws {
    try db.run("DELETE FROM operation WHERE key = ?1", .integer(present.key))
    try db.run("DELETE FROM erasure WHERE operation = ?1", .integer(present.key))
    if let record = present.record { touched.insert(record) }
  }

  private func reissue(_ present: Namesake) throws {
    let id = try nextName().id
    let new = try keys.reissue(
      present.operation, id: id, timestamp: present.operation.header.timestamp)
    try replace(key: present.key, record: present.record, by: new)
    guard let key = devices.key(of: id) else { throw DamagedRow() }
    try db.run("UPDATE operation SET made_here = 1 WHERE key = ?1", .integer(key))
    devices.update(id.device) { $0.insert(id.sequence, digest: new.header.digest) }
  }
}

/// An operation of a name that another has too.
private struct Namesake {
  let key: Int64
  let operation: StoredOperation
  let record: Int64?
}
