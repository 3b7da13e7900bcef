import GRDBSQLite

/// One connection's hold on a simulated file.
final class OpenFile {
  let file: SimulatedFile
  let disk: SimulatedDisk
  let name: String
  private let generation: Int
  private var syncsFolder: Bool
  private let deletesOnClose: Bool
  private var level = SQLITE_LOCK_NONE
  /// Kept for as long as SQLite may look into it, whatever became of the machine.
  private var shared: SharedMemory?

  init(
    _ file: SimulatedFile, on disk: SimulatedDisk, name: String, syncsFolder: Bool,
    deletesOnClose: Bool
  ) {
    self.file = file
    self.disk = disk
    self.name = name
    self.syncsFolder = syncsFolder
    self.deletesOnClose = deletesOnClose
    generation = disk.generation
  }

  /// What SQLite holds for it: its own fields, then ours.
  struct Handle {
    var base: sqlite3_file
    var file: Unmanaged<OpenFile>
  }

  func install(in file: UnsafeMutablePointer<sqlite3_file>) {
    let methods = UnsafePointer(OpenFile.methods)
    UnsafeMutableRawPointer(file).initializeMemory(
      as: Handle.self,
      to: Handle(base: sqlite3_file(pMethods: methods), file: .passRetained(self)))
  }

  /// The machine has not started anew since it was opened, and is running.
  private var isAlive: Bool { !disk.isDown && generation == disk.generation }

  func close() {
    unlock(to: SQLITE_LOCK_NONE)
    if deletesOnClose, isAlive { _ = disk.delete(name) }
  }
}

// Content.
extension OpenFile {
  func read(_ buffer: UnsafeMutableRawPointer, _ count: Int, at offset: Int) -> Int32 {
    guard isAlive else { return SQLITE_IOERR | 1 << 8 }
    let found = file.content.read(into: buffer, count: count, at: offset)
    return found == count ? SQLITE_OK : SQLITE_IOERR | 2 << 8
  }

  func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Int32 {
    changing(failingWith: SQLITE_IOERR | 3 << 8) { file.write(bytes, at: offset) }
  }

  func truncate(to size: Int) -> Int32 {
    changing(failingWith: SQLITE_IOERR | 6 << 8) { file.resize(to: size) }
  }

  func sync() -> Int32 {
    let code = SQLITE_IOERR | 4 << 8
    guard isAlive else { return code }
    let verdict = disk.beginWrite(failingWith: code)
    // A sync does not report a full disk: what fails in it is the writing.
    guard verdict == SQLITE_OK else { return code }
    // A power cut in the middle of it: `losePower` decides what of it was done.
    guard !disk.isDown else { return code }
    file.sync()
    if syncsFolder {
      syncsFolder = false
      disk.makeNamesDurable()
    }
    return SQLITE_OK
  }

  private func changing(failingWith code: Int32, _ change: () -> Void) -> Int32 {
    guard isAlive else { return code }
    let verdict = disk.beginWrite(failingWith: code)
    guard verdict == SQLITE_OK else { return verdict }
    change()
    return disk.isDown ? code : SQLITE_OK
  }

  func size() -> Int? { isAlive ? file.content.count : nil }
}

// Locks.
extension OpenFile {
  func lock(_ wanted: Int32) -> Int32 {
    guard isAlive else { return SQLITE_IOERR | 15 << 8 }
    guard wanted > level else { return SQLITE_OK }
    let me = ObjectIdentifier(self)
    switch wanted {
    case SQLITE_LOCK_SHARED:
      guard file.locks.exclusiveBy == nil, file.locks.pendingBy == nil else { return SQLITE_BUSY }
      file.locks.sharedCount += 1
    case SQLITE_LOCK_RESERVED:
      guard file.locks.reservedBy == nil else { return SQLITE_BUSY }
      file.locks.reservedBy = me
    default:
      guard file.locks.reservedBy ?? me == me, file.locks.pendingBy ?? me == me
      else { return SQLITE_BUSY }
      file.locks.pendingBy = me
      level = SQLITE_LOCK_PENDING
      guard file.locks.sharedCount <= 1 else { return SQLITE_BUSY }
      file.locks.exclusiveBy = me
    }
    level = wanted
    return SQLITE_OK
  }

  func unlock(to wanted: Int32) {
    guard wanted < level else { return }
    level = wanted
    guard isAlive else { return }
    let me = ObjectIdentifier(self)
    if file.locks.exclusiveBy == me { file.locks.exclusiveBy = nil }
    if file.locks.pendingBy == me { file.locks.pendingBy = nil }
    if file.locks.reservedBy == me { file.locks.reservedBy = nil }
    if wanted == SQLITE_LOCK_NONE { file.locks.sharedCount -= 1 }
  }

  var isReserved: Bool { file.locks.reservedBy != nil }
}

// Shared memory.
extension OpenFile {
  func region(_ index: Int, _ byteCount: Int, makes: Bool) -> UnsafeMutableRawPointer? {
    let shared = shared ?? file.shared ?? SharedMemory()
    if isAlive { file.shared = shared }
    self.shared = shared
    return shared.region(index, byteCount: byteCount, makes: makes)
  }

  func lockShared(_ slots: Range<Int>, flags: Int32) -> Int32 {
    guard isAlive else { return flags & SQLITE_SHM_UNLOCK != 0 ? SQLITE_OK : SQLITE_IOERR }
    guard let shared else { return SQLITE_IOERR }
    let isExclusive = flags & SQLITE_SHM_EXCLUSIVE != 0
    if flags & SQLITE_SHM_UNLOCK != 0 {
      shared.unlock(slots, exclusively: isExclusive)
      return SQLITE_OK
    }
    return shared.lock(slots, exclusively: isExclusive) ? SQLITE_OK : SQLITE_BUSY
  }
}

extension OpenFile {
  private static func of(_ file: UnsafeMutablePointer<sqlite3_file>?) -> OpenFile {
    guard let file else { fatalError("SQLite asks about no file.") }
    return UnsafeMutableRawPointer(file).assumingMemoryBound(to: Handle.self).pointee.file
      .takeUnretainedValue()
  }

  private nonisolated(unsafe) static let methods: UnsafeMutablePointer<sqlite3_io_methods> = {
    let methods = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
    var table = sqlite3_io_methods()
    table.iVersion = 2
    table.xClose = { file in
      OpenFile.of(file).close()
      let handle = UnsafeMutableRawPointer(file)?.assumingMemoryBound(to: Handle.self)
      handle?.pointee.file.release()
      file?.pointee.pMethods = nil
      return SQLITE_OK
    }
    table.xRead = { file, buffer, count, offset in
      guard let buffer else { return SQLITE_IOERR }
      return OpenFile.of(file).read(buffer, Int(count), at: Int(offset))
    }
    table.xWrite = { file, bytes, count, offset in
      OpenFile.of(file).write(
        UnsafeRawBufferPointer(start: bytes, count: Int(count)), at: Int(offset))
    }
    table.xTruncate = { file, size in OpenFile.of(file).truncate(to: Int(size)) }
    table.xSync = { file, _ in OpenFile.of(file).sync() }
    table.xFileSize = { file, size in
      guard let found = OpenFile.of(file).size() else { return SQLITE_IOERR | 7 << 8 }
      size?.pointee = Int64(found)
      return SQLITE_OK
    }
    table.xLock = { file, level in OpenFile.of(file).lock(level) }
    table.xUnlock = { file, level in
      OpenFile.of(file).unlock(to: level)
      return SQLITE_OK
    }
    table.xCheckReservedLock = { file, result in
      result?.pointee = OpenFile.of(file).isReserved ? 1 : 0
      return SQLITE_OK
    }
    table.xFileControl = { _, _, _ in SQLITE_NOTFOUND }
    table.xSectorSize = { _ in 4096 }
    table.xDeviceCharacteristics = { _ in SQLITE_IOCAP_POWERSAFE_OVERWRITE }
    table.xShmMap = { file, index, byteCount, makes, result in
      result?.pointee = OpenFile.of(file).region(
        Int(index), Int(byteCount), makes: makes != 0)
      return SQLITE_OK
    }
    table.xShmLock = { file, offset, count, flags in
      OpenFile.of(file).lockShared(Int(offset)..<Int(offset + count), flags: flags)
    }
    table.xShmBarrier = { _ in }
    table.xShmUnmap = { _, _ in SQLITE_OK }
    methods.initialize(to: table)
    return methods
  }()
}
