private import Glibc

/// Reads files of a source.
enum SourceFile {
  /// Up to so many bytes from the beginning.
  static func read(_ path: String, bytesMax: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try chunks(of: path) { chunk in
      bytes += chunk.prefix(bytesMax - bytes.count)
      return bytes.count < bytesMax
    }
    return bytes
  }

  /// Lines without their ends (LF or CRLF), one at a time; `body` gets the number from 1.
  ///
  /// A file of any size needs memory for its longest line only. The last line needs no end.
  static func lines(of path: String, _ body: (Int, ArraySlice<UInt8>) throws -> Void) throws {
    var rest: [UInt8] = []
    var number = 0
    func emit(_ line: ArraySlice<UInt8>) throws {
      number += 1
      try body(number, line.last == 0x0d ? line.dropLast() : line)
    }
    try chunks(of: path) { chunk in
      var start = chunk.startIndex
      while let end = chunk[start...].firstIndex(of: 0x0a) {
        if rest.isEmpty {
          try emit(chunk[start..<end])
        } else {
          rest += chunk[start..<end]
          try emit(rest[...])
          rest.removeAll(keepingCapacity: true)
        }
        start = end + 1
      }
      rest += chunk[start...]
      return true
    }
    if !rest.isEmpty { try emit(rest[...]) }
  }

  /// The file's bytes in their order, until `body` has enough.
  private static func chunks(
    of path: String, _ body: (ArraySlice<UInt8>) throws -> Bool
  ) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw ImportError.unreadable(path: path, systemError: errno)
    }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = buffer.withUnsafeMutableBytes {
        Glibc.read(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw ImportError.unreadable(path: path, systemError: errno) }
      guard count > 0, try body(buffer[..<count]) else { return }
    }
  }
}
