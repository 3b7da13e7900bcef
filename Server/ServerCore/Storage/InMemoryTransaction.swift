internal import OperationLog

/// Works on a copy, which the storage takes over only if nothing was thrown.
final class InMemoryTransaction: StorageWriting {
  private(set) var tables: InMemoryTables

  init(_ tables: InMemoryTables) {
    self.tables = tables
  }

  func value(named name: String) -> [UInt8]? { tables.values[name] }

  func account(_ id: AccountID) -> StoredAccount? {
    tables.accounts.values.first { $0.id == id }
  }

  func account(named name: String) -> StoredAccount? {
    tables.accounts.values.first { $0.name.utf8.elementsEqual(name.utf8) }
  }

  func accounts() -> [StoredAccount] {
    tables.accounts.values.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  func invite(_ hash: SecretHash) -> StoredInvite? { tables.invites[hash] }

  func inviteCount() -> Int { tables.invites.count }

  func installation(withToken hash: SecretHash) -> StoredInstallation? {
    tables.installations.values.first { $0.token == hash }
  }

  func installation(_ id: InstallationID, of account: AccountSlot) -> StoredInstallation? {
    tables.installations[.init(account: account, id: id)]
  }

  func installations(of account: AccountSlot) -> [StoredInstallation] {
    tables.installations.values.filter { $0.account == account }.sorted { $0.id < $1.id }
  }

  func journal(of account: AccountSlot) -> StoredJournal? { tables.journals[account] }

  func devices(of account: AccountSlot) -> [StoredDevice] {
    tables.devices.values.filter { tables.accountsByDevice[$0.slot] == account }
      .sorted { $0.id < $1.id }
  }

  func digest(of operation: OperationKey) -> OperationDigest? {
    self.operation(operation)?.digest
  }

  func operation(_ key: OperationKey) -> StoredOperation? {
    tables.operations[key.device]?[key]
  }

  func operationCount(in range: ClosedRange<OperationKey>) -> Int {
    tables.operations[range.lowerBound.device]?.keys.count { range.contains($0) } ?? 0
  }

  func damagedOperations(of account: AccountSlot) -> [OperationKey] {
    tables.damaged.keys.filter { tables.accountsByDevice[$0.device] == account }.sorted()
  }

  func damagedOperation(_ key: OperationKey) -> StoredOperation? { tables.damaged[key] }

  func strayDevices() -> [DeviceSlot] {
    tables.operations.filter { tables.devices[$0.key] == nil && !$0.value.isEmpty }.map(\.key)
      .sorted { $0.rawValue < $1.rawValue }
  }

  func winner(of tag: RegisterTag, in account: AccountSlot) -> StoredWinner? {
    tables.winners[.init(account: account, tag: tag)]
  }

  func isErased(_ operation: ErasedOperation, in account: AccountSlot) -> Bool {
    tables.erased.contains(.init(account: account, operation: operation))
  }

  func erasedCount(of account: AccountSlot) -> Int {
    tables.erased.count { $0.account == account }
  }

  func forEachOperation(
    in range: ClosedRange<OperationKey>, _ filter: OperationFilter,
    _ body: (OperationView) throws -> Bool
  ) throws {
    let operations = tables.operations[range.lowerBound.device] ?? [:]
    for key in operations.keys.sorted() where range.contains(key) {
      guard let operation = operations[key] else { continue }
      switch filter {
      case .all: break
      case .live: guard operation.heldCount > 0 else { continue }
      case .superseded: guard operation.heldCount == 0 else { continue }
      }
      let goesOn = try operation.envelope.withUnsafeBytes { envelope in
        try body(
          OperationView(
            key: key, timestamp: operation.timestamp, digest: operation.digest,
            heldCount: operation.heldCount, envelope: envelope, checksum: operation.checksum))
      }
      guard goesOn else { return }
    }
  }

  func forEachRegister(
    of account: AccountSlot, _ body: (RegisterTag, StoredWinner) throws -> Void
  ) throws {
    let winners = tables.winners.filter { $0.key.account == account }
    for (key, winner) in winners.sorted(by: { $0.key.tag < $1.key.tag }) {
      try body(key.tag, winner)
    }
  }

  func setValue(_ value: [UInt8], named name: String) { tables.values[name] = value }

  func addAccount(
    _ id: AccountID, name: String, keys: StoredKeys, createdAt: Int64
  ) -> AccountSlot {
    let slot = AccountSlot(rawValue: nextSlot())
    tables.accounts[slot] = StoredAccount(
      slot: slot, id: id, name: name, keys: keys, createdAt: createdAt)
    tables.journals[slot] = StoredJournal()
    return slot
  }

  func setKeys(_ keys: StoredKeys, of account: AccountSlot) {
    guard let old = tables.accounts[account] else { return }
    tables.accounts[account] = StoredAccount(
      slot: account, id: old.id, name: old.name, keys: keys, createdAt: old.createdAt)
  }

  func removeAccount(_ account: AccountSlot) {
    for device in devices(of: account) {
      tables.devices[device.slot] = nil
      tables.operations[device.slot] = nil
      tables.accountsByDevice[device.slot] = nil
      tables.damaged = tables.damaged.filter { $0.key.device != device.slot }
    }
    tables.accounts[account] = nil
    tables.journals[account] = nil
    tables.installations = tables.installations.filter { $0.key.account != account }
    tables.winners = tables.winners.filter { $0.key.account != account }
    tables.erased = tables.erased.filter { $0.account != account }
  }

  func addInvite(_ invite: StoredInvite) { tables.invites[invite.hash] = invite }

  func setInviteUsed(_ hash: SecretHash) {
    guard let invite = tables.invites[hash] else { return }
    tables.invites[hash] = StoredInvite(hash: hash, expiresAt: invite.expiresAt, isUsed: true)
  }

  func removeInvites(expiredBefore time: Int64) {
    tables.invites = tables.invites.filter { $0.value.expiresAt >= time }
  }

  func setInstallation(_ installation: StoredInstallation) {
    tables.installations[.init(account: installation.account, id: installation.id)] = installation
  }

  func setJournal(_ journal: StoredJournal, of account: AccountSlot) {
    tables.journals[account] = journal
  }

  func addDevice(_ id: DeviceID, to account: AccountSlot) -> StoredDevice {
    let device = StoredDevice(
      slot: DeviceSlot(rawValue: nextSlot()), id: id, sequences: KnownSequences())
    tables.devices[device.slot] = device
    tables.accountsByDevice[device.slot] = account
    return device
  }

  func setDevice(_ id: DeviceID, at slot: DeviceSlot, of account: AccountSlot) {
    tables.devices[slot] = StoredDevice(
      slot: slot, id: id, sequences: tables.devices[slot]?.sequences ?? KnownSequences())
    tables.accountsByDevice[slot] = account
  }

  func setSequences(_ sequences: KnownSequences, of device: DeviceSlot) {
    tables.devices[device]?.sequences = sequences
  }

  func addOperation(_ operation: StoredOperation, at key: OperationKey) throws {
    guard self.operation(key) == nil else { throw DamagedJournal() }
    tables.operations[key.device, default: [:]][key] = operation
  }

  func setStub(_ stub: StoredOperation, at key: OperationKey) {
    tables.operations[key.device]?[key] = stub
  }

  func removeOperation(_ key: OperationKey) {
    tables.operations[key.device]?[key] = nil
  }

  func setAside(_ key: OperationKey, of account: AccountSlot) {
    tables.damaged[key] = operation(key)
    removeOperation(key)
  }

  func setDamaged(_ operation: StoredOperation?, at key: OperationKey) {
    tables.damaged[key] = operation
  }

  func changeHeldCount(of key: OperationKey, by difference: Int) {
    tables.operations[key.device]?[key]?.heldCount += difference
  }

  func claim(
    _ tag: RegisterTag, for winner: StoredWinner, in account: AccountSlot
  ) -> StoredWinner? {
    let present = self.winner(of: tag, in: account)
    if present == nil { setWinner(winner, of: tag, in: account) }
    return present
  }

  func setWinner(_ winner: StoredWinner?, of tag: RegisterTag, in account: AccountSlot) {
    tables.winners[.init(account: account, tag: tag)] = winner
  }

  func addErased(_ operation: ErasedOperation, to account: AccountSlot) {
    tables.erased.insert(.init(account: account, operation: operation))
  }

  private func nextSlot() -> Int64 {
    tables.lastSlot += 1
    return tables.lastSlot
  }
}
