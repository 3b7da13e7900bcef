internal import GRDB
internal import JournalModel
package import JournalSealing
internal import OperationLog

extension JournalStore {
  /// Stores operations that came from the server. The same page again changes nothing; order, and
  /// what is missing in between, make no difference.
  ///
  /// An operation under an own id that another copy of this journal made under it too, while ours
  /// was not accepted: ours is issued again under a new id, in the same transaction.
  ///
  /// - Parameters:
  ///   - bulk: leaves the search index to `finishBulk`; a search meanwhile makes up for it.
  ///   - settings: kept or with `nil` forgotten in the same transaction.
  package func apply(
    _ page: [OpenedOperation], bulk: Bool, with settings: [SettingName: [UInt8]?] = [:]
  ) throws -> ApplyOutcome {
    guard !page.isEmpty else { return ApplyOutcome() }
    return try writing(isBulk: bulk) { log in
      try Self.keep(settings, log.db)
      var outcome = ApplyOutcome()
      try log.reissueContested(page.filter { $0.change != nil }, &outcome)
      // What an erase of this page lists is not stored at all, and stubs are believed.
      for opened in page.filter(\.isErase) { try log.apply(opened, &outcome) }
      let stubs = try page.filter { try $0.change == nil && log.isErased($0.operation.header) }
      try log.reissueContested(stubs, &outcome)
      for opened in page where !opened.isErase { try log.apply(opened, &outcome) }
      try log.finish()
      for effect in log.effects { outcome.note(effect) }
      outcome.survivors = try log.survivors()
      return outcome
    }
  }

  /// Fills the search index with what bulk work has left out. Can be interrupted, and repeated.
  package func finishBulk() throws {
    while try writingPlainly({ try SearchIndex.indexPending(limit: 20_000, $0) }) {}
  }
}

extension LogTransaction {
  /// Makes room for operations which bear the names of ours.
  fileprivate func reissueContested(
    _ page: [OpenedOperation], _ outcome: inout ApplyOutcome
  ) throws {
    var firstContested: [DeviceID: Sequence] = [:]
    for header in page.lazy.map(\.operation.header) {
      guard let device = devices[header.device], device.isOwn,
        header.sequence > device.released, device.sequences.contains(header.sequence),
        let present = try present(header.id), present.madeHere, present.digest != header.digest
      else { continue }
      let first = firstContested[header.device] ?? header.sequence
      firstContested[header.device] = min(first, header.sequence)
    }
    for (device, sequence) in firstContested.sorted(by: { $0.key < $1.key }) {
      outcome.newDevice = try fork(from: OperationID(device: device, sequence: sequence))
    }
  }

  /// - Parameter madeHere: this store issued it; only for a log that is made anew.
  func apply(
    _ opened: OpenedOperation, madeHere: Bool = false, _ outcome: inout ApplyOutcome
  ) throws {
    let header = opened.operation.header
    let device = devices[header.device]
    let isKnown = device?.sequences.contains(header.sequence) == true
    if isKnown, try present(header.id)?.digest == header.digest {
      if !madeHere { accept(header.id) }
      return
    }
    if opened.change == nil, try !isErased(header) {
      outcome.unvouchedStubs.append(opened)
      return
    }
    guard !isKnown else {
      outcome.contradictions.append(header.id)
      return
    }
    if header.device == (try self.device) { outcome.newDevice = takeNewDevice() }
    if opened.isErase { outcome.erases += 1 }
    try insert(opened.operation, change: opened.change, madeHere: madeHere)
    if !madeHere { accept(header.id) }
    if opened.change?.kind == .device {
      outcome.deviceOperations += 1
    } else {
      outcome.operations += 1
    }
  }

  /// What comes from the server it has accepted, own operations among them.
  func accept(_ id: OperationID) {
    guard let device = devices[id.device], device.isOwn, id.sequence == device.accepted.next
    else { return }
    devices.update(id.device) { $0.accept(through: id.sequence) }
  }

  private func present(
    _ id: OperationID
  ) throws -> (digest: OperationDigest, madeHere: Bool)? {
    guard let key = devices.key(of: id) else { return nil }
    let found = try db.first(
      "SELECT header, made_here FROM operation WHERE key = ?1", .integer(key)
    ) { row in
      OperationDigest(row.bytes(0).suffix(OperationDigest.count)).map {
        (digest: $0, madeHere: row.integer(1) != 0)
      }
    }
    return found ?? nil
  }
}

extension OpenedOperation {
  var isErase: Bool { !operation.header.erased.isEmpty }
}

extension ApplyOutcome {
  fileprivate mutating func note(_ effect: LogTransaction.RecordEffect) {
    guard let new = effect.new else { return }
    if effect.hasNewSiblings { conflicts.append(new.id) }
    if effect.hasReturned { returned.append(new.id) }
  }
}
