import OperationLog
import ServerCore
import SyncProtocol
import TestSupport
import Testing

/// The name of an operation that the disk has changed: who else may bear it.
@Suite struct TakenNameTests {
  @Test(arguments: StorageKind.allCases, DamageTests.Rot.allCases)
  func `no other operation gets the name of a damaged one`(
    _ kind: StorageKind, _ rot: DamageTests.Rot
  ) async throws {
    // Between others, and the last of its device.
    for index in 1...2 {
      let server = try await TestServer(kind)
      let session = try await server.session()
      let envelopes = DamageTests.envelopes(session)
      let before = try await server.push(envelopes, session).answer
      try await server.damage(envelopes[index].header.id, rot)
      let other = SampleOperations(account: session.account).envelope(
        device: 1, sequence: UInt64(index + 1), milliseconds: SyncTests.now + 5, tags: [1],
        payload: "a copy's")
      // The first comes upon the damage, the others upon what was set aside.
      for rebuild in [false, true, false] {
        let answer = try await server.push([other], rebuild: rebuild, session)
        #expect(answer.reasons == [.fork])
        #expect(answer.damaged == [envelopes[index].header.id])
        let head = try #require(answer.answer.heads.first)
        #expect(head.sequences.gapless == Sequence(UInt64(index)))
      }
      let healed = try await server.push([envelopes[index]], rebuild: index == 1, session)
      #expect(healed.reasons.isEmpty && healed.damaged.isEmpty)
      #expect(healed.answer.heads == before.heads)
      #expect(healed.answer.stateDigest == before.stateDigest)
      #expect(try await server.push([other], session).reasons == [.fork])
      let all = try await server.exchange(SyncRequest(), session).operations
      #expect(all.contains(envelopes[index]) && !all.contains(other))
      #expect(try await server.storage.read { try JournalCheck.findings(in: $0) } == [])
    }
  }

  @Test(arguments: StorageKind.allCases, DamageTests.Rot.allCases)
  func `an erase takes a damaged operation's words, and leaves its name taken`(
    _ kind: StorageKind, _ rot: DamageTests.Rot
  ) async throws {
    let server = try await TestServer(kind)
    let session = try await server.session()
    let envelopes = DamageTests.envelopes(session)
    _ = try await server.push(envelopes, session)
    let make = SampleOperations(account: session.account)
    let erase = make.envelope(
      device: 3, sequence: 1, milliseconds: SyncTests.now + 9, erased: [envelopes[2].asErased])
    try await server.damage(envelopes[2].header.id, rot)
    #expect(try await server.push([erase], session).reasons.isEmpty)
    let left = try await server.storage.read { transaction in
      let account = try #require(try transaction.accounts().first).slot
      return try transaction.damagedOperations(of: account).map {
        try transaction.damagedOperation($0)?.envelope
      }
    }
    #expect(left == [[]])
    let other = make.envelope(
      device: 1, sequence: 3, milliseconds: SyncTests.now + 5, tags: [1], payload: "a copy's")
    #expect(try await server.push([other], session).reasons == [.fork])
    // Brought whole by who has not heard of the erase: what is kept is the stub.
    #expect(try await server.push([envelopes[2]], session).reasons == [.erased])
    let all = try await server.exchange(SyncRequest(), session).operations
    #expect(all.contains(envelopes[2].stub))
    #expect(try await server.storage.read { try JournalCheck.findings(in: $0) } == [])
  }
}
