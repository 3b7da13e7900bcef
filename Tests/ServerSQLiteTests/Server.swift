import Foundation
import GRDB
import OperationLog
import ServerCore
import SyncProtocol
import TestSupport
import Testing

@testable import ServerSQLite

/// A server's rules over files, with one account that is logged in.
final class Server: Sendable {
  let folder: TemporaryFolder
  let storage: SQLiteStorage
  private let session: Session
  private let news = News()
  private static let account = AccountID(Array(repeating: 9, count: 16))

  var data: String { folder.path + "/data" }

  init() async throws {
    folder = try TemporaryFolder()
    storage = try SQLiteStorage(folder: folder.path + "/data")
    let account = try #require(Self.account)
    let installation = try #require(InstallationID(Array(repeating: 8, count: 16)))
    try await storage.write { transaction in
      let slot = try transaction.addAccount(
        account, name: "ada", keys: StoredKeys(version: 1, json: []), createdAt: 0)
      try transaction.setInstallation(
        StoredInstallation(
          account: slot, accountID: account, id: installation,
          token: SecretHash(of: Array(repeating: 0, count: 32)), lastSeen: .max,
          isRevoked: false))
    }
    let accounts = try await AccountService(
      storage: storage, news: news, acceptsServerName: { _ in true })
    session = try #require(
      try await accounts.authorize(token: String(repeating: "A", count: 43)))
  }

  /// Of four devices by turns, so that pages of the file are split and merged; each of its own
  /// content, some larger than a page.
  func operations() -> [Envelope] {
    var generator = SeededGenerator(seed: 7)
    let make = SampleOperations(account: session.account)
    var last: [UInt64: UInt64] = [:]
    return (1...800).map { number in
      let device = UInt64.random(in: 1...4, using: &generator)
      let sequence = (last[device] ?? 0) + 1
      last[device] = sequence
      let words = "\(generator.next())\(generator.next())"
      let count = [7, 12, 25, 160].randomElement(using: &generator) ?? 0
      return make.envelope(
        device: device, sequence: sequence, milliseconds: Int64(number), tags: [number % 90],
        payload: String(repeating: words, count: count), byteCount: 0)
    }
  }

  func erase(of operations: [Envelope]) -> Envelope {
    SampleOperations(account: session.account).envelope(
      device: 9, sequence: 1, milliseconds: 1000, erased: operations.map(\.asErased))
  }

  /// - Parameter scrubbing: false as if the process had ended before.
  func push(_ operations: [Envelope], scrubbing: Bool = true) async throws {
    let storage: any Storage = scrubbing ? storage : Unscrubbed(storage: storage)
    for start in stride(from: 0, to: operations.count, by: 20) {
      var request = SyncRequest()
      request.operations = operations[start..<min(start + 20, operations.count)]
        .map(PushedOperation.init)
      guard
        case .answer = try await SyncService(storage: storage, news: news)
          .sync(request, session: session)
      else { throw StorageError(.other, "no answer") }
    }
  }

  /// Those of whose sealed bytes any part is in some file: of a copy that was partly written over,
  /// the end may be left.
  func found(_ operations: [Envelope]) throws -> [Envelope] {
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path).compactMap {
      FileManager.default.contents(atPath: folder.path + "/" + $0)
    }
    return operations.filter { envelope in
      let sealed = envelope.sealed
      return [sealed.prefix(24), sealed.dropFirst(sealed.count / 2).prefix(24), sealed.suffix(24)]
        .contains { part in files.contains { $0.range(of: Data(part)) != nil } }
    }
  }

  /// Runs `body` while another connection reads what was there before, as a backup does.
  func whileReading(_ body: () async throws -> Void) async throws {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.allowsUnsafeTransactions = true
    let queue = try DatabaseQueue(path: data + "/server.sqlite", configuration: configuration)
    try await queue.writeWithoutTransaction { database in
      try database.execute(sql: "BEGIN; SELECT count(*) FROM operation")
    }
    try await body()
    try await queue.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
    try queue.close()
  }
}

/// Stores, and never comes to overwriting.
private struct Unscrubbed: Storage {
  let storage: SQLiteStorage

  func read<Value: Sendable>(
    _ body: @escaping @Sendable (any StorageReading) throws -> Value
  ) async throws -> Value {
    try await storage.read(body)
  }

  func write<Value: Sendable>(
    _ body: @escaping @Sendable (any StorageWriting) throws -> Value
  ) async throws -> Value {
    try await storage.write(body)
  }

  func scrub() async throws {}
}
