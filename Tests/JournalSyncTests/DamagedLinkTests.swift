import Foundation
import JournalStore
import Testing

@testable import JournalSync

/// What a journal has noted of its account and server, changed by the disk.
@Suite struct `A damaged link` {
  @Test(arguments: Damage.allCases)
  func `is never taken for no account, and a new login heals it`(_ damage: Damage) async throws {
    try await withServer { server, folder in
      let (a, b) = (try Machine(in: folder, "a"), try Machine(in: folder, "b"))
      try await a.restore(from: server)
      try await b.restore(from: server)
      _ = try await a.client.sync()
      try a.write("Not sent yet")
      let link = try #require(try a.store.setting(.serverLink))
      try a.store.setSetting(.serverLink, try damage.done(to: link))

      await expectFailure(.linkDamaged) { _ = try await a.client.sync() }
      #expect(try await a.isLinkNamed())
      #expect(try a.store.summary().unsynced > 0)

      try await a.restore(from: server)
      #expect(try await a.client.sync().warnings.isEmpty)
      #expect(try await !a.isLinkNamed())
      try await settle(a, b)
      try expectConverged(a, b)
      #expect(try b.texts() == ["Not sent yet"])
    }
  }

  @Test func `is not what a journal without an account has`() async throws {
    try await withServer { _, folder in
      let a = try Machine(in: folder, "a")
      #expect(try a.store.serverLink() == nil)
      await expectFailure(.noAccount) { _ = try await a.client.sync() }
    }
  }

  enum Damage: CaseIterable {
    case firstByte
    case cutShort
    case salt
    case laterVersion

    func done(to link: [UInt8]) throws -> [UInt8] {
      let text = String(decoding: link, as: UTF8.self)
      switch self {
      case .firstByte: return [0] + link.dropFirst()
      case .cutShort: return Array(link.dropLast(10))
      case .salt:
        let salt = try #require(text.firstMatch(of: /"salt":"(.)/))
        return Array(
          text.replacingCharacters(
            in: salt.1.startIndex..<salt.1.endIndex, with: salt.1 == "A" ? "B" : "A"
          ).utf8)
      case .laterVersion:
        let version = try #require(text.firstMatch(of: /"version":(1)/))
        return Array(
          text.replacingCharacters(in: version.1.startIndex..<version.1.endIndex, with: "7").utf8)
      }
    }
  }
}

extension Machine {
  /// Whether `verify` says what is wrong.
  fileprivate func isLinkNamed() async throws -> Bool {
    if try client.findings() == [.setting("sync.link")] { return true }
    return try await client.compare(try verified()).findings == [.link]
  }
}
