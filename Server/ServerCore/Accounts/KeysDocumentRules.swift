internal import Foundation
internal import OperationLog
internal import SyncProtocol

/// What a server asks of a keys document, which it keeps and cannot use.
enum KeysDocumentRules {
  private static let sealedBytesMax = 1024

  /// The account's id; `nil` if the document breaks a rule.
  static func accountID(of keys: KeysDocument) -> AccountID? {
    let standard = DerivationParameters.standard
    let parameters = keys.parameters
    guard keys.salt.bytes.count == 16, keys.passphraseLoginKey.bytes.count == 32,
      keys.recoveryLoginKey.bytes.count == 32,
      [keys.passphraseWrap, keys.recoveryWrap, keys.canary].allSatisfy({
        (1...sealedBytesMax).contains($0.bytes.count)
      }),
      parameters.rounds >= standard.rounds, parameters.blockSize >= standard.blockSize,
      parameters.parallelism >= standard.parallelism,
      let account = AccountID(hexadecimal: keys.account), account.description == keys.account
    else { return nil }
    return account
  }

  /// Equal documents, equal bytes.
  static func stored(_ keys: KeysDocument) throws -> StoredKeys {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return StoredKeys(version: keys.version, json: Array(try encoder.encode(keys)))
  }
}
