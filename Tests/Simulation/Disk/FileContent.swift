private import Glibc

/// The bytes of a simulated file.
final class FileContent {
  private(set) var count = 0
  private var capacity = 0
  private var start: UnsafeMutableRawPointer?

  init() {}

  convenience init(_ bytes: [UInt8]) {
    self.init()
    bytes.withUnsafeBytes { write($0, at: 0) }
  }

  deinit {
    free(start)
  }

  var bytes: [UInt8] { Array(UnsafeRawBufferPointer(start: start, count: count)) }

  /// Takes the bytes of another for its own.
  func become(_ other: FileContent) {
    resize(to: 0)
    write(UnsafeRawBufferPointer(start: other.start, count: other.count), at: 0)
  }

  func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
    guard let source = bytes.baseAddress, !bytes.isEmpty else { return }
    let end = offset + bytes.count
    if end > count {
      if offset > count { resize(to: offset) }
      reserve(end)
      count = end
    }
    if let start { memcpy(start + offset, source, bytes.count) }
  }

  /// Fills what lies beyond the end with zeros; how much was read.
  func read(into buffer: UnsafeMutableRawPointer, count wanted: Int, at offset: Int) -> Int {
    let found = max(0, min(wanted, count - offset))
    if let start, found > 0 { memcpy(buffer, start + offset, found) }
    if found < wanted { memset(buffer + found, 0, wanted - found) }
    return found
  }

  /// What is new is zeros.
  func resize(to size: Int) {
    reserve(size)
    if let start, size > count { memset(start + count, 0, size - count) }
    count = size
  }

  private func reserve(_ size: Int) {
    guard size > capacity else { return }
    capacity = max(size, 2 * capacity, 16 << 10)
    start = realloc(start, capacity)
  }

  func contains(_ words: [UInt8]) -> Bool {
    guard let first = words.first else { return false }
    var rest = UnsafeRawBufferPointer(start: start, count: count)
    while let base = rest.baseAddress, rest.count >= words.count {
      guard let found = memchr(base, Int32(first), rest.count - words.count + 1)
      else { return false }
      if memcmp(found, words, words.count) == 0 { return true }
      rest = UnsafeRawBufferPointer(rebasing: rest[(UnsafeRawPointer(found) - base + 1)...])
    }
    return false
  }
}
