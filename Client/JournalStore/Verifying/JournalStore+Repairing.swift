internal import GRDB
package import OperationLog

/// What became of a journal that was to be repaired.
package enum RepairOutcome: Sendable {
  /// There was nothing to repair, and nothing was changed.
  case well(Verification)
  case repaired(Repair)
  /// Its keys cannot be read, so nothing in it can be believed. Nothing was changed.
  case keysLost(Verification)
}

package struct Repair: Sendable {
  /// What was wrong.
  package var before: Verification
  /// The damaged file, as it was.
  package var keptFile: String
  /// How many operations were found whole.
  package var operations: Int
  /// Those that are known to have been here, and are not among them.
  package var missing: [MissingOperations]
  /// What was noted is not all there, so that more may be missing.
  package var mayMissMore: Bool
  /// New operations get a new device id, for it is not certain which the old one has used.
  package var hasNewDevice: Bool
}

extension JournalStore {
  /// Makes a whole journal of what a damaged one still holds: every operation that proves itself,
  /// and from these all that follows. Works on a copy; the damaged file is kept beside the new
  /// one. What the server has must be fetched afterwards, by a sync.
  ///
  /// - Throws: `StoreError`: `missing`, `foreign`, `newerVersion`, `noRoom`, `readOnly`, `busy`;
  ///   then nothing was changed.
  package static func repair(
    folder: String, environment: StoreEnvironment
  ) throws -> RepairOutcome {
    let path = StoreFile.path(in: folder)
    return try StoreError.naming(path) {
      let copy = try examined(path, environment: environment)
      let before = try JournalCheck(copy, path: path, environment: environment).run()
      guard !before.isWell else { return .well(before) }
      let (scratch, result) = try copy.scratch.queue.writeWithoutTransaction { db in
        let repairing = try Repairing(
          db, copy, before.findings, path: path, environment: environment)
        return (repairing.scratch, try repairing.run())
      }
      guard let result else { return .keysLost(before) }
      let kept = try FileReplacement(path: path, environment: environment)
        .replace(with: scratch, unlessChangedSince: copy.original)
      return .repaired(
        Repair(
          before: before, keptFile: kept, operations: result.operations, missing: result.missing,
          mayMissMore: result.mayMissMore, hasNewDevice: result.hasNewDevice))
    }
  }

  /// Damaged files of which a repair could not save all that they held. As long as they are there,
  /// and no sync has fetched what the server has, something may be missing. Paths.
  package func halfReadFiles() throws -> [String] {
    guard try setting(.halfRead) != nil else { return [] }
    return KeptFiles(in: StoreFile.folder(of: path)).damaged
  }

  /// What could be fetched was.
  package func forgetHalfReadFiles() throws {
    guard try setting(.halfRead) != nil else { return }
    try setSetting(.halfRead, nil)
  }

  /// Issues own operations again that no server can take, for one before them is lost: a server
  /// takes a device's operations without a gap.
  ///
  /// - Parameter server: what the server knows; `nil` if it cannot be asked. Then whatever was
  ///   once accepted is taken to be there still.
  package func reissueBeyondGaps(knownToServer server: VersionVector?) throws {
    let affected = try reading { try DeviceTable.load($0).rows.filter { $0.isBroken(server) } }
    guard !affected.isEmpty else { return }
    try writing { log in
      // Unlike a copy, this is the same machine still.
      let installation = log.journal.installation
      defer { log.journal.installation = installation }
      for device in affected {
        guard let first = device.firstBeyondLoss(server) else { continue }
        _ = try log.fork(from: OperationID(device: device.id, sequence: first))
      }
    }
  }
}

extension DeviceRow {
  fileprivate func isBroken(_ server: VersionVector?) -> Bool {
    isOwn && firstBeyondLoss(server) != nil
  }

  /// The first operation that can still be issued again, after one that nobody has.
  fileprivate func firstBeyondLoss(_ server: VersionVector?) -> Sequence? {
    let isLost = sequences.gaps.contains { gap in
      server.map { known in
        !known[id].contains(gap.lowerBound) || !known[id].contains(gap.upperBound)
      }
        ?? (gap.upperBound > released)
    }
    guard isLost else { return nil }
    for range in sequences.beyond {
      var sequence = max(range.lowerBound, released.next)
      while sequence <= range.upperBound {
        if server?[id].contains(sequence) != true { return sequence }
        sequence = sequence.next
      }
    }
    return nil
  }
}

extension SettingName {
  /// Set by a repair that could not save all, until a sync.
  static let halfRead = SettingName("store.half-read")
}
