internal import Crypto
internal import Foundation
package import JournalModel
package import OperationLog

/// What seals and opens the operations of one account. Made once, cheap to keep and to copy, and
/// may be used from several threads at once.
///
/// | key | HKDF-SHA256 of the account key, salt: the account id, info |
/// |---|---|
/// | tag key | `ebb/tag/1` |
/// | digest key | `ebb/digest/1` |
/// | journal key | `ebb/journal/1` |
///
/// What must never change: every operation ever made needs these.
package struct JournalKeys: Sendable, Secret {
  package let account: AccountID
  private let tagHash: KeyedHash
  private let digestHash: KeyedHash
  private let journalHash: KeyedHash

  package init(accountKey: AccountKey, account: AccountID) {
    self.account = account
    let derivation = KeyDerivation(secret: accountKey.bytes, account: account)
    tagHash = KeyedHash(key: derivation.key("ebb/tag/1"))
    digestHash = KeyedHash(key: derivation.key("ebb/digest/1"))
    journalHash = KeyedHash(key: derivation.key("ebb/journal/1"))
  }

  /// What the server sees of a register: HMAC-SHA256 of record and name, cut to 12 bytes.
  package func tag(of record: RecordID, register: RegisterName) -> RegisterTag {
    var hash = tagHash
    hash.update(record.bytes)
    var name = register.rawValue
    name.withUTF8 { hash.update(UnsafeRawBufferPointer($0)) }
    return hash.finalize().prefixed()
  }

  /// The tags of a change's writes, ascending.
  func tags(of change: RecordChange) -> [RegisterTag] {
    change.writes.map { tag(of: change.record, register: $0.register) }.sorted()
  }

  /// The first 16 bytes of HMAC-SHA256 of the header without its digest, and the payload.
  func digest(of header: OperationHeader, payload: [UInt8]) -> OperationDigest {
    var hash = digestHash
    hash.update(header.bytesWithoutDigest)
    hash.update(payload)
    return hash.finalize().prefixed()
  }

  /// HKDF-Expand of the journal key to 44 bytes, info `ebb/op/1` and the header: the AES key and
  /// the nonce of this operation and no other.
  func sealingKey(headerBytes: [UInt8]) throws -> (key: SymmetricKey, nonce: AES.GCM.Nonce) {
    var hash = journalHash
    hash.update(Self.sealingInfo)
    hash.update(headerBytes)
    hash.update(1 as UInt8)
    let first = hash.finalize()
    hash = journalHash
    hash.update(first)
    hash.update(Self.sealingInfo)
    hash.update(headerBytes)
    hash.update(2 as UInt8)
    let nonce = try AES.GCM.Nonce(
      data: hash.finalize().withUnsafeBytes { [UInt8](UnsafeRawBufferPointer(rebasing: $0[..<12])) }
    )
    return (SymmetricKey(data: first), nonce)
  }

  private static let sealingInfo = Array("ebb/op/1".utf8)
}

extension JournalKeys {
  /// Whether header and payload of an operation belong together and to this account.
  ///
  /// False for a stub, which has nothing left to verify.
  package func verify(_ operation: StoredOperation) -> Bool {
    operation.header.account == account && !operation.isStub
      && digest(of: operation.header, payload: operation.payload) == operation.header.digest
  }
}
