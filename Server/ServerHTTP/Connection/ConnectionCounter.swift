internal import ServerCore
internal import Synchronization

/// Counts the open connections of each address, so that one cannot take them all.
final class ConnectionCounter: Sendable {
  private let perAddressMax: Int
  private let countByAddress = Mutex<[ClientAddress: Int]>([:])

  init(perAddressMax: Int) {
    self.perAddressMax = perAddressMax
  }

  /// Whether the address may have one connection more; if so, it has until `release`.
  func admit(_ address: ClientAddress) -> Bool {
    countByAddress.withLock { counts in
      guard counts[address, default: 0] < perAddressMax else { return false }
      counts[address, default: 0] += 1
      return true
    }
  }

  func release(_ address: ClientAddress) {
    countByAddress.withLock { counts in
      let count = counts[address, default: 0] - 1
      counts[address] = count > 0 ? count : nil
    }
  }
}
