import OperationLog
import ServerCore
import SyncProtocol
import TestSupport
import Testing

/// A disk that changes what it was given to keep.
@Suite struct DamageTests {
  /// What of an operation is no more what it was.
  enum Rot: CaseIterable, Sendable {
    case header, headerDigest, sealed, timestamp, digest
  }

  @Test(arguments: StorageKind.allCases, Rot.allCases)
  func `a damaged operation counts as lost, and comes back from who has it`(
    _ kind: StorageKind, _ rot: Rot
  ) async throws {
    let server = try await TestServer(kind)
    let session = try await server.session()
    let envelopes = Self.envelopes(session)
    let before = try await server.push(envelopes, session).answer
    // The middle of its device's, and the winner of register 1.
    try await server.damage(envelopes[1].header.id, rot)

    let found = try await server.exchange(SyncRequest(), session)
    #expect(found.answer.damagedCount == 1)
    #expect(found.ids.sorted() == [envelopes[0], envelopes[2], envelopes[3]].map(\.header.id))
    let head = try #require(found.answer.heads.first)
    #expect(
      head.sequences
        == KnownSequences(gapless: Sequence(1), beyond: [Sequence(3)...Sequence(3)]))
    #expect(head.digest == envelopes[0].header.digest)
    // As if it had never come: the one that it beat holds the register again.
    var digest = StateDigest()
    digest.insert(SampleOperations.tag(1), winner: envelopes[0].header.id)
    digest.insert(SampleOperations.tag(2), winner: envelopes[3].header.id)
    digest.insert(SampleOperations.tag(3), winner: envelopes[2].header.id)
    #expect(found.answer.stateDigest == digest)
    // Named each time, until it is back.
    for _ in 1...2 {
      let findings = try await server.storage.read { try JournalCheck.findings(in: $0) }
      #expect(findings.count == 1)
      #expect(findings.first?.contains("(\(envelopes[1].header.id))") == true)
    }

    let healed = try await server.push([envelopes[1]], rebuild: true, session).answer
    #expect(healed.refusals.isEmpty && healed.damagedCount == 0)
    #expect(healed.heads == before.heads && healed.stateDigest == before.stateDigest)
    #expect(try await server.exchange(SyncRequest(), session).operations.count == 4)
    #expect(try await server.storage.read { try JournalCheck.findings(in: $0) } == [])
  }

  @Test(arguments: StorageKind.allCases, Rot.allCases)
  func `a damaged last operation is noticed by who has all`(
    _ kind: StorageKind, _ rot: Rot
  ) async throws {
    let server = try await TestServer(kind)
    let session = try await server.session()
    let envelopes = Self.envelopes(session)
    let before = try await server.push(envelopes, session).answer
    try await server.damage(envelopes[3].header.id, rot)
    var request = SyncRequest()
    request.have = before.heads
    let answer = try await server.exchange(request, session).answer
    // A device without operations is not named.
    #expect(answer.heads == [before.heads[0]])
    #expect(answer.damagedCount == 1)
    let healed = try await server.push([envelopes[3]], rebuild: true, session).answer
    #expect(healed.heads == before.heads && healed.stateDigest == before.stateDigest)
  }

  /// What the disk says of it now is no other operation of that name.
  @Test(arguments: StorageKind.allCases)
  func `a damaged digest makes no fork`(_ kind: StorageKind) async throws {
    let server = try await TestServer(kind)
    let session = try await server.session()
    let envelopes = Self.envelopes(session)
    _ = try await server.push(envelopes, session)
    try await server.damage(envelopes[1].header.id, .digest)
    let answer = try await server.push(Array(envelopes[..<3]), session).answer
    #expect(answer.refusals.isEmpty)
    #expect(answer.damagedCount == 1)
    #expect(try await server.exchange(SyncRequest(), session).operations.count == 4)
  }

  @Test(arguments: StorageKind.allCases)
  func `a page is made without what is damaged`(_ kind: StorageKind) async throws {
    var limits = ServerLimits()
    limits.pageOperationsMax = 1
    let server = try await TestServer(kind, limits: limits)
    let session = try await server.session()
    let envelopes = Self.envelopes(session)
    _ = try await server.push(envelopes, session)
    let pages = try await server.pullAll(session) { count in
      if count == 1 { try await server.damage(envelopes[1].header.id, .sealed) }
    }
    #expect(
      pages.flatMap(\.ids).sorted() == [envelopes[0], envelopes[2], envelopes[3]].map(\.header.id))
    // The last says what is there now.
    #expect(try #require(pages.last).answer.heads.first?.sequences.hasGap == true)
  }

  /// The checksum lies on the same disk.
  @Test(arguments: StorageKind.allCases)
  func `a bit of the checksum itself costs nothing`(_ kind: StorageKind) async throws {
    let server = try await TestServer(kind)
    let session = try await server.session()
    let envelopes = Self.envelopes(session)
    _ = try await server.push(envelopes, session)
    try await server.replace(envelopes[1].header.id) { operation in
      StoredOperation(
        timestamp: operation.timestamp, digest: operation.digest, heldCount: operation.heldCount,
        envelope: operation.envelope,
        checksum: OperationChecksum(rawValue: operation.checksum.rawValue ^ 0x100))
    }
    let answer = try await server.exchange(SyncRequest(), session)
    #expect(answer.operations.count == 4 && answer.answer.damagedCount == 0)
  }

  @Test(arguments: StorageKind.allCases)
  func `what an erase took away stays away when the erase is damaged`(
    _ kind: StorageKind
  ) async throws {
    let server = try await TestServer(kind)
    let session = try await server.session()
    let envelopes = Self.envelopes(session)
    let erase = SampleOperations(account: session.account).envelope(
      device: 3, sequence: 1, milliseconds: SyncTests.now + 9, erased: [envelopes[1].asErased])
    let before = try await server.push(envelopes + [erase], session).answer
    try await server.damage(erase.header.id, .sealed)
    try await server.damage(envelopes[1].header.id, .header)
    #expect(try await server.exchange(SyncRequest(), session).answer.damagedCount == 2)
    // Somebody who has not heard of the erase brings the words, which are not kept.
    let answer = try await server.push([envelopes[1], erase], rebuild: true, session).answer
    #expect(answer.heads == before.heads && answer.stateDigest == before.stateDigest)
    let all = try await server.exchange(SyncRequest(), session)
    #expect(all.operations.contains(envelopes[1].stub))
    #expect(try await server.storage.read { try JournalCheck.findings(in: $0) } == [])
  }

  /// Three of one device, of which the second replaces the first, and one of another.
  static func envelopes(_ session: Session) -> [Envelope] {
    let make = SampleOperations(account: session.account)
    return [
      make.envelope(device: 1, sequence: 1, milliseconds: SyncTests.now, tags: [1], payload: "a"),
      make.envelope(
        device: 1, sequence: 2, milliseconds: SyncTests.now + 1, tags: [1, 2], payload: "b"),
      make.envelope(
        device: 1, sequence: 3, milliseconds: SyncTests.now + 2, tags: [3], payload: "c"),
      make.envelope(
        device: 2, sequence: 1, milliseconds: SyncTests.now + 3, tags: [2], payload: "d"),
    ]
  }
}

extension TestServer {
  func damage(_ id: OperationID, _ rot: DamageTests.Rot) async throws {
    try await replace(id) { operation in
      var (timestamp, digest, envelope) = (
        operation.timestamp, operation.digest.bytes, operation.envelope
      )
      switch rot {
      case .header: envelope[20] ^= 1
      case .headerDigest: envelope[1 + Int(envelope[1])] ^= 1
      case .sealed: envelope[envelope.count - 1] ^= 1
      case .timestamp: timestamp = Timestamp(rawValue: timestamp.rawValue ^ 1 << 40)
      case .digest: digest[3] ^= 1
      }
      return StoredOperation(
        timestamp: timestamp, digest: try #require(OperationDigest(digest)),
        heldCount: operation.heldCount, envelope: envelope, checksum: operation.checksum)
    }
  }

  fileprivate func replace(
    _ id: OperationID, by change: @Sendable @escaping (StoredOperation) throws -> StoredOperation
  ) async throws {
    try await storage.write { transaction in
      for account in try transaction.accounts() {
        for device in try transaction.devices(of: account.slot) where device.id == id.device {
          let key = OperationKey(device.slot, id.sequence)
          let operation = try #require(try transaction.operation(key))
          try transaction.removeOperation(key)
          try transaction.addOperation(try change(operation), at: key)
        }
      }
    }
  }
}
