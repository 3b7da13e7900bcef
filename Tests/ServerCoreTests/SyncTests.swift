import OperationLog
import ServerCore
import SyncProtocol
import TestSupport
import Testing

@Suite struct SyncTests {
  /// The manual clock's start.
  static let now: Int64 = 1_800_000_000_000

  @Test(arguments: StorageKind.allCases)
  func `what one installation pushes another pulls, byte for byte`(
    _ kind: StorageKind
  ) async throws {
    let server = try await TestServer(kind)
    let ada = try Person("ada")
    try await server.register(ada)
    let (first, second) = (try await server.logIn(ada), try await server.logIn(ada))
    let make = SampleOperations(account: ada.id)
    let envelopes = [
      make.envelope(device: 1, sequence: 1, milliseconds: Self.now, tags: [1, 2]),
      make.envelope(device: 1, sequence: 2, milliseconds: Self.now + 1, tags: [1]),
    ]
    let pushed = try await server.push(envelopes, first)
    #expect(pushed.answer.refusals.isEmpty)
    #expect(pushed.operations.isEmpty)

    let pulled = try await server.exchange(SyncRequest(), second)
    #expect(pulled.operations == envelopes)
    #expect(pulled.answer.token.isEmpty)
    #expect(
      pulled.answer.heads == [
        KnownDevice(
          device: DeviceID(rawValue: 1), sequences: KnownSequences(gapless: Sequence(2)),
          digest: envelopes[1].header.digest)
      ])
    var digest = StateDigest()
    digest.insert(SampleOperations.tag(1), winner: envelopes[1].header.id)
    digest.insert(SampleOperations.tag(2), winner: envelopes[0].header.id)
    #expect(pulled.answer.stateDigest == digest)
    #expect(pulled.answer.serverTime == Self.now)
    #expect(pulled.answer.greatestTimestamp == envelopes[1].header.timestamp)
  }

  /// Two copies of a journal wrote under one name, and one server took either's.
  @Test(arguments: StorageKind.allCases)
  func `who knows another operation by a name is sent the one here`(_ kind: StorageKind)
    async throws
  {
    let server = try await TestServer(kind)
    let session = try await server.session()
    let make = SampleOperations(account: session.account)
    let envelopes = (1...4).map {
      make.envelope(device: 1, sequence: $0, milliseconds: Self.now, tags: [1])
    }
    _ = try await server.push(envelopes, session)
    let other = make.envelope(device: 1, sequence: 2, milliseconds: Self.now, payload: "other")
    func pulled(_ digest: OperationDigest) async throws -> [Envelope] {
      let have = KnownDevice(
        device: DeviceID(rawValue: 1), sequences: KnownSequences(gapless: Sequence(2)),
        digest: digest)
      return try await server.pullAll(have: [have], session).flatMap(\.operations)
    }
    #expect(try await pulled(envelopes[1].header.digest) == Array(envelopes[2...]))
    #expect(try await pulled(other.header.digest) == Array(envelopes[1...]))
  }

  @Test(arguments: StorageKind.allCases)
  func `the same operations again change nothing and are not sent back`(
    _ kind: StorageKind
  ) async throws {
    let server = try await TestServer(kind)
    let session = try await server.session()
    let make = SampleOperations(account: session.account)
    let envelope = make.envelope(device: 1, sequence: 1, milliseconds: Self.now, tags: [1])
    let once = try await server.push([envelope], session)
    var request = SyncRequest()
    request.operations = [PushedOperation(envelope), PushedOperation(envelope)]
    let twice = try await server.exchange(request, session)
    #expect(twice.answer.refusals.isEmpty)
    #expect(twice.operations.isEmpty)
    #expect(twice.answer.stateDigest == once.answer.stateDigest)
    #expect(try await server.accounts.accounts().map(\.operationCount) == [1])
  }

  @Test(arguments: StorageKind.allCases)
  func `another digest under a known name is a fork, and what follows it is a gap`(
    _ kind: StorageKind
  ) async throws {
    let server = try await TestServer(kind)
    let session = try await server.session()
    let make = SampleOperations(account: session.account)
    let known = make.envelope(device: 1, sequence: 1, milliseconds: Self.now, tags: [1])
    _ = try await server.push([known], session)
    var request = SyncRequest()
    request.operations = [
      make.envelope(device: 1, sequence: 1, milliseconds: Self.now, tags: [1], payload: "else"),
      make.envelope(device: 1, sequence: 2, milliseconds: Self.now, tags: [2]),
      make.envelope(device: 2, sequence: 1, milliseconds: Self.now, tags: [3]),
    ].map(PushedOperation.init)
    let answer = try await server.exchange(request, session)
    #expect(answer.reasons == [.fork, .gap])
    // What the server knows under that name is sent; the other device was not held up.
    #expect(answer.operations == [known])
    #expect(answer.answer.heads.map(\.sequences.last) == [Sequence(1), Sequence(1)])
  }

  @Test(arguments: StorageKind.allCases)
  func `sequences are dense, except in a rebuild`(_ kind: StorageKind) async throws {
    let server = try await TestServer(kind)
    let session = try await server.session()
    let make = SampleOperations(account: session.account)
    let operations = (1...5).map {
      make.envelope(device: 1, sequence: $0, milliseconds: Self.now, tags: [Int($0)])
    }
    let refused = try await server.push([operations[0], operations[2], operations[3]], session)
    #expect(refused.reasons == [.gap, .gap])
    let rebuilt = try await server.push([operations[4], operations[2]], rebuild: true, session)
    #expect(rebuilt.answer.refusals.isEmpty)
    #expect(
      rebuilt.answer.heads.map(\.sequences) == [
        KnownSequences(
          gapless: Sequence(1),
          beyond: [Sequence(3)...Sequence(3), Sequence(5)...Sequence(5)])
      ])
    // A plain push fills the gaps, in order.
    let filled = try await server.push([operations[1], operations[3]], session)
    #expect(filled.answer.refusals.isEmpty)
    #expect(filled.answer.heads.map(\.digest) == [operations[4].header.digest])
    let pulled = try await server.exchange(SyncRequest(), session)
    #expect(pulled.operations == operations)
  }

  @Test(arguments: StorageKind.allCases)
  func `what follows a fork is another history, in a rebuild too`(_ kind: StorageKind) async throws
  {
    let server = try await TestServer(kind)
    let session = try await server.session()
    let make = SampleOperations(account: session.account)
    let known = (1...2).map {
      make.envelope(device: 1, sequence: $0, milliseconds: Self.now, tags: [Int($0)])
    }
    _ = try await server.push(known, session)
    let other = (2...3).map {
      make.envelope(device: 1, sequence: $0, milliseconds: Self.now, tags: [90 + Int($0)])
    }
    let rebuilt = try await server.push(other, rebuild: true, session)
    #expect(rebuilt.reasons == [.fork, .gap])
    #expect(rebuilt.answer.heads.map(\.sequences) == [KnownSequences(gapless: Sequence(2))])
  }

  @Test(arguments: StorageKind.allCases)
  func `the greatest timestamp stays, whatever comes after it`(_ kind: StorageKind) async throws {
    let server = try await TestServer(kind)
    let session = try await server.session()
    let make = SampleOperations(account: session.account)
    let late = make.envelope(device: 1, sequence: 1, milliseconds: Self.now + 1000, tags: [1])
    let early = make.envelope(device: 2, sequence: 1, milliseconds: Self.now, tags: [2])
    let answer = try await server.push([late, early], session).answer
    #expect(answer.greatestTimestamp == late.header.timestamp)
  }

  @Test(arguments: StorageKind.allCases, [300_000, 300_001] as [Int64])
  func `a timestamp may lie five minutes ahead of the clock`(
    _ kind: StorageKind, millisecondsAhead: Int64
  ) async throws {
    let server = try await TestServer(kind)
    let session = try await server.session()
    let make = SampleOperations(account: session.account)
    let answer = try await server.push(
      [
        make.envelope(device: 1, sequence: 1, milliseconds: Self.now + millisecondsAhead),
        make.envelope(device: 1, sequence: 2, milliseconds: Self.now),
      ], session)
    #expect(answer.reasons == (millisecondsAhead > 300_000 ? [.timestamp, .gap] : []))
  }

  @Test(arguments: StorageKind.allCases)
  func `a request cannot move its own limit, a rebuild has none, and time goes on from there`(
    _ kind: StorageKind
  ) async throws {
    let server = try await TestServer(kind)
    let session = try await server.session()
    let make = SampleOperations(account: session.account)
    let far = Self.now + 1_000_000_000
    let rebuilt = try await server.push(
      [make.envelope(device: 1, sequence: 1, milliseconds: far)], rebuild: true, session)
    #expect(rebuilt.answer.refusals.isEmpty)
    #expect(rebuilt.answer.greatestTimestamp == Timestamp(milliseconds: far))
    let steps = (1...3).map {
      make.envelope(
        device: 2, sequence: $0, milliseconds: far + Int64($0) * 400)
    }
    #expect(try await server.push(steps, session).reasons == [.timestamp])
    #expect(try await server.push([steps[2]], session).answer.refusals.isEmpty)
  }

  @Test(arguments: StorageKind.allCases)
  func `gaps are limited, wherever they are made`(_ kind: StorageKind) async throws {
    var limits = ServerLimits()
    limits.rangesBeyondMax = 1
    let server = try await TestServer(kind, limits: limits)
    let session = try await server.session()
    let make = SampleOperations(account: session.account)
    func push(_ sequence: UInt64) async throws -> [Refusal.Reason] {
      let envelope = make.envelope(
        device: 1, sequence: sequence, milliseconds: Self.now, tags: [Int(sequence)])
      return try await server.push([envelope], rebuild: true, session).reasons
    }
    #expect(try await push(9) == [])
    #expect(try await push(3) == [.quota])
    #expect(try await push(99) == [.quota])
    for sequence: UInt64 in [8, 10, 1, 2] { #expect(try await push(sequence) == []) }
  }

  @Test(arguments: StorageKind.allCases)
  func `have is answered in ranges`(_ kind: StorageKind) async throws {
    let server = try await TestServer(kind)
    let session = try await server.session()
    let make = SampleOperations(account: session.account)
    let operations = (1...9).map {
      make.envelope(device: 7, sequence: $0, milliseconds: Self.now, tags: [1])
    }
    _ = try await server.push(operations, session)
    let have = KnownDevice(
      device: DeviceID(rawValue: 7),
      sequences: KnownSequences(
        gapless: Sequence(2), beyond: [Sequence(4)...Sequence(5), Sequence(8)...Sequence(8)]),
      digest: operations[1].header.digest)
    let pages = try await server.pullAll(have: [have], session)
    #expect(pages.flatMap(\.ids).map(\.sequence.rawValue) == [3, 6, 7, 9])
  }

  @Test(arguments: StorageKind.allCases)
  func `an account's room ends with a refusal, not an error`(_ kind: StorageKind) async throws {
    var limits = ServerLimits()
    limits.accountBytesMax = 1_000
    let server = try await TestServer(kind, limits: limits)
    let session = try await server.session()
    let make = SampleOperations(account: session.account)
    let answer = try await server.push(
      (1...3).map {
        make.envelope(device: 1, sequence: $0, milliseconds: Self.now, byteCount: 400)
      }, session)
    #expect(answer.reasons == [.quota])
    #expect(answer.answer.heads.map(\.sequences.gapless) == [Sequence(2)])
  }

  @Test(arguments: StorageKind.allCases)
  func `an unreadable operation is named and takes nobody with it`(
    _ kind: StorageKind
  ) async throws {
    let server = try await TestServer(kind)
    let session = try await server.session()
    let make = SampleOperations(account: session.account)
    var message = make.envelope(device: 1, sequence: 1, milliseconds: Self.now).message
    message.header.append(0)
    var request = WireSyncRequest()
    request.operations = [
      message, WireEnvelope(),
      make.envelope(device: 1, sequence: 2, milliseconds: Self.now).message,
      make.envelope(device: 2, sequence: 1, milliseconds: Self.now).message,
    ]
    let read = try #require(SyncRequest(request, account: session.account))
    let answer = try await server.exchange(read, session)
    #expect(
      answer.answer.refusals == [
        Refusal(device: 1, sequence: 1, reason: .malformed),
        Refusal(device: 0, sequence: 0, reason: .malformed),
        Refusal(device: 1, sequence: 2, reason: .gap),
      ])
    #expect(answer.answer.heads.map(\.device.rawValue) == [2])
  }

  @Test(arguments: StorageKind.allCases)
  func `an ended session is told so, and stores nothing`(_ kind: StorageKind) async throws {
    let server = try await TestServer(kind)
    let session = try await server.session()
    try await server.accounts.deleteSession(session)
    var request = SyncRequest()
    request.operations = [
      PushedOperation(
        SampleOperations(account: session.account)
          .envelope(device: 1, sequence: 1, milliseconds: Self.now))
    ]
    guard case .unauthorized = try await server.sync.sync(request, session: session) else {
      Issue.record("answered without a session")
      return
    }
    #expect(try await server.accounts.accounts().map(\.operationCount) == [0])
  }

  @Test(arguments: StorageKind.allCases)
  func `accounts see nothing of each other, though devices and tags are the same`(
    _ kind: StorageKind
  ) async throws {
    let server = try await TestServer(kind)
    let (ada, bob) = (try await server.session("ada"), try await server.session("bob"))
    let ofAda = SampleOperations(account: ada.account)
      .envelope(device: 1, sequence: 1, milliseconds: Self.now + 5, tags: [1])
    let ofBob = SampleOperations(account: bob.account)
      .envelope(device: 1, sequence: 1, milliseconds: Self.now, tags: [1])
    _ = try await server.push([ofAda], ada)
    _ = try await server.push([ofBob], bob)
    #expect(try await server.pullAll(ada).flatMap(\.operations) == [ofAda])
    #expect(try await server.pullAll(live: true, bob).flatMap(\.operations) == [ofBob])
  }

  @Test(arguments: StorageKind.allCases)
  func `requests of one account at the same time all count once`(
    _ kind: StorageKind
  ) async throws {
    let server = try await TestServer(kind)
    let session = try await server.session()
    let make = SampleOperations(account: session.account)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for device in 1...8 as ClosedRange<UInt64> {
        for _ in 1...2 {
          group.addTask {
            for sequence in 1...10 as ClosedRange<UInt64> {
              let envelope = make.envelope(
                device: device, sequence: sequence,
                milliseconds: Self.now + Int64(sequence * device % 7), tags: [Int(sequence)])
              _ = try await server.push([envelope], session)
            }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await server.accounts.accounts().map(\.operationCount) == [80])
    #expect(try await server.storage.read { try JournalCheck.findings(in: $0) } == [])
    #expect(try await server.pullAll(session).flatMap(\.ids).count == 80)
  }
}
