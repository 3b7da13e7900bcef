import Foundation
import JournalModel
import JournalSealing
import JournalStore
import OperationLog
import SyncProtocol
import Testing

@testable import JournalSync

extension Machine {
  static let plantedWords = ["Zwetschgenmus", "Quittenbaum", "Holunderbeere"]

  static func three(
    at server: SyncServer, in folder: URL
  ) async throws -> (Machine, Machine, Machine) {
    let machines = (
      try Machine(in: folder, "a"), try Machine(in: folder, "b"), try Machine(in: folder, "c")
    )
    for machine in [machines.0, machines.1, machines.2] {
      try await machine.restore(from: server)
      _ = try await machine.client.sync()
    }
    return machines
  }

  /// Three machines, of which `b` was copied when it had logged out, and an entry that all have.
  static func copiedAfterLogout(
    at server: SyncServer, in folder: URL
  ) async throws -> (third: Machine, original: Machine, copy: Machine, entry: RecordID) {
    let (third, original, _) = try await three(at: server, in: folder)
    let entry = try original.write("To be erased")
    _ = try await original.client.sync()
    _ = try await third.client.sync()
    _ = try await original.client.logOut()
    try FileCopy.copy(original.folder, to: folder.appendingPathComponent("copy").path)
    let copy = try Machine(in: folder, "copy", machineName: "b", mode: .existing)
    return (third, original, copy, entry)
  }

  /// The planted words that are in some file of it.
  func foundWords() throws -> Set<String> {
    try Set(
      Self.plantedWords.filter { word in
        try [word, word.lowercased()].contains {
          try Self.isFound(in: folder, Array($0.utf8))
        }
      })
  }

  static func isFound(in folder: String, _ bytes: [UInt8]) throws -> Bool {
    try FileManager.default.subpathsOfDirectory(atPath: folder).contains { path in
      FileManager.default.contents(atPath: folder + "/" + path)?.range(of: Data(bytes)) != nil
    }
  }

  /// The names of the machines that have not confirmed yet.
  func unconfirmed() throws -> [String] {
    let erases = try store.pendingErases()
    #expect(erases.count { !$0.isOnServer } == 0)
    return erases.flatMap(\.machines).compactMap(\.name).sorted()
  }

  func edit(id: RecordID, _ text: String) throws {
    if try store.state(of: id) != nil { try edit(id, text: text) }
  }

  /// The sealed bytes of all a record's operations, as a server has them.
  func sealed(of id: RecordID) throws -> [[UInt8]] {
    let keys = try store.keys
    return try store.history(of: id).map { version in
      let operation = try #require(
        try store.operations(
          of: version.id.device, version.id.sequence...version.id.sequence, limitOperations: 1,
          limitBytes: .max
        ).first)
      return try keys.seal(operation).sealed
    }
  }
}
