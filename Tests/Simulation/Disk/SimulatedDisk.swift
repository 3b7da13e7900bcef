private import GRDBSQLite
private import Glibc
package import JournalStore
private import Synchronization
private import TestSupport

/// A disk in memory, of one folder, that fails and loses power when told to.
///
/// Used by one thread at a time; who uses it sees to that.
package final class SimulatedDisk: @unchecked Sendable {
  private let number: Int
  /// The folder that this disk is.
  package let folder: String
  private(set) var filesByName: [String: SimulatedFile] = [:]
  private var lockedNames: Set<String> = []
  /// Raised when the machine starts anew: what was open before is open no more.
  private(set) var generation = 0
  /// The power is off, or the process is gone: nothing answers until `restart`.
  package private(set) var isDown = false
  /// Writes, truncations, syncs and deletions so far.
  package private(set) var writeCount = 0
  private var fault: Fault?
  private var random: SeededGenerator

  /// What goes wrong, and when.
  package struct Fault: Sendable {
    package enum Kind: Hashable, Sendable {
      /// Nothing is written from here on, until `restart`.
      case crash
      /// So many writes fail as a broken disk's do.
      case inputOutput(writes: Int)
      /// So many writes find the disk full.
      case full(writes: Int)
    }

    package let kind: Kind
    /// The write that it begins with, counted by `writeCount`.
    package let atWrite: Int

    package init(_ kind: Kind, atWrite: Int) {
      self.kind = kind
      self.atWrite = atWrite
    }
  }

  /// What a restart finds.
  package enum Loss: Hashable, Sendable {
    /// The process ended; the machine kept all it wrote.
    case none
    /// Of what was not synced, whatever chance has it.
    case power
  }

  /// Plain copies of all files.
  package struct Image: Hashable, Sendable {
    package let bytesByName: [String: [UInt8]]
  }

  package init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    number = SimulatedVFS.nextDiskNumber()
    folder = "\(SimulatedVFS.prefix)\(number)"
    SimulatedVFS.add(self, number)
  }

  deinit {
    SimulatedVFS.remove(number)
  }

  package func fail(_ kind: Fault.Kind, afterWrites count: Int) {
    fault = Fault(kind, atWrite: writeCount + count)
  }

  package func heal() {
    fault = nil
  }

  /// Something has failed since the last restart, or while it was down.
  package private(set) var hasFailed = false

  /// Runs `body` with all faults put off.
  package func undisturbed<Value>(_ body: () throws -> Value) rethrows -> Value {
    let fault = fault
    self.fault = nil
    defer {
      if let fault { self.fault = Fault(fault.kind, atWrite: max(fault.atWrite, writeCount + 1)) }
    }
    return try body()
  }

  /// Ends all that runs on it.
  package func stop() {
    isDown = true
  }

  package func restart(losing loss: Loss) {
    for (name, file) in filesByName.sorted(by: { $0.key < $1.key }) {
      switch loss {
      case .none: file.loseProcess()
      case .power:
        if !file.isNameDurable, Bool.random(using: &random) {
          filesByName[name] = nil
        } else {
          file.losePower(&random)
          file.isNameDurable = true
        }
      }
    }
    lockedNames = []
    generation += 1
    isDown = false
    fault = nil
  }

  package var image: Image { Image(bytesByName: filesByName.mapValues(\.content.bytes)) }

  /// Puts other files in place of all that there are. Nothing may be running.
  package func replace(by image: Image) {
    filesByName = image.bytesByName.mapValues(SimulatedFile.init)
    restart(losing: .none)
  }

  package func contains(_ words: [UInt8]) -> Bool {
    filesByName.values.contains { $0.content.contains(words) }
  }
}

// For the store.
extension SimulatedDisk {
  package var storeDisk: StoreDisk {
    StoreDisk(
      makeFolder: { _ in },
      makeFile: { [self] path in
        let name = try name(path)
        guard filesByName[name] == nil else { return }
        try checkWrite(path)
        filesByName[name] = SimulatedFile()
      },
      checkExists: { [self] path in
        guard filesByName[try name(path)] != nil else { throw StoreError(.missing, path: path) }
      },
      lock: { [self] path, _ in
        let name = try name(path)
        guard lockedNames.insert(name).inserted else { throw StoreError(.busy, path: path) }
        let generation = generation
        return { [self] in
          if generation == self.generation { lockedNames.remove(name) }
        }
      })
  }

  private func name(_ path: String) throws -> String {
    guard !isDown, path.hasPrefix(folder + "/") else {
      throw StoreError(.inputOutput, path: path)
    }
    return String(decoding: path.utf8.dropFirst(folder.utf8.count + 1), as: UTF8.self)
  }

  private func checkWrite(_ path: String) throws {
    switch beginWrite() {
    case SQLITE_OK: return
    case SQLITE_FULL: throw StoreError(.diskFull, path: path)
    default: throw StoreError(.inputOutput, path: path)
    }
  }
}

// For SQLite.
extension SimulatedDisk {
  /// Counts a write; what it comes to if it may not be.
  func beginWrite(failingWith code: Int32 = SQLITE_IOERR) -> Int32 {
    guard !isDown else { return code }
    writeCount += 1
    guard let fault, writeCount >= fault.atWrite else { return SQLITE_OK }
    hasFailed = true
    switch fault.kind {
    case .crash:
      // This very write may reach the disk or not.
      isDown = true
      return SQLITE_OK
    case .inputOutput(let count):
      if writeCount >= fault.atWrite + count - 1 { self.fault = nil }
      return code
    case .full(let count):
      if writeCount >= fault.atWrite + count - 1 { self.fault = nil }
      return SQLITE_FULL
    }
  }

  func file(_ name: String, makes: Bool) -> SimulatedFile? {
    if let file = filesByName[name] { return file }
    guard makes else { return nil }
    let file = SimulatedFile()
    filesByName[name] = file
    return file
  }

  /// Makes no string of the name: SQLite asks before each transaction.
  func file(called name: UnsafePointer<CChar>) -> SimulatedFile? {
    filesByName.first { $0.key.withCString { strcmp($0, name) == 0 } }?.value
  }

  func delete(_ name: String) -> Bool {
    filesByName.removeValue(forKey: name) != nil
  }

  /// The folder was synced.
  func makeNamesDurable() {
    for file in filesByName.values { file.isNameDurable = true }
  }
}
