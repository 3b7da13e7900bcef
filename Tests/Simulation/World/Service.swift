import ServerCore
import ServerSQLite
import TestSupport

/// The server: a process over a storage, in memory or in SQLite on a disk of its own.
final class Service {
  /// `nil` for a storage in memory.
  let disk: SimulatedDisk?
  private(set) var storage: any Storage
  private(set) var server: SimulatedServer
  private(set) var backups: [Backup] = []
  private let executor: StepExecutor
  private let time: SimulatedTime
  private var random: SeededGenerator

  /// All that a server kept at some moment.
  enum Backup {
    case memory(InMemoryStorage)
    case disk(SimulatedDisk.Image)
  }

  init(_ executor: StepExecutor, _ time: SimulatedTime, _ random: inout SeededGenerator) throws {
    self.executor = executor
    self.time = time
    self.random = SeededGenerator(seed: random.next())
    disk = random.chance(0.3) ? SimulatedDisk(seed: random.next()) : nil
    let storage: any Storage = try disk.map(Self.open) ?? InMemoryStorage()
    self.storage = storage
    server = try Self.start(storage, executor, time, seed: self.random.next())
  }

  private static func open(_ disk: SimulatedDisk) throws -> SQLiteStorage {
    try SQLiteStorage(databaseForTests: disk.folder + "/server.sqlite")
  }

  private static func start(
    _ storage: any Storage, _ executor: StepExecutor, _ time: SimulatedTime, seed: UInt64
  ) throws -> SimulatedServer {
    let source = RandomSource(seed: seed)
    var limits = ServerLimits()
    limits.pageOperationsMax = 20
    return try executor.complete { [limits] in
      try await SimulatedServer(
        storage: storage, clock: SimulatedServerClock(time: time),
        random: Randomness(bytes: source.bytes), limits: limits)
    }
  }

  /// The process ends, and another begins on what it kept.
  ///
  /// - Parameter loss: what the disk makes of what was not synced.
  func restart(losing loss: SimulatedDisk.Loss) throws {
    if let disk {
      disk.stop()
      disk.restart(losing: loss)
      storage = try Self.open(disk)
    }
    try begin()
  }

  /// Begins anew with what was backed up, or with nothing.
  func replace(by backup: Backup?) throws {
    switch backup {
    case .memory(let storage): self.storage = try executor.complete { await storage.copy() }
    case .disk(let image):
      guard let disk else { throw Violation("The server has no disk.") }
      disk.stop()
      disk.replace(by: image)
      storage = try Self.open(disk)
    case nil:
      if let disk {
        disk.stop()
        disk.replace(by: SimulatedDisk.Image(bytesByName: [:]))
        storage = try Self.open(disk)
      } else {
        storage = InMemoryStorage()
      }
    }
    try begin()
  }

  func backUp() throws {
    if let disk {
      backups.append(.disk(disk.image))
    } else if let storage = storage as? InMemoryStorage {
      backups.append(.memory(try executor.complete { await storage.copy() }))
    }
  }

  private func begin() throws {
    server = try Self.start(storage, executor, time, seed: random.next())
  }
}
