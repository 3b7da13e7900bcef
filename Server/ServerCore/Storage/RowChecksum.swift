private import Crypto
package import OperationLog

/// By what a row that a storage keeps shows that the disk has changed it: the first 8 bytes of the
/// SHA-256 of its columns, as a signed number.
///
/// It finds accidents, not attackers.
package enum RowChecksum {
  package static func of(_ journal: StoredJournal) -> Int64 {
    var bytes: [UInt8] = []
    for count in [journal.operationCount, journal.byteCount, journal.erasedCount] {
      bytes.append(bigEndian: UInt64(bitPattern: Int64(count)))
    }
    bytes.append(bigEndian: journal.greatestTimestamp.rawValue)
    return of(bytes + journal.stateDigest.bytes)
  }

  /// Of what an account goes by.
  package static func of(_ id: AccountID, name: String) -> Int64 {
    of(id.bytes + Array(name.utf8))
  }

  /// Of a keys document.
  static func of(version: Int, json: [UInt8]) -> Int64 {
    var bytes: [UInt8] = []
    bytes.append(bigEndian: UInt64(bitPattern: Int64(version)))
    return of(bytes + json)
  }

  private static func of(_ bytes: [UInt8]) -> Int64 {
    SHA256.hash(data: bytes).withUnsafeBytes {
      Int64(bigEndian: $0.loadUnaligned(as: Int64.self))
    }
  }
}
