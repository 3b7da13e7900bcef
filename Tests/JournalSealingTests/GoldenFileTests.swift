import Crypto
import JournalModel
import OperationLog
import SyncProtocol
import Testing

@testable import JournalSealing

// What was once written is read for ever. A golden file is never made anew: a new form of a format
// gets a file of its own beside it.
struct GoldenFileTests {
  @Test func `a plain payload`() throws {
    let golden = try GoldenFile("payload-plain").bytes
    let mood = try Samples().mood
    #expect(golden[0] == 0)
    #expect(try PayloadCoding.decode(golden) == Samples.canonical(mood))
  }

  @Test func `a deflated payload`() throws {
    let golden = try GoldenFile("payload-deflated").bytes
    #expect(golden[0] == 1)
    #expect(try PayloadCoding.decode(golden) == Samples.canonical(try Samples().entry))
  }

  @Test func `a payload with a value of a case of a later version`() throws {
    let golden = try GoldenFile("payload-unknown-case").bytes
    let seen = OperationID(device: DeviceID(rawValue: 3), sequence: Sequence(9))
    #expect(
      try PayloadCoding.decode(golden)
        == RecordChange(
          record: Samples().record, kind: .mood,
          writes: [RegisterWrite("score", .unknown, seen: [seen])]))
  }

  @Test func `a payload with fields of a later version`() throws {
    let golden = try GoldenFile("payload-unknown-field").bytes
    #expect(
      try PayloadCoding.decode(golden)
        == RecordChange(
          record: Samples().record, kind: RecordKind(rawValue: "dream"),
          writes: [RegisterWrite("depth", .integer(-3))]))
  }

  @Test func `a header`() throws {
    let samples = try Samples()
    let golden = try GoldenFile("header").bytes
    let wire = golden[..<1] + golden[17...]
    let header = try #require(OperationHeader(wireBytes: wire, account: samples.account))
    #expect(header.bytes == golden)
    var made = try samples.operation(samples.mood).header
    // It is of the payload, which another version may deflate otherwise.
    made.digest = header.digest
    #expect(header == made)
  }

  @Test(arguments: ["envelope-mood", "envelope-entry", "envelope-erase"])
  func `a sealed operation`(name: String) throws {
    let samples = try Samples()
    let golden = try GoldenFile(name).bytes
    // Format, device, sequence, timestamp; then the numbers of tags and of erased operations.
    let (tagCount, erasedCount) = (Int(golden[26]), Int(golden[30]))
    let headerCount = 31 + tagCount * 12 + erasedCount * 32 + 16
    let header = try #require(
      OperationHeader(wireBytes: golden.prefix(headerCount), account: samples.account))
    let envelope = Envelope(header: header, sealed: Array(golden.dropFirst(headerCount)))
    let opened = try samples.keys.open(envelope)
    #expect(try samples.keys.seal(opened.operation) == envelope)
    switch name {
    case "envelope-mood": #expect(opened.change == Samples.canonical(samples.mood))
    case "envelope-entry": #expect(opened.change == Samples.canonical(samples.entry))
    default: #expect(header.erased == (try samples.erased.sorted { $0.id < $1.id }))
    }
  }

  /// With the real parameters of scrypt.
  @Test func `a keys document`() throws {
    let samples = try Samples()
    let golden = try GoldenFile.keysDocument()
    #expect(golden.parameters == .standard)
    let passphrase = try RootKey(
      passphrase: try Passphrase("Nähe und Weite 💛"), account: samples.account,
      salt: golden.salt.bytes, parameters: golden.parameters)
    let recovery = RootKey(
      recoveryCode: try RecoveryCode(parsing: try GoldenFile("recovery-code").text),
      account: samples.account)
    #expect(try passphrase.loginKey.publicKey == golden.passphraseLoginKey.bytes)
    #expect(try recovery.loginKey.publicKey == golden.recoveryLoginKey.bytes)
    for root in [passphrase, recovery] {
      #expect(try KeyRing(unlocking: golden, with: root).accountKey == samples.accountKey)
    }
  }

  @Test func `a recovery code`() throws {
    let text = try GoldenFile("recovery-code").text
    #expect(try RecoveryCode(parsing: text).text == text)
  }

  @Test func `the dictionary of payloads`() throws {
    let golden = try GoldenFile("dictionary").bytes
    #expect(PayloadDictionary.bytes == golden)
  }
}
