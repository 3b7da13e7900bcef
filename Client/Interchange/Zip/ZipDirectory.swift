/// The central directory of an archive: what is in it, and where.
///
/// Source: PKWARE's APPNOTE 6.3.10, sections 4.3.12 to 4.3.16 and 4.5.3 (zip64). The directory alone
/// is believed, never what stands between the files.
struct ZipDirectory {
  /// In the order of the directory.
  let entries: [ZipEntry]
  /// Where it begins, and the files end.
  let start: Int

  /// More than the photos of a long life.
  static let entriesMax = 500_000
  private static let bytesMax = 128 << 20

  init(of bytes: any ZipBytes) throws(ZipError) {
    let place = try Self.place(in: bytes)
    start = place.start
    guard place.count <= Self.entriesMax, place.size <= Self.bytesMax else {
      throw ZipError(.tooManyFiles)
    }
    var fields = ZipFields(try bytes.read(at: place.start, count: place.size))
    var entries: [ZipEntry] = []
    for _ in 0..<place.count { entries.append(try ZipEntry(&fields)) }
    self.entries = entries
    for entry in entries { try entry.check() }
    try checkNames()
    try checkPlaces()
  }

  private struct Place {
    var count: Int
    var size: Int
    var start: Int
  }

  /// As the end record says, which is the last thing of the file but a comment.
  private static func place(in bytes: any ZipBytes) throws(ZipError) -> Place {
    let tail = try bytes.read(
      at: max(0, bytes.count - endCount - 0xffff), count: min(bytes.count, endCount + 0xffff))
    var index = tail.count - endCount
    while index >= 0 {
      if tail[index...].starts(with: [0x50, 0x4b, 5, 6]),
        Int(tail[index + 20]) | Int(tail[index + 21]) << 8 == tail.count - index - endCount
      {
        return try place(endingAt: bytes.count - tail.count + index, in: bytes)
      }
      index -= 1
    }
    throw ZipError(try begins(bytes) ? .endsEarly : .notAnArchive)
  }

  private static let endCount = 22

  private static func begins(_ bytes: any ZipBytes) throws(ZipError) -> Bool {
    try bytes.read(at: 0, count: min(2, bytes.count)) == [0x50, 0x4b]
  }

  private static func place(
    endingAt end: Int, in bytes: any ZipBytes
  ) throws(ZipError) -> Place {
    var fields = ZipFields(try bytes.read(at: end, count: endCount).dropFirst(4))
    let disks = [try fields.uint16(), try fields.uint16()]
    let counts = [try fields.uint16(), try fields.uint16()]
    var place = Place(count: counts[1], size: try fields.size(4), start: try fields.size(4))
    var limit = end
    if place.count == 0xffff || place.size == 0xffff_ffff || place.start == 0xffff_ffff {
      (place, limit) = try largePlace(before: end, in: bytes)
    } else if disks != [0, 0] || counts[0] != counts[1] {
      throw ZipError(.split)
    }
    guard place.start <= limit, place.size <= limit - place.start else { throw ZipError(.damaged) }
    return place
  }

  /// As zip64 says; and where its record begins.
  private static func largePlace(
    before end: Int, in bytes: any ZipBytes
  ) throws(ZipError) -> (Place, Int) {
    guard end >= 20 else { throw ZipError(.damaged) }
    let locator = try bytes.read(at: end - 20, count: 20)
    guard locator.starts(with: [0x50, 0x4b, 6, 7]) else { throw ZipError(.damaged) }
    var fields = ZipFields(locator.dropFirst(8))
    let offset = try fields.size(8)
    guard offset <= end - 20, end - 20 - offset >= 56 else { throw ZipError(.damaged) }
    let record = try bytes.read(at: offset, count: 56)
    guard record.starts(with: [0x50, 0x4b, 6, 6]) else { throw ZipError(.damaged) }
    fields = ZipFields(record.dropFirst(16))
    let disks = [try fields.uint32(), try fields.uint32()]
    let counts = [try fields.size(8), try fields.size(8)]
    guard disks == [0, 0], counts[0] == counts[1] else { throw ZipError(.split) }
    return (Place(count: counts[1], size: try fields.size(8), start: try fields.size(8)), offset)
  }

  private func checkNames() throws(ZipError) {
    var seen: Set<[UInt8]> = []
    for entry in entries where !seen.insert(entry.rawName).inserted {
      throw ZipError(.namedTwice, in: entry.name)
    }
  }

  /// Files that share bytes are how a small archive inflates to a huge one.
  private func checkPlaces() throws(ZipError) {
    let sorted = entries.sorted { $0.offset < $1.offset }
    for (index, entry) in sorted.enumerated() {
      let limit = index + 1 < sorted.count ? sorted[index + 1].offset : start
      guard entry.offset <= start, entry.packedCount <= start else {
        throw ZipError(.damaged, in: entry.name)
      }
      guard entry.offset + ZipEntry.localCount + entry.rawName.count + entry.packedCount <= limit
      else { throw ZipError(.overlaps, in: entry.name) }
    }
  }
}
