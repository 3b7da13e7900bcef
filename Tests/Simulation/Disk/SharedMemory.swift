private import Glibc

/// What connections to one database in WAL mode share beside its files.
final class SharedMemory {
  static let lockCount = 8
  private var regions: [UnsafeMutableRawPointer] = []
  private var sharedCounts = [Int](repeating: 0, count: lockCount)
  private var exclusive = [Bool](repeating: false, count: lockCount)

  deinit {
    for region in regions { free(region) }
  }

  /// `nil` if it is not there and is not to be made.
  func region(_ index: Int, byteCount: Int, makes: Bool) -> UnsafeMutableRawPointer? {
    while regions.count <= index {
      guard makes, let region = calloc(1, byteCount) else { return nil }
      regions.append(region)
    }
    return regions[index]
  }

  func lock(_ slots: Range<Int>, exclusively isExclusive: Bool) -> Bool {
    for slot in slots {
      guard !exclusive[slot], !isExclusive || sharedCounts[slot] == 0 else { return false }
    }
    for slot in slots {
      if isExclusive { exclusive[slot] = true } else { sharedCounts[slot] += 1 }
    }
    return true
  }

  func unlock(_ slots: Range<Int>, exclusively isExclusive: Bool) {
    for slot in slots {
      if isExclusive { exclusive[slot] = false } else { sharedCounts[slot] -= 1 }
    }
  }
}
