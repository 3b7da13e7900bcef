import OperationLog
import ServerCore
import SyncProtocol
import TestSupport
import Testing

/// What is noted of the operations, and contradicts them.
@Suite struct JournalRepairTests {
  /// What a disk may have done to a row.
  enum Accident: CaseIterable, Sendable {
    case fewerSequences, moreSequences, noSequences, otherDevice
    case lostRegister, wrongWinner, beatenWinner, foreignWinner, heldCount, stateDigest, counts
  }

  @Test(arguments: StorageKind.allCases, Accident.allCases)
  func `is put right by a repair`(_ kind: StorageKind, _ accident: Accident) async throws {
    let server = try await TestServer(kind)
    let session = try await server.session()
    let before = try await server.push(DamageTests.envelopes(session), session).answer
    try await server.happen(accident)
    #expect(try await server.storage.read { try JournalCheck.findings(in: $0) } != [])
    #expect(try await server.storage.repair() != [])
    #expect(try await server.storage.read { try JournalCheck.findings(in: $0) } == [])
    let answer = try await server.exchange(SyncRequest(), session)
    #expect(answer.operations.count == 4 && answer.answer.corrections == [])
    #expect(answer.answer.heads == before.heads)
    #expect(answer.answer.stateDigest == before.stateDigest)
    #expect(try await server.storage.repair() == [])
  }

  @Test(
    arguments: StorageKind.allCases,
    [Accident.fewerSequences, .moreSequences, .noSequences, .otherDevice])
  func `is put right by the next request when it is a device's`(
    _ kind: StorageKind, _ accident: Accident
  ) async throws {
    for pushes in [false, true] {
      let server = try await TestServer(kind)
      let session = try await server.session()
      let envelopes = DamageTests.envelopes(session)
      let before = try await server.push(envelopes, session).answer
      try await server.happen(accident)
      let answer =
        pushes
        ? try await server.push(envelopes, rebuild: true, session).answer
        : try await server.exchange(SyncRequest(), session).answer
      #expect(answer.heads == before.heads && answer.stateDigest == before.stateDigest)
      #expect(answer.refusals.isEmpty && answer.damagedCount == 0)
      #expect(!answer.corrections.isEmpty)
      #expect(try await server.storage.read { try JournalCheck.findings(in: $0) } == [])
    }
  }

  /// The winner that is noted would be beaten, and what it had be taken from the wrong sum.
  @Test(arguments: StorageKind.allCases, [Accident.wrongWinner, .foreignWinner])
  func `is put right by who writes a register that somebody holds wrongly`(
    _ kind: StorageKind, _ accident: Accident
  ) async throws {
    let server = try await TestServer(kind)
    let session = try await server.session()
    _ = try await server.push(DamageTests.envelopes(session), session)
    try await server.happen(accident)
    let next = SampleOperations(account: session.account).envelope(
      device: 2, sequence: 2, milliseconds: SyncTests.now + 4, tags: [1])
    let answer = try await server.push([next], session).answer
    #expect(answer.refusals.isEmpty && !answer.corrections.isEmpty)
    #expect(try await server.storage.read { try JournalCheck.findings(in: $0) } == [])
  }

  /// The first of its device's operations, one between, the last.
  @Test(arguments: StorageKind.allCases, 0..<3)
  func `an operation that is not there counts as lost, and comes back from who has it`(
    _ kind: StorageKind, _ index: Int
  ) async throws {
    for noticedByPush in [false, true] {
      let server = try await TestServer(kind)
      let session = try await server.session()
      let envelopes = DamageTests.envelopes(session)
      let before = try await server.push(envelopes, session).answer
      try await server.change { transaction, _, device in
        try transaction.removeOperation(
          OperationKey(device.slot, Sequence(UInt64(index + 1))))
      }
      if !noticedByPush {
        let found = try await server.exchange(SyncRequest(), session)
        #expect(found.operations.count == 3)
        let sequences = try #require(found.answer.heads.first).sequences
        #expect(sequences.contains(Sequence(3)) == (index < 2))
        #expect(sequences.hasGap == (index < 2))
      }
      let healed = try await server.push(envelopes, rebuild: true, session).answer
      #expect(healed.refusals.isEmpty)
      #expect(healed.heads == before.heads && healed.stateDigest == before.stateDigest)
      #expect(try await server.exchange(SyncRequest(), session).operations.count == 4)
      #expect(try await server.storage.read { try JournalCheck.findings(in: $0) } == [])
    }
  }

  /// The phases of an answer in pages each pass over operations of the other.
  @Test(arguments: StorageKind.allCases, 0..<3)
  func `an operation that is not there is missed by who restores`(
    _ kind: StorageKind, _ index: Int
  ) async throws {
    let server = try await TestServer(kind)
    let session = try await server.session()
    let envelopes = DamageTests.envelopes(session)
    _ = try await server.push(envelopes, session)
    try await server.change { transaction, _, device in
      try transaction.removeOperation(OperationKey(device.slot, Sequence(UInt64(index + 1))))
    }
    let pages = try await server.pullAll(live: true, session)
    #expect(Set(pages.flatMap(\.ids)).count == 3)
    let head = try #require(pages.last?.answer.heads.first)
    #expect(!head.sequences.contains(Sequence(UInt64(index + 1))))
  }

  @Test(arguments: StorageKind.allCases)
  func `operations that lie under other names are put back`(_ kind: StorageKind) async throws {
    let server = try await TestServer(kind)
    let session = try await server.session()
    let envelopes = DamageTests.envelopes(session)
    let before = try await server.push(envelopes, session).answer
    try await server.change { transaction, _, device in
      let keys = (1...2).map { OperationKey(device.slot, Sequence($0)) }
      let operations = try keys.map { try #require(try transaction.operation($0)) }
      for key in keys { try transaction.removeOperation(key) }
      try transaction.addOperation(operations[0], at: keys[1])
      try transaction.addOperation(operations[1], at: keys[0])
    }
    let answer = try await server.exchange(SyncRequest(), session)
    #expect(answer.answer.heads == before.heads)
    #expect(answer.answer.stateDigest == before.stateDigest)
    #expect(answer.operations.count == 4 && answer.answer.damagedCount == 0)
    #expect(try await server.storage.read { try JournalCheck.findings(in: $0) } == [])
  }

  @Test func `nothing is put right where nothing is wrong`() async throws {
    let server = try await TestServer(.inMemory)
    let session = try await server.session()
    _ = try await server.push(DamageTests.envelopes(session), session)
    #expect(try await server.storage.repair() == [])
  }
}

extension TestServer {
  fileprivate func happen(_ accident: JournalRepairTests.Accident) async throws {
    try await change { transaction, account, device in
      let tag = SampleOperations.tag(1)
      var journal = try transaction.journal(of: account) ?? StoredJournal()
      func setWinner(_ sequence: UInt64, of tag: RegisterTag) throws {
        let key = OperationKey(device.slot, Sequence(sequence))
        let timestamp = try transaction.operation(key)?.timestamp ?? .zero
        try transaction.setWinner(
          StoredWinner(operation: key, timestamp: timestamp), of: tag, in: account)
      }
      switch accident {
      case .fewerSequences:
        try transaction.setSequences(KnownSequences(gapless: Sequence(2)), of: device.slot)
      case .moreSequences:
        try transaction.setSequences(KnownSequences(gapless: Sequence(9)), of: device.slot)
      case .noSequences:
        try transaction.setSequences(KnownSequences(), of: device.slot)
      case .otherDevice:
        try transaction.setDevice(DeviceID(rawValue: 77), at: device.slot, of: account)
      case .lostRegister: try transaction.setWinner(nil, of: tag, in: account)
      case .wrongWinner: try setWinner(3, of: tag)
      case .beatenWinner: try setWinner(1, of: tag)
      case .foreignWinner:
        try transaction.setWinner(
          StoredWinner(
            operation: OperationKey(DeviceSlot(rawValue: 99), .first), timestamp: .zero),
          of: tag, in: account)
      case .heldCount:
        try transaction.changeHeldCount(of: OperationKey(device.slot, .first), by: 1)
      case .stateDigest:
        journal.stateDigest = StateDigest()
        try transaction.setJournal(journal, of: account)
      case .counts:
        journal.operationCount += 1
        try transaction.setJournal(journal, of: account)
      }
    }
  }

  /// - Parameter body: gets the device with the three operations.
  fileprivate func change(
    _ body: @Sendable @escaping (any StorageWriting, AccountSlot, StoredDevice) throws -> Void
  ) async throws {
    try await storage.write { transaction in
      let account = try #require(try transaction.accounts().first).slot
      let device = try transaction.devices(of: account).first { $0.id == DeviceID(rawValue: 1) }
      try body(transaction, account, try #require(device))
    }
  }
}
