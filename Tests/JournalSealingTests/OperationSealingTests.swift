import Crypto
import JournalModel
import OperationLog
import SyncProtocol
import Testing

@testable import JournalSealing

struct OperationSealingTests {
  @Test func `a sealed operation opens to the same bytes`() throws {
    let samples = try Samples()
    for change in [samples.mood, samples.entry] {
      let operation = try samples.operation(change)
      let opened = try samples.keys.open(try samples.keys.seal(operation))
      #expect(opened.operation == operation)
      #expect(opened.change == Samples.canonical(change))
      #expect(samples.keys.verify(operation))
    }
  }

  @Test func `sealing again gives the same bytes`() throws {
    let samples = try Samples()
    let operation = try samples.operation(samples.mood)
    let again = JournalKeys(accountKey: samples.accountKey, account: samples.account)
    #expect(try samples.keys.seal(operation) == again.seal(operation))
  }

  @Test func `an erase names what it erases and writes nothing`() throws {
    let samples = try Samples()
    let erase = try samples.erase()
    #expect(erase.header.tags.isEmpty)
    #expect(erase.header.erased.map(\.id.sequence) == [Sequence(3), Sequence(4)])
    let opened = try samples.keys.open(try samples.keys.seal(erase))
    #expect(opened.change?.record == samples.record)
    #expect(opened.change?.writes == [])
  }

  @Test func `a stub passes unread`() throws {
    let samples = try Samples()
    let stub = StoredOperation(header: try samples.operation(samples.mood).header.stub, payload: [])
    let envelope = try samples.keys.seal(stub)
    #expect(envelope.isStub)
    let opened = try samples.keys.open(envelope)
    #expect(opened.operation == stub && opened.change == nil)
    #expect(!samples.keys.verify(stub))
    #expect(throws: OperationRefusal(samples.id, .isStub)) {
      try samples.keys.open(payloadOf: stub)
    }
  }

  @Test func `a stub with tags is refused`() throws {
    let samples = try Samples()
    let header = try samples.operation(samples.mood).header
    #expect(throws: OperationRefusal(samples.id, .malformedStub)) {
      try samples.keys.open(Envelope(header: header, sealed: []))
    }
  }

  @Test func `every flipped bit of an envelope is noticed`() throws {
    let samples = try Samples()
    let envelope = try samples.keys.seal(try samples.operation(samples.mood))
    let headerBytes = envelope.header.wireBytes
    let bytes = headerBytes + envelope.sealed
    for bit in 0..<(bytes.count * 8) {
      var flipped = bytes
      flipped[bit / 8] ^= 1 << UInt8(bit % 8)
      guard
        let header = OperationHeader(
          wireBytes: flipped.prefix(headerBytes.count), account: samples.account)
      else { continue }
      let changed = Envelope(header: header, sealed: Array(flipped.dropFirst(headerBytes.count)))
      #expect(throws: OperationRefusal.self, "bit \(bit)") { try samples.keys.open(changed) }
    }
  }

  @Test func `an envelope cut short or made longer is refused`() throws {
    let samples = try Samples()
    let envelope = try samples.keys.seal(try samples.operation(samples.mood))
    for count in 1..<envelope.sealed.count {
      let cut = Envelope(header: envelope.header, sealed: Array(envelope.sealed.prefix(count)))
      #expect(throws: OperationRefusal(samples.id, .notAuthentic)) { try samples.keys.open(cut) }
    }
    #expect(throws: OperationRefusal(samples.id, .notAuthentic)) {
      try samples.keys.open(Envelope(header: envelope.header, sealed: envelope.sealed + [0]))
    }
  }

  @Test func `another key or another account opens nothing`() throws {
    let samples = try Samples()
    let envelope = try samples.keys.seal(try samples.operation(samples.mood))
    let otherKey = try #require(AccountKey([UInt8](repeating: 1, count: 32)))
    let stranger = JournalKeys(accountKey: otherKey, account: samples.account)
    #expect(throws: OperationRefusal(samples.id, .notAuthentic)) { try stranger.open(envelope) }

    let otherAccount = try #require(AccountID([UInt8](repeating: 1, count: 16)))
    let elsewhere = JournalKeys(accountKey: samples.accountKey, account: otherAccount)
    #expect(throws: OperationRefusal(samples.id, .otherAccount(samples.account))) {
      try elsewhere.open(envelope)
    }
    var moved = envelope
    moved.header.account = otherAccount
    #expect(throws: OperationRefusal(samples.id, .notAuthentic)) { try elsewhere.open(moved) }
  }

  @Test func `a payload under the header of another operation is refused`() throws {
    let samples = try Samples()
    let mood = try samples.operation(samples.mood)
    let entry = try samples.operation(samples.entry)
    let swapped = StoredOperation(header: entry.header, payload: mood.payload)
    #expect(!samples.keys.verify(swapped))
    #expect(throws: OperationRefusal(samples.id, .wrongDigest)) {
      try samples.keys.open(payloadOf: swapped)
    }
    let sealed = try samples.keys.seal(mood).sealed
    #expect(throws: OperationRefusal(samples.id, .notAuthentic)) {
      try samples.keys.open(Envelope(header: entry.header, sealed: sealed))
    }
    // Sealed by who holds the key, under a header that is not the payload's.
    #expect(throws: OperationRefusal(samples.id, .wrongDigest)) {
      try samples.keys.open(try samples.keys.seal(swapped))
    }
  }

  /// Who holds the key could seal anything: what does not fit together is refused all the same.
  @Test func `tags other than those of the writes are refused`() throws {
    let samples = try Samples()
    let good = try samples.operation(samples.mood)
    let foreign = samples.keys.tag(of: samples.record, register: RegisterName("elsewhere"))
    for tags in [
      [], Array(good.header.tags.dropLast()), (good.header.tags + [foreign]).sorted(),
      (good.header.tags.dropFirst() + [foreign]).sorted(),
    ] {
      var forged = good
      forged.header.tags = tags
      forged.header.digest = samples.keys.digest(of: forged.header, payload: forged.payload)
      #expect(throws: OperationRefusal(samples.id, .wrongTags)) {
        try samples.keys.open(try samples.keys.seal(forged))
      }
    }
  }

  @Test func `an operation that writes and erases, or neither, is refused`() throws {
    let samples = try Samples()
    var both = try samples.operation(samples.mood)
    both.header.erased = try samples.erase().header.erased
    both.header.digest = samples.keys.digest(of: both.header, payload: both.payload)
    var neither = try samples.erase()
    neither.header.erased = []
    neither.header.digest = samples.keys.digest(of: neither.header, payload: neither.payload)
    for forged in [both, neither] {
      #expect(throws: OperationRefusal(samples.id, .neitherWriteNorErase)) {
        try samples.keys.open(try samples.keys.seal(forged))
      }
    }
  }

  @Test func `the sealing key is HKDF-Expand of the journal key`() throws {
    let samples = try Samples()
    let headerBytes = try samples.operation(samples.mood).header.bytes
    let journalKey = HKDF<SHA256>.deriveKey(
      inputKeyMaterial: SymmetricKey(data: samples.accountKey.bytes), salt: samples.account.bytes,
      info: Array("ebb/journal/1".utf8), outputByteCount: 32)
    let material = HKDF<SHA256>.expand(
      pseudoRandomKey: journalKey, info: Array("ebb/op/1".utf8) + headerBytes, outputByteCount: 44)
    let (key, nonce) = try samples.keys.sealingKey(headerBytes: headerBytes)
    #expect(
      material.withUnsafeBytes(Array.init) == key.withUnsafeBytes(Array.init) + Array(nonce))
  }

  @Test func `several open in order, and the first bad one is named`() throws {
    let samples = try Samples()
    let envelopes = try (1...3).map { sequence in
      try samples.keys.seal(
        try samples.keys.makeOperation(
          samples.mood, id: OperationID(device: samples.id.device, sequence: Sequence(sequence)),
          timestamp: samples.timestamp))
    }
    #expect(
      try samples.keys.open(envelopes).map(\.operation.header) == envelopes.map(\.header))
    var broken = envelopes
    broken[1].sealed[0] ^= 1
    #expect(throws: OperationRefusal(envelopes[1].header.id, .notAuthentic)) {
      try samples.keys.open(broken)
    }
  }
}
