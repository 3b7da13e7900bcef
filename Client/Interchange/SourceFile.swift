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

  /// Lines in UTF-8 without their ends (LF or CRLF), one at a time; `body` gets the number from 1.
  /// With `keepsReturns` they end at line feeds alone.
  ///
  /// A file of any size needs memory for its longest line only, but in UTF-16 for all of it. The
  /// last line needs no end. A byte order mark is skipped, and one of UTF-16 is believed.
  ///
  /// - Parameter encoding: `nil` for UTF-8, which is passed on as it is, right or wrong.
  static func lines(
    of path: String, encoding: TextEncoding? = nil, keepsReturns: Bool = false,
    _ emit: (Int, ArraySlice<UInt8>) throws -> Void
  ) throws {
    func body(_ number: Int, _ line: ArraySlice<UInt8>) throws {
      try emit(number, !keepsReturns && line.last == 0x0d ? line.dropLast() : line)
    }
    let marked = try TextEncoding.marked(read(path, bytesMax: 3))
    switch encoding ?? marked ?? .utf8 {
    case .utf8:
      try rawLines(of: path) { number, line in
        let isMarked = number == 1 && marked == .utf8
        try body(number, isMarked ? line.dropFirst(TextEncoding.utf8Mark.count) : line)
      }
    case .utf16:
      let text = try TextEncoding.utf16.utf8(read(path, bytesMax: 1 << 30))
      let lines = text.split(separator: 0x0a, omittingEmptySubsequences: false)
      for (index, line) in lines.enumerated() where index + 1 < lines.count || !line.isEmpty {
        try body(index + 1, line)
      }
    case let other:
      try rawLines(of: path) { try body($0, other.utf8($1)[...]) }
    }
  }

  private static func rawLines(
    of path: String, _ body: (Int, ArraySlice<UInt8>) throws -> Void
  ) throws {
    var rest: [UInt8] = []
    var number = 0
    func emit(_ line: ArraySlice<UInt8>) throws {
      number += 1
      try body(number, line)
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
  static func chunks(
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
