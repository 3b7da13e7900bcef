/// A file in an archive, as the directory describes it.
struct ZipEntry: Hashable {
  /// Parts with slashes between them; a folder's ends with one.
  let name: String
  let rawName: [UInt8]
  let flags: Int
  let method: Int
  let checksum: UInt32
  let packedCount: Int
  let count: Int
  /// Of its local header.
  let offset: Int

  static let stored = 0
  static let deflated = 8
  /// Bytes of a local header before its name.
  static let localCount = 30

  /// What every bomb has and no journal: deflate makes prose a third, and can make zeros a
  /// thousandth.
  static let ratioMax = 200
  /// Small files are harmless whatever they inflate to.
  static let countNeverABomb = 8 << 20

  var isFolder: Bool { rawName.last == UInt8(ascii: "/") }

  /// Takes one from the directory.
  init(_ fields: inout ZipFields) throws(ZipError) {
    guard try fields.uint32() == 0x0201_4b50 else { throw ZipError(.damaged) }
    _ = try fields.bytes(4)
    flags = try fields.uint16()
    method = try fields.uint16()
    _ = try fields.bytes(4)
    checksum = try fields.uint32()
    var sizes = [try fields.size(4), try fields.size(4)]
    sizes.swapAt(0, 1)
    let nameCount = try fields.uint16()
    let extraCount = try fields.uint16()
    let commentCount = try fields.uint16()
    let disk = try fields.uint16()
    _ = try fields.bytes(6)
    sizes.append(try fields.size(4))
    rawName = Array(try fields.bytes(nameCount))
    name = String(decoding: rawName, as: UTF8.self)
    try Self.enlarge(&sizes, by: try fields.bytes(extraCount))
    _ = try fields.bytes(commentCount)
    (count, packedCount, offset) = (sizes[0], sizes[1], sizes[2])
    guard disk == 0 || disk == 0xffff else { throw ZipError(.split) }
  }

  /// Takes sizes that need more than four bytes from zip64's field; it holds those alone.
  private static func enlarge(
    _ sizes: inout [Int], by extra: ArraySlice<UInt8>
  ) throws(ZipError) {
    guard sizes.contains(0xffff_ffff) else { return }
    var extra = ZipFields(extra)
    while !extra.isAtEnd {
      let isLarge = try extra.uint16() == 1
      var field = ZipFields(try extra.bytes(try extra.uint16()))
      guard isLarge else { continue }
      for index in sizes.indices where sizes[index] == 0xffff_ffff {
        sizes[index] = try field.size(8)
      }
      return
    }
  }

  /// - Throws: what is wrong about it, before a byte of it is read.
  func check() throws(ZipError) {
    if hasClimbingName { throw ZipError(.climbs, in: name) }
    guard !rawName.isEmpty, !rawName.contains(0) else { throw ZipError(.damaged, in: name) }
    // Bit 6 and method 99 are other ways to encrypt.
    if flags & 0x41 != 0 || method == 99 { throw ZipError(.encrypted, in: name) }
    if count > Self.countNeverABomb, count / Self.ratioMax > packedCount {
      throw ZipError(.bomb, in: name)
    }
  }

  /// Nothing is unpacked to a path, but an archive that tries is not to be trusted with anything.
  private var hasClimbingName: Bool {
    let bytes = rawName.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 }
    if bytes.first == UInt8(ascii: "/") { return true }
    // `C:` of Windows.
    if bytes.count > 1, bytes[1] == UInt8(ascii: ":") { return true }
    return bytes.split(separator: UInt8(ascii: "/")).contains { $0.elementsEqual("..".utf8) }
  }
}
