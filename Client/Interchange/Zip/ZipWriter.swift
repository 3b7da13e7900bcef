internal import JournalModel

/// Writes an archive, file after file; what comes out goes to `write`.
///
///     var file = try ZipWriter.File(name: "Journal.json")
///     file.append(bytes)
///     var zip = ZipWriter(now: settings.now) { try target.write($0) }
///     try zip.add(file)
///     try zip.finish()
struct ZipWriter {
  /// A file, deflated while it is written: only that is held.
  struct File {
    let name: String
    fileprivate private(set) var packed: [UInt8] = []
    fileprivate private(set) var count = 0
    fileprivate private(set) var checksum: UInt32 = 0
    private let deflater: Deflater

    /// - Throws: `ZipError` when there is no memory.
    init(name: String) throws(ZipError) {
      self.name = name
      deflater = try Deflater()
    }

    mutating func append(_ bytes: [UInt8]) {
      count += bytes.count
      checksum = ZipChecksum.adding(bytes, to: checksum)
      deflater.deflate(bytes, isLast: false, into: &packed)
    }

    fileprivate mutating func end() {
      deflater.deflate([], isLast: true, into: &packed)
    }
  }

  private let write: ([UInt8]) throws -> Void
  private let stamp: [UInt8]
  private var offset = 0
  private var directory: [UInt8] = []
  private var fileCount = 0

  /// - Parameter now: Unix milliseconds; the files bear this time, in UTC.
  init(now: Int64, _ write: @escaping ([UInt8]) throws -> Void) {
    self.write = write
    stamp = Self.stamp(now)
  }

  /// - Throws: `ZipError.Reason.tooManyFiles` for what only zip64 could hold; what `write` throws.
  mutating func add(_ file: File) throws {
    var file = file
    file.end()
    let name = Array(file.name.utf8)
    guard let offset32 = UInt32(exactly: offset), let count = UInt32(exactly: file.count),
      let packedCount = UInt32(exactly: file.packed.count), fileCount < 0xfffe,
      let nameCount = UInt16(exactly: name.count)
    else { throw ZipError(.tooManyFiles) }
    // Version 2.0; names in UTF-8; deflated.
    var shared: [UInt8] = [20, 0, 0, 8, 8, 0]
    shared += stamp
    shared += Self.bytes(file.checksum) + Self.bytes(packedCount) + Self.bytes(count)
    shared += Self.bytes(nameCount) + [0, 0]
    let header = [0x50, 0x4b, 3, 4] + shared + name
    try write(header)
    try write(file.packed)
    offset += header.count + file.packed.count
    fileCount += 1
    // Made on Unix, where only its owner may read it.
    directory += [0x50, 0x4b, 1, 2, 20, 3] + shared
    directory += [0, 0, 0, 0, 0, 0] + Self.bytes(UInt32(0o100600) << 16)
    directory += Self.bytes(offset32) + name
  }

  func finish() throws {
    guard let start = UInt32(exactly: offset), let size = UInt32(exactly: directory.count),
      let count = UInt16(exactly: fileCount)
    else { throw ZipError(.tooManyFiles) }
    try write(directory)
    try write(
      [0x50, 0x4b, 5, 6, 0, 0, 0, 0] + Self.bytes(count) + Self.bytes(count) + Self.bytes(size)
        + Self.bytes(start) + [0, 0])
  }

  private static func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }

  /// Time and date as MS-DOS had them: from 1980 to 2107, in steps of two seconds.
  private static func stamp(_ now: Int64) -> [UInt8] {
    let seconds = Int(min(max(now / 1000, 315_532_800), 4_354_819_198))
    let day = CivilDay(clampingDaysSinceEpoch: seconds / 86_400)
    let clock = seconds % 86_400
    let time = UInt16((clock / 3600) << 11 | (clock / 60 % 60) << 5 | clock % 60 / 2)
    let date = UInt16((day.year - 1980) << 9 | day.month << 5 | day.day)
    return bytes(time) + bytes(date)
  }
}
