import GRDBSQLite
private import Glibc
private import Synchronization

/// SQLite's way to the simulated disks: a VFS that stands before the system's, takes what lies
/// under its own folder, and passes on all else.
///
/// As the default one, so that nothing in the store knows of it. After SQLite's own test doubles
/// (`test6.c`, which crashes, and `memdb.c`).
enum SimulatedVFS {
  /// Below it are the disks, each a folder by its number. Nothing real is there.
  static let prefix: StaticString = "/ebb-simulated-disk/"

  private struct Disks: Sendable {
    var count = 0
    /// A disk takes itself away when it ends.
    var byNumber: [Int: Unmanaged<SimulatedDisk>] = [:]
  }

  private static let disks = Mutex(Disks())

  static func nextDiskNumber() -> Int {
    guard isInstalled else { fatalError("SQLite does not take a VFS.") }
    return disks.withLock { disks in
      disks.count += 1
      return disks.count
    }
  }

  static func add(_ disk: SimulatedDisk, _ number: Int) {
    disks.withLock { $0.byNumber[number] = .passUnretained(disk) }
  }

  static func remove(_ number: Int) {
    disks.withLock { $0.byNumber[number] = nil }
  }

  /// Disk and name of a path; `nil` for a path of the machine's own.
  private static func place(
    of path: UnsafePointer<CChar>?
  ) -> (disk: SimulatedDisk, name: UnsafePointer<CChar>)? {
    let start = UnsafeRawPointer(prefix.utf8Start).assumingMemoryBound(to: CChar.self)
    guard let path, strncmp(path, start, prefix.utf8CodeUnitCount) == 0 else { return nil }
    var end: UnsafeMutablePointer<CChar>?
    let number = strtol(path + prefix.utf8CodeUnitCount, &end, 10)
    guard let end, end.pointee == CChar(UInt8(ascii: "/")),
      let disk = disks.withLock({ $0.byNumber[number]?.takeUnretainedValue() })
    else { return nil }
    return (disk, UnsafePointer(end + 1))
  }

  nonisolated(unsafe) static let system = sqlite3_vfs_find(nil)

  private static let isInstalled: Bool = {
    guard let system else { return false }
    let vfs = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
    vfs.initialize(to: system.pointee)
    vfs.pointee.pNext = nil
    vfs.pointee.zName = UnsafePointer(strdup("ebb-simulated"))
    vfs.pointee.szOsFile = max(system.pointee.szOsFile, Int32(MemoryLayout<OpenFile.Handle>.size))
    vfs.pointee.xOpen = { _, path, file, flags, outFlags in
      SimulatedVFS.open(path, file, flags, outFlags)
    }
    vfs.pointee.xDelete = { _, path, syncsFolder in SimulatedVFS.delete(path, syncsFolder) }
    vfs.pointee.xAccess = { _, path, flags, result in SimulatedVFS.access(path, flags, result) }
    vfs.pointee.xFullPathname = { _, path, count, result in
      SimulatedVFS.fullPath(path, count, result)
    }
    return sqlite3_vfs_register(vfs, 1) == SQLITE_OK
  }()
}

extension SimulatedVFS {
  private static func open(
    _ path: UnsafePointer<CChar>?, _ file: UnsafeMutablePointer<sqlite3_file>?, _ flags: Int32,
    _ outFlags: UnsafeMutablePointer<Int32>?
  ) -> Int32 {
    guard let (disk, nameStart) = place(of: path) else {
      return system?.pointee.xOpen(system, path, file, flags, outFlags) ?? SQLITE_CANTOPEN
    }
    let name = String(cString: nameStart)
    // SQLite closes what has methods, even when opening it failed.
    file?.pointee.pMethods = nil
    guard !disk.isDown else { return SQLITE_CANTOPEN }
    let makes = flags & SQLITE_OPEN_CREATE != 0
    if makes, disk.file(name, makes: false) == nil {
      let code = disk.beginWrite(failingWith: SQLITE_CANTOPEN)
      guard code == SQLITE_OK else { return code }
    }
    guard let found = disk.file(name, makes: makes), let file else { return SQLITE_CANTOPEN }
    let logs = SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL | SQLITE_OPEN_SUPER_JOURNAL
    OpenFile(
      found, on: disk, name: name, syncsFolder: flags & logs != 0,
      deletesOnClose: flags & SQLITE_OPEN_DELETEONCLOSE != 0
    ).install(in: file)
    outFlags?.pointee = flags
    return SQLITE_OK
  }

  private static func delete(_ path: UnsafePointer<CChar>?, _ syncsFolder: Int32) -> Int32 {
    guard let (disk, name) = place(of: path) else {
      return system?.pointee.xDelete(system, path, syncsFolder) ?? SQLITE_IOERR
    }
    let code = disk.beginWrite(failingWith: SQLITE_IOERR | 10 << 8)
    guard code == SQLITE_OK else { return code }
    guard disk.delete(String(cString: name)) else { return SQLITE_IOERR | 23 << 8 }
    if syncsFolder != 0 { disk.makeNamesDurable() }
    return SQLITE_OK
  }

  private static func access(
    _ path: UnsafePointer<CChar>?, _ flags: Int32, _ result: UnsafeMutablePointer<Int32>?
  ) -> Int32 {
    guard let (disk, name) = place(of: path) else {
      return system?.pointee.xAccess(system, path, flags, result) ?? SQLITE_IOERR
    }
    guard !disk.isDown else { return SQLITE_IOERR | 13 << 8 }
    let file = disk.file(called: name)
    // As the system's does, it counts an empty file as none.
    let isThere = flags == SQLITE_ACCESS_EXISTS ? (file?.content.count ?? 0) > 0 : file != nil
    result?.pointee = isThere ? 1 : 0
    return SQLITE_OK
  }

  private static func fullPath(
    _ path: UnsafePointer<CChar>?, _ count: Int32, _ result: UnsafeMutablePointer<CChar>?
  ) -> Int32 {
    guard place(of: path) != nil, let path, let result else {
      return system?.pointee.xFullPathname(system, path, count, result) ?? SQLITE_CANTOPEN
    }
    guard strlen(path) < Int(count) else { return SQLITE_CANTOPEN }
    strcpy(result, path)
    return SQLITE_OK
  }
}
