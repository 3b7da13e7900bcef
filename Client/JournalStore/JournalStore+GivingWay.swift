internal import GRDB
package import JournalModel
package import JournalSealing
internal import OperationLog

extension JournalStore {
  /// Takes the server's operations wherever this journal has others of their names, and issues those
  /// here again as its own, with their content and their times: docs/decisions/0007.
  ///
  /// What is written under the present id and was never accepted is left alone, for a sync gives it
  /// another one; so is what is damaged here, and what the server calls erased and nobody erased.
  package func giveWay(to page: [OpenedOperation]) throws -> GivenWay {
    try writing { log in
      var given = GivenWay()
      // What an erase of this page lists is believed to be erased.
      for opened in page.filter(\.isErase) { try log.giveWay(to: opened, &given) }
      for opened in page where !opened.isErase { try log.giveWay(to: opened, &given) }
      try log.finish()
      given.survivors = try log.survivors()
      return given
    }
  }
}

/// What became of operations whose names the server has for others.
package struct GivenWay: Hashable, Sendable {
  /// These are the server's now.
  package var taken = 0
  /// These are still others here.
  package var left = 0
  /// Records that were erased here, and are there again.
  package var survivors: [RecordID] = []

  package init() {}
}

extension LogTransaction {
  fileprivate func giveWay(to opened: OpenedOperation, _ given: inout GivenWay) throws {
    let header = opened.operation.header
    guard let device = devices[header.device],
      let present = try namesake(of: header, at: device.key(header.sequence))
    else { return }
    guard try header.device != self.device || header.sequence <= device.released,
      present.operation.isStub || keys.verify(present.operation),
      try opened.change != nil || isErased(header),
      try !wasErasedElsewhere(opened.operation)
    else {
      given.left += 1
      return
    }
    if try wasErasedElsewhere(present.operation) {
      try remove(present)
      try noteUnscrubbed()
    } else if try present.operation.isStub || isElsewhere(present) {
      try remove(present)
    } else {
      try reissue(present)
    }
    forgetDigests(of: [header.device])
    try insert(opened.operation, change: opened.change, madeHere: false)
    accept(header.id)
    given.taken += 1
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
    return found?.operation.header.digest == header.digest ? nil : found
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

  /// It was issued again before, and erased then: the erase lists it by its second name, under which
  /// it would have the digest that is listed.
  private func wasErasedElsewhere(_ operation: StoredOperation) throws -> Bool {
    guard !operation.isStub, let record = try? keys.open(payloadOf: operation).record
    else { return false }
    let lists = try db.all(
      """
      SELECT header FROM erasure JOIN operation ON operation.key = erasure.operation
      WHERE erasure.record = ?1
      """, .blob(record.bytes)
    ) { OperationHeader(wireBytes: $0.bytes(0), account: journal.account)?.erased ?? [] }
    return try lists.joined().contains { listed in
      let again = try keys.reissue(
        operation, id: listed.id, timestamp: operation.header.timestamp)
      return again.header.digest == listed.digest
    }
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
