import Foundation
import JournalModel
import JournalSealing
import JournalStore
import JournalSync
import OperationLog
import ServerCore
import SwiftProtobuf
import SyncProtocol
import TestSupport

/// What befalls machines and servers.
extension World {
  /// Lets something happen, perhaps.
  func befall() throws -> Bool {
    let device = devices[random.index(devices.count)]
    let soon = Int.random(in: 1...60, using: &random)
    let some = Int.random(in: 1...4, using: &random)
    if random.chance(weather.crash) {
      trace("\(device.name) will crash in \(soon) writes")
      device.disk.fail(.crash, afterWrites: soon)
    } else if random.chance(weather.diskError) {
      trace("\(device.name)'s disk will fail in \(soon) writes, \(some) times")
      device.disk.fail(.inputOutput(writes: some), afterWrites: soon)
    } else if random.chance(weather.diskFull) {
      trace("\(device.name)'s disk will be full in \(soon) writes, for \(10 * some)")
      device.disk.fail(.full(writes: 10 * some), afterWrites: soon)
    } else if random.chance(weather.clock) {
      setClock(of: device)
    } else if random.chance(weather.clone) {
      try clone(device)
    } else if random.chance(weather.restoreClient) {
      try backUpOrRestore(device)
    } else if random.chance(weather.restoreServer) {
      try backUpOrRestoreServer()
    } else if random.chance(weather.loseServer) {
      trace("the server is lost")
      try replaceServer(by: nil)
    } else if random.chance(weather.restartServer) {
      trace("the server restarts")
      try service.restart(losing: .none)
    } else if random.chance(weather.serverDisk) {
      disturbServer(soon, some)
    } else {
      return false
    }
    return true
  }

  private func setClock(of device: Device) {
    let year: Int64 = 365 * 24 * 60 * 60 * 1000
    let mode: SimulatedClock.Mode =
      switch random.index(6) {
      case 0: .right
      case 1: .standingAt(device.clock.now)
      case 2: .off(Int64.random(in: -5 * year...5 * year, using: &random))
      case 3: .off(Int64.random(in: -30 * year...30 * year, using: &random))
      default: .off(Int64.random(in: -3_000_000...3_000_000, using: &random))
      }
    trace("\(device.name)'s clock: \(mode)")
    device.clock.set(mode)
  }

  /// A copied home folder, or a copy of a whole virtual machine.
  private func clone(_ device: Device) throws {
    guard devices.count < 10 else { return }
    let isWholeMachine = random.chance(weather.wholeMachines)
    let clone = try addDevice(machine: isWholeMachine ? device.machine : nil)
    trace("\(device.name) is cloned to \(clone.name)\(isWholeMachine ? ", machine and all" : "")")
    clone.disk.replace(by: device.disk.image)
    clone.standing = device.standing
  }
}

// Backups.
extension World {
  private func backUpOrRestore(_ device: Device) throws {
    guard let backup = device.backups.randomElement(using: &random), random.chance(0.5) else {
      trace("\(device.name) is backed up")
      device.backups.append(
        Device.Backup(image: device.disk.image, standing: device.standing))
      return
    }
    trace("\(device.name) is put back from a backup")
    try kill(device)
    let others = devices.filter { $0 !== device }
    ledger.excuse(ledger.words.subtracting(try wordsAtServer()).subtracting(try words(on: others)))
    device.disk.replace(by: backup.image)
    device.standing = backup.standing
  }

  private func backUpOrRestoreServer() throws {
    guard let backup = service.backups.randomElement(using: &random), random.chance(0.5) else {
      trace("the server is backed up")
      return try service.backUp()
    }
    trace("the server is put back from a backup")
    try replaceServer(by: backup)
  }

  private func replaceServer(by backup: Service.Backup?) throws {
    ledger.excuse(ledger.words.subtracting(try words(on: devices)))
    try service.replace(by: backup)
  }

  /// The server's disk fails, or all of the machine.
  private func disturbServer(_ soon: Int, _ some: Int) {
    guard let disk = service.disk else { return }
    let kinds: [SimulatedDisk.Fault.Kind] = [
      .crash, .crash, .inputOutput(writes: some), .full(writes: 5 * some),
    ]
    let kind = kinds[random.index(kinds.count)]
    trace("the server's disk in \(soon) writes: \(kind)")
    disk.fail(kind, afterWrites: soon)
  }

  /// What can be read on these machines' disks.
  func words(on devices: [Device]) throws -> Set<String> {
    try devices.reduce(into: []) { words, device in
      try device.undisturbed { store in
        let keys = try store.keys
        for operation in try Inspection.operations(in: store) where !operation.isStub {
          words.formUnion(try self.words(in: operation, keys))
        }
      }
    }
  }

  /// Of an operation that the journal has found to be what its digest says: opened only once.
  private func words(
    in operation: JournalSealing.StoredOperation, _ keys: JournalKeys
  ) throws -> Set<String> {
    if let words = wordsByDigest[operation.header.digest] { return words }
    let change = StampedChange(
      stamp: operation.header.stamp, change: try keys.open(payloadOf: operation))
    let words = Inspection.words(in: [change])
    wordsByDigest[operation.header.digest] = words
    return words
  }

  /// What somebody with the account's key can read at the server.
  func wordsAtServer() throws -> Set<String> {
    guard
      let device = devices.first(where: {
        $0.standing != .never && !$0.disk.isDown
      })
    else { return [] }
    let keys = try device.undisturbed { try $0.keys }
    let storage = service.storage
    let changes = try executor.complete {
      try await storage.read { transaction in
        guard let account = try transaction.account(keys.account) else { return [StampedChange]() }
        return try StampedChange.all(of: account.slot, keys, in: transaction)
      }
    }
    return Inspection.words(in: changes)
  }
}

// Processes.
extension World {
  /// A machine whose disk has stopped starts again, its power lost or only its process.
  func restart(_ device: Device) throws {
    let loss: SimulatedDisk.Loss = random.chance(0.7) ? .power : .none
    trace("\(device.name) starts again, having lost \(loss)")
    try kill(device)
    device.disk.restart(losing: loss)
  }

  /// Ends the device's process wherever it is.
  func kill(_ device: Device) throws {
    device.disk.stop()
    while let exchange = device.exchanges.first {
      if exchange.answer == nil, random.chance(0.5) { stragglers.append(exchange) }
      cut(exchange)
    }
    device.closeJournal()
    guard device.errand?.outcome.result != nil || device.errand == nil else {
      throw Violation("\(device.name) goes on without a process.")
    }
    device.errand = nil
    if let erasing = device.erasing { endErasing(erasing, isDone: false) }
    device.erasing = nil
  }
}

extension StampedChange {
  /// All that the server holds of an account, opened.
  fileprivate static func all(
    of account: AccountSlot, _ keys: JournalKeys, in transaction: any StorageReading
  ) throws -> [StampedChange] {
    var changes: [StampedChange] = []
    for device in try transaction.devices(of: account) {
      try transaction.forEachOperation(in: device.slot.keys, .all) { operation in
        let message = try WireEnvelope(serializedBytes: Data(operation.envelope))
        guard let envelope = Envelope(message, account: keys.account), !envelope.isStub
        else { return true }
        let opened = try keys.open(envelope)
        guard let change = opened.change else { return true }
        changes.append(StampedChange(stamp: envelope.header.stamp, change: change))
        return true
      }
    }
    return changes
  }
}
