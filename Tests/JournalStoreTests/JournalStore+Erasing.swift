import Foundation
import JournalModel
import JournalSealing
import OperationLog
import TestSupport
import Testing

@testable import JournalStore

/// Two journals of one account.
func copiesOfAJournal(in folder: URL) throws -> (JournalStore, JournalStore) {
  let first = try TestMachine("first").open(folder.appendingPathComponent("first"))
  let second = try TestMachine("second").open(folder.appendingPathComponent("second"))
  _ = try second.join(account: try first.account, key: try first.accountKey())
  return (first, second)
}

extension JournalStore {
  func acceptAll() throws {
    let own = try known().filter(\.isOwn)
    try markAccepted(
      Dictionary(uniqueKeysWithValues: own.map { ($0.device, $0.sequences.last) }))
  }

  /// The last operation of this device.
  func newest() throws -> OpenedOperation? {
    let device = try device
    guard let last = try known().first(where: { $0.device == device })?.sequences.last
    else { return nil }
    let keys = try keys
    return try operations(of: device, last...last, limitOperations: 1, limitBytes: .max).first
      .map { OpenedOperation(operation: $0, change: try keys.open(payloadOf: $0)) }
  }
}
