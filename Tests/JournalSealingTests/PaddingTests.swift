import Testing

@testable import JournalSealing

struct PaddingTests {
  @Test(arguments: [
    // By the paper's rule: E = floor(log2 L), S = floor(log2 E) + 1, the last E - S bits are 0.
    (1, 1), (2, 2), (3, 3), (8, 8), (9, 10), (15, 16), (16, 16), (17, 18), (31, 32), (33, 36),
    (100, 104), (255, 256), (256, 256), (257, 272), (1000, 1024), (1025, 1088),
    (1_000_000, 1_015_808), (4_194_304, 4_194_304), (4_194_305, 4_325_376),
  ])
  func `lengths are rounded up as Padmé says`(length: Int, padded: Int) {
    #expect(Padding.padme(length) == padded)
  }

  @Test func `no length grows by more than 12 percent, and none shrinks`() {
    for length in 1...20_000 {
      let padded = Padding.padme(length)
      #expect(padded >= length && Double(padded) <= Double(length) * 1.12, "\(length)")
      #expect(Padding.padme(padded) == padded, "\(length)")
    }
  }

  @Test(arguments: [1, 254, 255, 256, 257, 271, 272, 1000, 70_000])
  func `what was padded is found again`(count: Int) {
    for last: UInt8 in [0, 0x80, 0xff] {
      let payload = [UInt8](repeating: 1, count: count - 1) + [last]
      let padded = Padding.padded(payload)
      #expect(padded.count >= 256)
      #expect(padded.withUnsafeBytes(Padding.payloadCount) == count)
    }
  }

  @Test func `any other padding is refused`() {
    let good = Padding.padded([1, 2, 3])
    var dirty = good
    dirty[200] = 1
    var unmarked = good
    unmarked[3] = 0x81
    let longer = good + [UInt8](repeating: 0, count: 16)
    let marker: [UInt8] = [0x80] + [UInt8](repeating: 0, count: 255)
    for bytes in [
      dirty, unmarked, longer, marker, Array(good.dropLast()), [], [0x80],
      [UInt8](repeating: 0, count: 256),
    ] {
      #expect(bytes.withUnsafeBytes(Padding.payloadCount) == nil)
    }
  }
}
