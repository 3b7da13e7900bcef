import Foundation
import GRDB
import OperationLog
import ServerCore
import SyncProtocol
import TestSupport
import Testing

@testable import ServerSQLite

/// What is erased is in no file: the sealed bytes are looked for as they came.
@Suite struct ScrubTests {
  @Test func `nothing of erased operations is left in any file, wherever SQLite has moved it`()
    async throws
  {
    let server = try await Server()
    let operations = server.operations()
    try await server.push(operations)
    let erased = operations.filter { $0.header.sequence.rawValue % 7 == 3 }
    let before = try server.found(erased)
    #expect(before.count == erased.count)
    try await server.push([server.erase(of: erased)])
    #expect(try server.found(erased).isEmpty)
    #expect(try server.found(operations).count == operations.count - erased.count)
    let backup = server.folder.path + "/backup"
    try await server.storage.backup(to: backup)
    #expect(try server.found(erased).isEmpty)
    #expect(try await server.storage.check() == [])
    // The WAL is empty, or holds what was written since.
    #expect(try await server.storage.read { try $0.value(named: "unscrubbed") } == nil)
  }

  @Test func `a server that was cut short finishes at its next start`() async throws {
    let server = try await Server()
    let operations = server.operations()
    try await server.push(operations)
    let erased = operations.filter { $0.header.sequence.rawValue % 7 == 3 }
    try await server.push([server.erase(of: erased)], scrubbing: false)
    #expect(try await server.storage.check().count == 1)
    #expect(try !server.found(erased).isEmpty)
    try server.storage.close()
    let again = try SQLiteStorage(folder: server.data)
    try await again.scrub()
    #expect(try server.found(erased).isEmpty)
    #expect(try await again.check() == [])
  }

  /// Set aside, it has moved within the file, and is no operation that becomes a stub.
  @Test(arguments: [true, false])
  func `nothing of an erased operation is left that the disk had changed before`(
    alone: Bool
  ) async throws {
    let server = try await Server()
    let operations = server.operations()
    try await server.push(operations)
    let erased = operations.filter {
      alone ? [3, 17].contains($0.header.sequence.rawValue) : $0.header.sequence.rawValue % 7 == 3
    }
    try await server.storage.pool.write { database in
      // Their bytes stay, which are looked for.
      try database.execute(
        sql: "UPDATE operation SET checksum = ~checksum WHERE key & 0xffffffffff IN (3, 17)")
    }
    #expect(try server.found(erased).count == erased.count)
    #expect(try await server.storage.check().count == 1)
    #expect(try server.found(erased).count == erased.count)
    try await server.push([server.erase(of: erased)])
    #expect(try server.found(erased).isEmpty)
    #expect(try server.found(operations).count == operations.count - erased.count)
  }

  @Test func `a stub that the disk had changed leaves nothing to overwrite`() async throws {
    let server = try await Server()
    let operations = Array(server.operations().prefix(40))
    try await server.push(operations)
    try await server.push([server.erase(of: operations)])
    try await server.storage.pool.write { database in
      try database.execute(
        sql: "UPDATE operation SET checksum = ~checksum WHERE length(envelope) < 60")
    }
    #expect(try await server.storage.check().count == 1)
    try await server.push(operations)
    #expect(try await server.storage.check() == [])
  }

  @Test func `while a backup is read it is left for later`() async throws {
    let server = try await Server()
    let operations = server.operations()
    try await server.push(operations)
    let erased = operations.filter { $0.header.sequence.rawValue % 7 == 3 }
    try await server.push([server.erase(of: erased)], scrubbing: false)
    try await server.whileReading {
      try await server.storage.scrub()
      #expect(try await server.storage.check().count == 1)
    }
    try await server.storage.scrub()
    #expect(try server.found(erased).isEmpty)
    #expect(try await server.storage.check() == [])
  }

  @Test func `what comes after its erase is never written`() async throws {
    let server = try await Server()
    let operations = Array(server.operations().prefix(40))
    try await server.push([server.erase(of: operations)])
    try await server.push(operations)
    #expect(try server.found(operations).isEmpty)
  }

  @Test func `nothing of a deleted account is left`() async throws {
    let server = try await Server()
    let operations = server.operations()
    try await server.push(operations)
    try await server.storage.pool.write { database in
      try database.execute(sql: "UPDATE operation SET checksum = ~checksum WHERE key % 3 = 0")
    }
    #expect(try await server.storage.check().count == 1)
    try await server.storage.write { transaction in
      for account in try transaction.accounts() { try transaction.removeAccount(account.slot) }
    }
    try await server.storage.scrub()
    #expect(try server.found(operations).isEmpty)
  }
}
