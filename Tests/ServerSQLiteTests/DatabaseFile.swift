import Foundation
import GRDB
import OperationLog
import ServerCore
import SyncProtocol
import TestSupport
import Testing

@testable import ServerSQLite

/// The database of a closed server, whose data folder this is.
extension TemporaryFolder {
  var databasePath: String { path + "/server.sqlite" }

  func databaseBytes() throws -> Data { try Data(contentsOf: URL(filePath: databasePath)) }

  /// Puts another in its place, without a log.
  func setDatabase(_ bytes: Data) throws {
    for log in ["-wal", "-shm"].map({ databasePath + $0 })
    where FileManager.default.fileExists(atPath: log) {
      try FileManager.default.removeItem(atPath: log)
    }
    try bytes.write(to: URL(filePath: databasePath))
  }

  /// Where an account's name or id lies: in its row and in the index. In the keys document the id is
  /// written in another way.
  func places(of bytes: Data) throws -> [Range<Data.Index>] {
    let file = try databaseBytes()
    let first = try #require(file.range(of: bytes))
    let second = try #require(file.range(of: bytes, in: first.upperBound..<file.endIndex))
    return [first, second]
  }

  /// Leaves nothing of the database in its log.
  func executeInDatabase(_ sql: String) async throws {
    let queue = try DatabaseQueue(path: databasePath)
    try await queue.writeWithoutTransaction { database in
      try database.execute(sql: sql)
      try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
    try queue.close()
  }
}

extension StoredKeys {
  /// Of a document that opens nothing.
  static func sample(of account: AccountID) throws -> StoredKeys {
    let document = KeysDocument(
      version: 1, account: account.description, salt: Base64Bytes(Array(repeating: 0, count: 16)),
      parameters: .standard,
      passphraseLoginKey: Base64Bytes(Array(repeating: 1, count: 32)),
      recoveryLoginKey: Base64Bytes(Array(repeating: 2, count: 32)),
      passphraseWrap: Base64Bytes([3]), recoveryWrap: Base64Bytes([4]), canary: Base64Bytes([5]))
    return StoredKeys(version: 1, json: Array(try JSONEncoder().encode(document)))
  }
}
