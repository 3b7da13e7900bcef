private import CZlib

/// A zip archive that is read and never unpacked: what is asked for is inflated piece by piece.
final class ZipArchive {
  /// In the order of the directory.
  var entries: [ZipEntry] { directory.entries }
  private let bytes: any ZipBytes
  private let directory: ZipDirectory
  private var inflatedCount = 0

  /// All files together, as far as they are read.
  private static let inflatedCountMax = 8 << 30

  /// - Throws: `ZipError`, like all that follows.
  init(_ bytes: any ZipBytes) throws(ZipError) {
    self.bytes = bytes
    directory = try ZipDirectory(of: bytes)
  }

  /// The file's bytes, of which there are at most `countMax`.
  func contents(of entry: ZipEntry, countMax: Int = 1 << 30) throws -> [UInt8] {
    guard entry.count <= countMax else { throw ZipError(.bomb, in: entry.name) }
    var contents: [UInt8] = []
    contents.reserveCapacity(entry.count)
    try read(entry) {
      contents += $0
      return true
    }
    return contents
  }

  /// The first bytes of a file, unchecked.
  func beginning(of entry: ZipEntry, countMax: Int) throws -> [UInt8] {
    var beginning: [UInt8] = []
    try read(entry) {
      beginning += $0.prefix(countMax - beginning.count)
      return beginning.count < countMax
    }
    return beginning
  }

  /// Reads a file piece by piece until `body` has enough; at its end, its checksum was right.
  func read(_ entry: ZipEntry, _ body: (ArraySlice<UInt8>) throws -> Bool) throws {
    do {
      try readUnnamed(entry, body)
    } catch var error as ZipError {
      error.name = entry.name
      throw error
    }
  }

  private func readUnnamed(
    _ entry: ZipEntry, _ body: (ArraySlice<UInt8>) throws -> Bool
  ) throws {
    var check = Check()
    func pass(_ piece: ArraySlice<UInt8>) throws -> Bool {
      check.add(piece)
      inflatedCount += piece.count
      guard check.count <= entry.count else { throw ZipError(.damaged) }
      guard inflatedCount <= Self.inflatedCountMax else { throw ZipError(.bomb) }
      return try body(piece)
    }
    let start = try dataStart(of: entry)
    switch entry.method {
    case ZipEntry.stored:
      guard entry.packedCount == entry.count else { throw ZipError(.damaged) }
      guard try pieces(from: start, count: entry.packedCount, pass) else { return }
    case ZipEntry.deflated:
      let stream = try Inflater()
      let isRead = try pieces(from: start, count: entry.packedCount) { piece in
        try stream.inflate(piece, pass)
      }
      guard isRead else { return }
      guard stream.isAtEnd else { throw ZipError(.endsEarly) }
    default: throw ZipError(.unknownMethod(entry.method))
    }
    guard check.count == entry.count, check.checksum == entry.checksum else {
      throw ZipError(.wrongChecksum)
    }
  }

  /// After the local header, which must be of the same file.
  private func dataStart(of entry: ZipEntry) throws(ZipError) -> Int {
    let header = try bytes.read(at: entry.offset, count: ZipEntry.localCount)
    var fields = ZipFields(header)
    guard try fields.uint32() == 0x0403_4b50 else { throw ZipError(.damaged) }
    _ = try fields.bytes(22)
    let nameCount = try fields.uint16()
    let extraCount = try fields.uint16()
    let start = entry.offset + ZipEntry.localCount
    guard try bytes.read(at: start, count: nameCount) == entry.rawName else {
      throw ZipError(.damaged)
    }
    let data = start + nameCount + extraCount
    guard data <= directory.start, entry.packedCount <= directory.start - data else {
      throw ZipError(.overlaps)
    }
    return data
  }

  /// False if `body` had enough.
  private func pieces(
    from start: Int, count: Int, _ body: (ArraySlice<UInt8>) throws -> Bool
  ) throws -> Bool {
    var done = 0
    while done < count {
      let piece = try bytes.read(at: start + done, count: min(1 << 16, count - done))
      done += piece.count
      guard try body(piece[...]) else { return false }
    }
    return true
  }

  private struct Check {
    var count = 0
    var checksum: UInt32 = 0

    mutating func add(_ piece: ArraySlice<UInt8>) {
      count += piece.count
      checksum = ZipChecksum.adding(piece, to: checksum)
    }
  }
}

/// CRC-32, as zip has it.
enum ZipChecksum {
  static func adding(_ bytes: some Collection<UInt8>, to checksum: UInt32) -> UInt32 {
    let sum = bytes.withContiguousStorageIfAvailable { bytes in
      crc32_z(UInt(checksum), bytes.baseAddress, bytes.count)
    }
    return UInt32(truncatingIfNeeded: sum ?? UInt(adding(Array(bytes), to: checksum)))
  }
}
