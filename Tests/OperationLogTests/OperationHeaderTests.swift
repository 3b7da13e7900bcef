import OperationLog
import Testing

@Suite struct OperationHeaderTests {
  /// Never to change: operations written years ago have these bytes.
  private static let golden =
    "01" + "a0a1a2a3a4a5a6a7a8a9aaabacadaeaf" + "0102030405060708" + "0000000000000009"
    + "0193456789ab0002" + "0002" + "00000001"
    + "000000000000000000000001" + "0000000000000000000000ff"
    + "1112131415161718" + "0000000000000003" + "b0b1b2b3b4b5b6b7b8b9babbbcbdbebf"
    + "c0c1c2c3c4c5c6c7c8c9cacbcccdcecf"

  private static func header() throws -> OperationHeader {
    OperationHeader(
      account: try account(),
      device: DeviceID(rawValue: 0x0102_0304_0506_0708), sequence: Sequence(9),
      timestamp: Timestamp(rawValue: 0x0193_4567_89ab_0002),
      tags: [
        try #require(RegisterTag(hexadecimal: "000000000000000000000001")),
        try #require(RegisterTag(hexadecimal: "0000000000000000000000ff")),
      ],
      erased: [
        ErasedOperation(
          id: OperationID(
            device: DeviceID(rawValue: 0x1112_1314_1516_1718), sequence: Sequence(3)),
          digest: try #require(OperationDigest(hexadecimal: "b0b1b2b3b4b5b6b7b8b9babbbcbdbebf")))
      ],
      digest: try #require(OperationDigest(hexadecimal: "c0c1c2c3c4c5c6c7c8c9cacbcccdcecf")))
  }

  private static func account() throws -> AccountID {
    try #require(AccountID(hexadecimal: "a0a1a2a3a4a5a6a7a8a9aaabacadaeaf"))
  }

  @Test func `a header has the bytes it always had`() throws {
    let header = try Self.header()
    #expect(Hexadecimal.text(of: header.bytes) == Self.golden)
    #expect(Hexadecimal.text(of: header.bytesWithoutDigest) == String(Self.golden.dropLast(32)))
    let wire = Self.golden.prefix(2) + Self.golden.dropFirst(34)
    #expect(Hexadecimal.text(of: header.wireBytes) == wire)
    #expect(OperationHeader(wireBytes: header.wireBytes, account: try Self.account()) == header)
  }

  @Test func `headers without tags and erased operations are read`() throws {
    let stub = try Self.header().stub
    #expect(stub.tags.isEmpty && stub.erased.isEmpty && stub.timestamp == .zero)
    #expect(OperationHeader(wireBytes: stub.wireBytes, account: try Self.account()) == stub)
  }

  /// One change each to a header that is good.
  private static let malformed: [(String, @Sendable (inout [UInt8]) -> Void)] = [
    ("nothing", { $0 = [] }),
    ("another format", { $0[0] = 2 }),
    ("format zero", { $0[0] = 0 }),
    ("sequence zero", { $0.replaceSubrange(9..<17, with: [UInt8](repeating: 0, count: 8)) }),
    ("a sequence beyond the last", { $0[11] = 1 }),
    ("a trailing byte", { $0.append(0) }),
    ("one byte short", { $0.removeLast() }),
    ("more tags than there are", { $0[26] = 3 }),
    ("fewer tags than there are", { $0[26] = 1 }),
    ("all the tags there could be", { $0.replaceSubrange(25..<27, with: [0xff, 0xff]) }),
    ("more erased than there are", { $0[30] = 2 }),
    (
      "all the erased there could be",
      { $0.replaceSubrange(27..<31, with: [0xff, 0xff, 0xff, 0xff]) }
    ),
    ("tags descending", { $0[31] = 1 }),
    ("a tag twice", { $0.replaceSubrange(43..<55, with: $0[31..<43]) }),
    ("an erased sequence zero", { $0[70] = 0 }),
    ("an erased sequence beyond the last", { $0[63] = 1 }),
  ]

  @Test(arguments: malformed.indices)
  func `a malformed header is refused`(index: Int) throws {
    let (name, damage) = Self.malformed[index]
    var bytes = try Self.header().wireBytes
    damage(&bytes)
    #expect(
      OperationHeader(wireBytes: bytes, account: try Self.account()) == nil, "accepted: \(name)")
  }

  @Test func `a header cut anywhere is refused`() throws {
    let bytes = try Self.header().wireBytes
    for count in bytes.indices {
      #expect(
        OperationHeader(wireBytes: bytes.prefix(count), account: try Self.account()) == nil)
    }
  }

  @Test func `erased operations must ascend`() throws {
    var header = try Self.header()
    let erased = header.erased[0]
    header.erased = [erased, erased]
    #expect(OperationHeader(wireBytes: header.wireBytes, account: header.account) == nil)
  }

  @Test func `a header over a mebibyte is refused`() throws {
    var header = try Self.header()
    let digest = header.digest
    header.erased = (1...32_768).map {
      ErasedOperation(
        id: OperationID(device: DeviceID(rawValue: 1), sequence: Sequence($0)), digest: digest)
    }
    #expect(OperationHeader(wireBytes: header.wireBytes, account: header.account) == nil)
    header.erased.removeLast(10)
    #expect(OperationHeader(wireBytes: header.wireBytes, account: header.account) == header)
  }
}
