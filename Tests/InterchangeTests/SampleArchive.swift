/// A zip archive put together by hand, so that every field of it can be wrong.
struct SampleArchive {
  struct File {
    var name: [UInt8]
    var data: [UInt8]
    var method: UInt16 = 0
    var flags: UInt16 = 0x800
    var checksum: UInt32
    /// As the directory says.
    var count: UInt32
    var localName: [UInt8]
    /// After the data: a checksum and sizes again.
    var hasDescriptor = false
    var extra: [UInt8] = []
    /// `nil` for where it stands.
    var offset: UInt32?
    /// Of the directory, where it is not that of the data.
    var packedCount: UInt32?

    init(_ name: String, _ text: String = "words") {
      self.name = Array(name.utf8)
      localName = self.name
      data = Array(text.utf8)
      checksum = Self.checksum(data)
      count = UInt32(data.count)
    }

    /// CRC-32 bit by bit (ISO 3309): slow, and none of zlib's.
    static func checksum(_ bytes: [UInt8]) -> UInt32 {
      var sum = ~UInt32(0)
      for byte in bytes {
        sum ^= UInt32(byte)
        for _ in 0..<8 { sum = sum & 1 == 1 ? (sum >> 1) ^ 0xedb8_8320 : sum >> 1 }
      }
      return ~sum
    }
  }

  var files: [File]
  var comment: [UInt8] = []
  var isLarge = false
  var disk: UInt16 = 0

  init(_ files: File...) {
    self.files = files
  }

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    for file in files {
      let offset = file.offset ?? UInt32(bytes.count)
      let sizes =
        file.hasDescriptor ? [0, 0, 0] : [file.checksum, UInt32(file.data.count), file.count]
      bytes += Self.little(0x0403_4b50 as UInt32) + Self.little(20 as UInt16)
      bytes += Self.little(file.flags) + Self.little(file.method) + [0, 0, 0, 0]
      bytes += sizes.flatMap(Self.little) + Self.little(UInt16(file.localName.count)) + [0, 0]
      bytes += file.localName + file.data
      if file.hasDescriptor {
        bytes += [0x50, 0x4b, 7, 8] + Self.little(file.checksum)
        bytes += Self.little(UInt32(file.data.count)) + Self.little(file.count)
      }
      directory += Self.little(0x0201_4b50 as UInt32) + [20, 3, 20, 0]
      directory += Self.little(file.flags) + Self.little(file.method) + [0, 0, 0, 0]
      directory += Self.little(file.checksum)
      directory +=
        Self.little(file.packedCount ?? UInt32(file.data.count)) + Self.little(file.count)
      directory += Self.little(UInt16(file.name.count)) + Self.little(UInt16(file.extra.count))
      directory += Array(repeating: 0, count: 10) + Self.little(offset) + file.name + file.extra
    }
    return bytes + directory + end(start: bytes.count, size: directory.count)
  }

  private func end(start: Int, size: Int) -> [UInt8] {
    let count = UInt16(files.count)
    var end: [UInt8] = []
    if isLarge {
      end += Self.little(0x0606_4b50 as UInt32) + Self.little(44 as UInt64) + [45, 3, 45, 0]
      end += Array(repeating: 0, count: 8) + Self.little(UInt64(count)) + Self.little(UInt64(count))
      end += Self.little(UInt64(size)) + Self.little(UInt64(start))
      end += Self.little(0x0706_4b50 as UInt32) + [0, 0, 0, 0]
      end += Self.little(UInt64(start + size)) + Self.little(1 as UInt32)
    }
    let shown = isLarge ? UInt16.max : count
    end += Self.little(0x0605_4b50 as UInt32) + Self.little(disk) + Self.little(disk)
    end += Self.little(shown) + Self.little(shown)
    end += Self.little(isLarge ? UInt32.max : UInt32(size))
    end += Self.little(isLarge ? UInt32.max : UInt32(start))
    return end + Self.little(UInt16(comment.count)) + comment
  }

  static func little(_ number: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }
}
