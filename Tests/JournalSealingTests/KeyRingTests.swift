import Crypto
import OperationLog
import SyncProtocol
import TestSupport
import Testing

@testable import JournalSealing

struct KeyRingTests {
  @Test func `passphrase and recovery code both give the account key back`() throws {
    let made = try Made()
    #expect(made.ring.document.version == 1)
    #expect(
      try KeyRing(unlocking: made.ring.document, with: made.passphrase).accountKey
        == made.samples.accountKey)
    #expect(
      try KeyRing(unlocking: made.ring.document, with: made.recovery).accountKey
        == made.samples.accountKey)
  }

  @Test func `a wrong passphrase or recovery code is told as such`() throws {
    let made = try Made()
    #expect(throws: KeysError.wrongSecret(.passphrase)) {
      try KeyRing(unlocking: made.ring.document, with: try made.root("wrong"))
    }
    var generator = SeededGenerator(seed: 99)
    let code = RecoveryCode.random(using: &generator)
    #expect(throws: KeysError.wrongSecret(.recovery)) {
      try KeyRing(
        unlocking: made.ring.document,
        with: RootKey(recoveryCode: code, account: made.samples.account))
    }
  }

  @Test func `a new passphrase opens the next version, and the old one does not`() throws {
    let made = try Made()
    let new = try made.root("far and near", salt: 9)
    let next = try made.ring.replacing(with: new).document
    #expect(next.version == 2)
    #expect(next.salt.bytes == [UInt8](repeating: 9, count: 16))
    #expect(next.recoveryWrap == made.ring.document.recoveryWrap)
    #expect(try KeyRing(unlocking: next, with: new).accountKey == made.samples.accountKey)
    #expect(try KeyRing(unlocking: next, with: made.recovery).document == next)
    #expect(throws: KeysError.wrongSecret(.passphrase)) {
      try KeyRing(unlocking: next, with: made.passphrase)
    }
  }

  @Test func `a new recovery code opens the next version, and the old one does not`() throws {
    let made = try Made()
    var generator = SeededGenerator(seed: 5)
    let new = RootKey(
      recoveryCode: .random(using: &generator), account: made.samples.account)
    let next = try made.ring.replacing(with: new).document
    #expect(next.version == 2)
    #expect(next.salt == made.ring.document.salt)
    #expect(try KeyRing(unlocking: next, with: new).accountKey == made.samples.accountKey)
    #expect(try KeyRing(unlocking: next, with: made.passphrase).document == next)
    #expect(throws: KeysError.wrongSecret(.recovery)) {
      try KeyRing(unlocking: next, with: made.recovery)
    }
  }

  @Test func `a document changed by anybody without the key is noticed`() throws {
    let made = try Made()
    let other = try made.ring.replacing(with: try made.root("other", salt: 8)).document
    func check(_ change: (inout KeysDocument) -> Void) {
      var document = made.ring.document
      change(&document)
      #expect(document != made.ring.document)
      #expect(throws: KeysError.wrongAccountKey) {
        try KeyRing(
          checking: document, accountKey: made.samples.accountKey, account: made.samples.account)
      }
    }
    check { $0.version = 2 }
    check { $0.salt = other.salt }
    check { $0.parameters.rounds *= 2 }
    check { $0.passphraseLoginKey = other.passphraseLoginKey }
    check { $0.recoveryLoginKey = other.passphraseLoginKey }
    check { $0.passphraseWrap = other.passphraseWrap }
    check { $0.recoveryWrap = other.passphraseWrap }
    check { $0.canary = other.canary }
    check { $0.canary = Base64Bytes([]) }
  }

  @Test func `a document of another account or key is refused`() throws {
    let made = try Made()
    let account = try #require(AccountID([UInt8](repeating: 1, count: 16)))
    #expect(throws: KeysError.otherAccount) {
      try KeyRing(
        checking: made.ring.document, accountKey: made.samples.accountKey, account: account)
    }
    #expect(throws: KeysError.otherAccount) {
      try KeyRing(
        unlocking: made.ring.document, with: try made.root("closer", account: account))
    }
    let key = try #require(AccountKey([UInt8](repeating: 1, count: 32)))
    #expect(throws: KeysError.wrongAccountKey) {
      try KeyRing(checking: made.ring.document, accountKey: key, account: made.samples.account)
    }
  }

  @Test func `malformed documents are refused`() throws {
    let made = try Made()
    func check(_ change: (inout KeysDocument) -> Void) {
      var document = made.ring.document
      change(&document)
      #expect(throws: KeysError.malformedDocument) {
        try KeyRing(
          checking: document, accountKey: made.samples.accountKey, account: made.samples.account)
      }
    }
    check { $0.version = 0 }
    check { $0.version = .max }
    check { $0.salt.bytes.removeLast() }
    check { $0.passphraseLoginKey.bytes.append(0) }
    check { $0.recoveryLoginKey.bytes = [] }
    check { $0.passphraseWrap.bytes.append(0) }
    check { $0.recoveryWrap.bytes.removeLast() }
  }

  @Test func `the wrap of the passphrase is not that of the recovery code`() throws {
    let made = try Made()
    var document = made.ring.document
    swap(&document.passphraseWrap, &document.recoveryWrap)
    #expect(throws: KeysError.wrongSecret(.passphrase)) {
      try KeyRing(unlocking: document, with: made.passphrase)
    }
  }

  @Test(arguments: [LoginSignature.Purpose.createSession, .putKeys, .deleteAccount])
  func `a login is signed for one purpose, server, account and challenge`(
    purpose: LoginSignature.Purpose
  ) throws {
    let made = try Made()
    let login = try made.passphrase.loginKey
    #expect(login.publicKey == made.ring.document.passphraseLoginKey.bytes)
    let signed = try login.sign([1, 2, 3], purpose: purpose, serverName: "ebb.example")
    #expect(signed.account == made.samples.account.description)
    #expect(signed.key == .passphrase && signed.serverName == "ebb.example")
    let key = try Curve25519.Signing.PublicKey(rawRepresentation: login.publicKey)
    let message = LoginSignature.message(
      purpose: purpose, serverName: "ebb.example", account: made.samples.account.bytes,
      challenge: [1, 2, 3])
    #expect(key.isValidSignature(signed.signature.bytes, for: message))
    let elsewhere = LoginSignature.message(
      purpose: purpose, serverName: "ebb.invalid", account: made.samples.account.bytes,
      challenge: [1, 2, 3])
    #expect(!key.isValidSignature(signed.signature.bytes, for: elsewhere))
  }

  /// A ring made with a derivation that takes no time.
  private struct Made {
    let samples: Samples
    let passphrase: RootKey
    let recovery: RootKey
    let ring: KeyRing

    init() throws {
      samples = try Samples()
      var generator = SeededGenerator(seed: 1)
      passphrase = try Self.root("closer", salt: 7, account: samples.account)
      recovery = RootKey(
        recoveryCode: .random(using: &generator), account: samples.account)
      ring = try KeyRing(
        making: samples.accountKey, account: samples.account, wrapping: passphrase, and: recovery)
    }

    func root(_ text: String, salt: UInt8 = 7, account: AccountID? = nil) throws -> RootKey {
      try Self.root(text, salt: salt, account: account ?? samples.account)
    }

    private static func root(_ text: String, salt: UInt8, account: AccountID) throws -> RootKey {
      let weak = DerivationParameters(rounds: 16, blockSize: 1, parallelism: 1)
      return try RootKey(
        passphrase: try Passphrase(text), account: account,
        salt: [UInt8](repeating: salt, count: 16), parameters: weak, policy: .weakForTests(weak))
    }
  }
}
