internal import GRDB
package import OperationLog

extension JournalStore {
  /// Reads every page of the journal in a folder, checks every operation's digest, makes the
  /// journal anew from its log beside it, and compares. Changes nothing, keeps nobody waiting, and
  /// works on a file that ordinary commands refuse.
  ///
  /// - Throws: `StoreError`: `missing`, `foreign`, `newerVersion`, `noRoom`, `busy`; never for
  ///   damage, which is what it is there to find.
  package static func verify(
    folder: String, environment: StoreEnvironment
  ) throws -> Verification {
    let path = StoreFile.path(in: folder)
    return try StoreError.naming(path) {
      try JournalCheck(
        try examined(path, environment: environment), path: path, environment: environment
      ).run()
    }
  }

  /// All files that a journal may have in its folder.
  package static var fileNames: [String] {
    let path = StoreFile.path(in: "")
    return [path, StoreFile.lockPath(of: path), path + "-journal"].map { String($0.dropFirst()) }
  }

  /// Of operations that were missed, those that have not come back.
  package func stillMissing(_ operations: [MissingOperations]) throws -> [MissingOperations] {
    let known = Dictionary(
      try known().map { ($0.device, $0.sequences) }, uniquingKeysWith: { first, _ in first })
    return operations.flatMap { missing -> [MissingOperations] in
      let there = known[missing.device] ?? KnownSequences()
      return KnownSequences(gapless: .none, beyond: [missing.sequences]).missing(in: there).map {
        MissingOperations(device: missing.device, sequences: $0)
      }
    }
  }

  /// How far the server has accepted each own device's operations.
  package func acceptedByDevice() throws -> [DeviceID: Sequence] {
    try reading { try DeviceTable.load($0).accepted }
  }

  /// A copy of the journal, after what any command does when it opens one: roll back what a crash
  /// left half written, and bring an older journal to the present version. A file too damaged for
  /// that is copied as it is.
  static func examined(
    _ path: String, environment: StoreEnvironment
  ) throws -> JournalCopy {
    _ = try? StoreFile.open(path, environment: environment, mode: .existing).close()
    return try JournalCopy(of: path, environment: environment)
  }
}
