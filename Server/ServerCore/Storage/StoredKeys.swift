internal import Foundation
package import OperationLog
internal import SyncProtocol

/// A keys document as kept: its version, and itself as JSON.
package struct StoredKeys: Hashable, Sendable {
  package let version: Int
  package let json: [UInt8]
  /// `RowChecksum` of the two as they were given to keep.
  package let checksum: Int64

  package init(version: Int, json: [UInt8]) {
    self.init(version: version, json: json, checksum: RowChecksum.of(version: version, json: json))
  }

  package init(version: Int, json: [UInt8], checksum: Int64) {
    self.version = version
    self.json = json
    self.checksum = checksum
  }

  /// Whether the disk has left them as they were.
  package var isSound: Bool { checksum == RowChecksum.of(version: version, json: json) }

  /// Whose they are; `nil` if they are damaged.
  package var account: AccountID? {
    (try? document()).flatMap(KeysDocumentRules.accountID)
  }

  /// Throws `DamagedKeys`.
  func document() throws -> KeysDocument {
    guard isSound else { throw DamagedKeys() }
    return try JSONDecoder().decode(KeysDocument.self, from: Data(json))
  }

  /// Whether these are those, as they were before the disk damaged them: one flip spares the
  /// document or its checksum.
  func were(_ sound: StoredKeys) -> Bool {
    checksum == sound.checksum || (version == sound.version && json == sound.json)
  }
}

/// An account's keys document is not what the storage was given to keep.
package struct DamagedKeys: Error {}
