internal import OperationLog

/// The devices of an account, by either of their names, as a transaction sees and changes them.
struct DeviceTable {
  private(set) var devicesByID: [DeviceID: StoredDevice] = [:]
  private var idsBySlot: [DeviceSlot: DeviceID] = [:]

  init(_ devices: [StoredDevice]) {
    for device in devices { self[device.id] = device }
  }

  subscript(id: DeviceID) -> StoredDevice? {
    get { devicesByID[id] }
    set {
      devicesByID[id] = newValue
      if let newValue { idsBySlot[newValue.slot] = id }
    }
  }

  var ascending: [StoredDevice] { devicesByID.values.sorted { $0.id < $1.id } }

  /// `nil` only if the storage is damaged.
  func id(of key: OperationKey) -> OperationID? {
    idsBySlot[key.device].map { OperationID(device: $0, sequence: key.sequence) }
  }

  /// What the storage keeps of a winner, as the rule compares it. Throws `DamagedJournal` if its
  /// device is not there.
  func stamp(of winner: StoredWinner) throws -> Stamp {
    guard let id = id(of: winner.operation) else {
      throw DamagedJournal()
    }
    return Stamp(timestamp: winner.timestamp, id: id)
  }
}
