import OperationLog
import ServerCore
import SyncProtocol
import TestSupport
import Testing

@Suite struct EraseTests {
  private static let now = SyncTests.now

  /// A record's operations on devices 1 and 2, one write of device 3 to the same registers that
  /// the erase of device 4 does not list.
  private struct Story {
    let listed: [Envelope]
    let survivor: Envelope
    let erase: Envelope

    init(_ account: AccountID) {
      let make = SampleOperations(account: account)
      listed = [
        make.envelope(device: 1, sequence: 1, milliseconds: now, tags: [1, 2]),
        make.envelope(device: 1, sequence: 2, milliseconds: now + 9, tags: [1, 3]),
        make.envelope(device: 2, sequence: 1, milliseconds: now + 2, tags: [2]),
      ]
      survivor = make.envelope(device: 3, sequence: 1, milliseconds: now + 1, tags: [1, 2])
      erase = make.envelope(
        device: 4, sequence: 1, milliseconds: now + 10, erased: listed.map(\.asErased))
    }

    var digest: StateDigest {
      var digest = StateDigest()
      digest.insert(SampleOperations.tag(1), winner: survivor.header.id)
      digest.insert(SampleOperations.tag(2), winner: survivor.header.id)
      return digest
    }

    var kept: Set<Envelope> { Set(listed.map(\.stub) + [survivor, erase]) }
  }

  @Test(arguments: StorageKind.allCases)
  func `an erase leaves stubs, and gives registers to what it did not list`(
    _ kind: StorageKind
  ) async throws {
    let server = try await TestServer(kind)
    let session = try await server.session()
    let story = Story(session.account)
    _ = try await server.push(story.listed + [story.survivor], session)
    let bytes = try await server.accounts.accounts()[0].byteCount
    let erased = try await server.push([story.erase], session)
    #expect(erased.answer.refusals.isEmpty)
    #expect(erased.answer.stateDigest == story.digest)
    #expect(try await server.accounts.accounts()[0].byteCount < bytes + 300)
    #expect(Set(try await server.pullAll(session).flatMap(\.operations)) == story.kept)
    #expect(try await server.storage.read { try JournalCheck.findings(in: $0) } == [])
  }

  @Test(arguments: StorageKind.allCases)
  func `what an erase listed comes too late, and is kept as a stub`(
    _ kind: StorageKind
  ) async throws {
    let server = try await TestServer(kind)
    let session = try await server.session()
    let story = Story(session.account)
    _ = try await server.push([story.survivor, story.erase], session)
    for _ in 1...2 {
      let late = try await server.push(story.listed, session)
      #expect(late.reasons == [.erased, .erased, .erased])
      #expect(late.answer.stateDigest == story.digest)
    }
    #expect(Set(try await server.pullAll(session).flatMap(\.operations)) == story.kept)
    #expect(try await server.storage.read { try JournalCheck.findings(in: $0) } == [])
  }

  @Test(arguments: StorageKind.allCases)
  func `all in one request ends the same`(_ kind: StorageKind) async throws {
    let server = try await TestServer(kind)
    let session = try await server.session()
    let story = Story(session.account)
    let answer = try await server.push(story.listed + [story.survivor, story.erase], session)
    #expect(answer.answer.refusals.isEmpty)
    #expect(answer.answer.stateDigest == story.digest)
    #expect(try await server.storage.read { try JournalCheck.findings(in: $0) } == [])
  }

  @Test(arguments: StorageKind.allCases)
  func `a stub is believed only if an erase lists it`(_ kind: StorageKind) async throws {
    let server = try await TestServer(kind)
    let session = try await server.session()
    let story = Story(session.account)
    #expect(try await server.push([story.listed[0].stub], session).reasons == [.malformed])
    let alone = try await server.push([story.listed[0].stub], rebuild: true, session)
    #expect(alone.reasons == [.malformed])
    let stubs = story.listed.map(\.stub)
    let rebuilt = try await server.push(
      stubs + [story.survivor, story.erase], rebuild: true, session)
    #expect(rebuilt.answer.refusals.isEmpty)
    #expect(rebuilt.answer.stateDigest == story.digest)
    #expect(Set(try await server.pullAll(session).flatMap(\.operations)) == story.kept)
  }

  @Test(arguments: StorageKind.allCases, [true, false])
  func `an erase that names another digest erases nothing`(
    _ kind: StorageKind, later: Bool
  ) async throws {
    let server = try await TestServer(kind)
    let session = try await server.session()
    let make = SampleOperations(account: session.account)
    let kept = make.envelope(device: 1, sequence: 1, milliseconds: Self.now, tags: [1])
    let other = make.envelope(
      device: 1, sequence: 1, milliseconds: Self.now, tags: [1], payload: "other")
    let erase = make.envelope(
      device: 2, sequence: 1, milliseconds: Self.now, erased: [other.asErased])
    if later { _ = try await server.push([kept], session) }
    _ = try await server.push([kept, erase], session)
    #expect(try await server.pullAll(session).flatMap(\.operations) == [kept, erase])
  }

  @Test(arguments: StorageKind.allCases)
  func `an erase cannot be erased, nor erase itself`(_ kind: StorageKind) async throws {
    let server = try await TestServer(kind)
    let session = try await server.session()
    let story = Story(session.account)
    let make = SampleOperations(account: session.account)
    let second = make.envelope(
      device: 5, sequence: 1, milliseconds: Self.now, erased: [story.erase.asErased])
    var own = make.envelope(
      device: 6, sequence: 1, milliseconds: Self.now, erased: [story.survivor.asErased])
    own.header.erased = [own.asErased]
    let answer = try await server.push([story.erase, second, own], session)
    #expect(answer.reasons == [.malformed])
    #expect(Set(try await server.pullAll(session).flatMap(\.operations)) == [story.erase, second])
  }
}
