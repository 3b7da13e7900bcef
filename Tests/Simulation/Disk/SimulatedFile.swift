import TestSupport

/// A file as its readers see it, and what of it has reached the disk.
final class SimulatedFile {
  let content: FileContent
  /// As of the last sync.
  private let durable: FileContent
  /// What was done since, in its order, and the bytes that were written, one after the other.
  private var pending: [Change] = []
  private var pendingBytes: [UInt8] = []
  /// Its name has reached the disk.
  var isNameDurable: Bool
  var locks = FileLocks()
  var shared: SharedMemory?

  fileprivate enum Change {
    case write(Range<Int>, offset: Int)
    case resize(Int)
  }

  init() {
    content = FileContent()
    durable = FileContent()
    isNameDurable = false
  }

  /// A file that lies on the disk.
  init(_ bytes: [UInt8]) {
    content = FileContent(bytes)
    durable = FileContent(bytes)
    isNameDurable = true
  }

  func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
    content.write(bytes, at: offset)
    let start = pendingBytes.count
    pendingBytes.append(contentsOf: bytes)
    pending.append(.write(start..<pendingBytes.count, offset: offset))
  }

  func resize(to size: Int) {
    content.resize(to: size)
    pending.append(.resize(size))
  }

  func sync() {
    pendingBytes.withUnsafeBytes { bytes in
      for change in pending { change.apply(bytes, to: durable) }
    }
    pending.removeAll(keepingCapacity: true)
    // A megabyte is what a large import writes at once, and seldom needed again.
    pendingBytes.removeAll(keepingCapacity: pendingBytes.capacity <= 1 << 20)
  }

  /// The power went: of what was not synced, some is there, some is not, some is torn.
  ///
  /// Where the file was made smaller and that is lost, all that came after is lost with it: it lies
  /// in new places of the disk, to which only the lost size leads. File systems do not give away
  /// the old ones before (the new bytes would else be found in a file of the old size).
  func losePower(_ random: inout SeededGenerator) {
    let (rest, restBytes) = (pending, pendingBytes)
    (pending, pendingBytes) = ([], [])
    // Often all or nothing of it: a disk that had no time at all, or just enough.
    let shares: [Double] = [0, 0.5, 0.9, 1]
    let share = shares.randomElement(using: &random) ?? 0
    var isCutLost = false
    var size = durable.count
    restBytes.withUnsafeBytes { bytes in
      for change in rest {
        let roll = Double.random(in: 0..<1, using: &random)
        let isCut = change.shrinks(&size)
        if isCutLost {
          continue
        } else if roll < share {
          change.apply(bytes, to: durable)
        } else if isCut {
          isCutLost = true
        } else if roll < (1 + share) / 2, share > 0, share < 1 {
          change.applyTorn(bytes, to: durable, &random)
        }
      }
    }
    content.become(durable)
    forgetProcesses()
  }

  /// The process ended and the machine did not: all that was written is there.
  func loseProcess() {
    forgetProcesses()
  }

  private func forgetProcesses() {
    locks = FileLocks()
    shared = nil
  }
}

extension SimulatedFile.Change {
  /// Whether it cuts bytes off a file of this size, which becomes what it is afterwards.
  fileprivate func shrinks(_ size: inout Int) -> Bool {
    let before = size
    switch self {
    case .write(let bytes, let offset): size = max(size, offset + bytes.count)
    case .resize(let new): size = new
    }
    return size < before
  }

  /// - Parameter bytes: of all writes.
  fileprivate func apply(_ bytes: UnsafeRawBufferPointer, to content: FileContent) {
    switch self {
    case .write(let range, let offset):
      content.write(UnsafeRawBufferPointer(rebasing: bytes[range]), at: offset)
    case .resize(let size): content.resize(to: size)
    }
  }

  /// Sector by sector: written, as before, or nonsense. What lies beside the write is as it was,
  /// which SQLite expects of disks ("powersafe overwrite").
  fileprivate func applyTorn(
    _ bytes: UnsafeRawBufferPointer, to content: FileContent, _ random: inout SeededGenerator
  ) {
    guard case .write(let range, let offset) = self else { return }
    let written = UnsafeRawBufferPointer(rebasing: bytes[range])
    let sector = 512
    for start in stride(from: 0, to: written.count, by: sector) {
      let end = min(start + sector, written.count)
      switch Int.random(in: 0..<8, using: &random) {
      case 0..<4:
        content.write(UnsafeRawBufferPointer(rebasing: written[start..<end]), at: offset + start)
      case 4:
        let nonsense = (start..<end).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        nonsense.withUnsafeBytes { content.write($0, at: offset + start) }
      default: break
      }
    }
  }
}

/// SQLite's locks on one file: any number share, one reserves, one excludes.
struct FileLocks {
  var sharedCount = 0
  var reservedBy: ObjectIdentifier?
  var pendingBy: ObjectIdentifier?
  var exclusiveBy: ObjectIdentifier?
}
