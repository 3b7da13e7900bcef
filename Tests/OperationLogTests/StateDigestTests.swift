import OperationLog
import TestSupport
import Testing

@Suite struct StateDigestTests {
  private static func tag(_ number: UInt8) throws -> RegisterTag {
    try #require(RegisterTag([UInt8](repeating: number, count: RegisterTag.count)))
  }

  @Test func `an empty journal has the digest zero`() {
    #expect(StateDigest().bytes == [UInt8](repeating: 0, count: 32))
  }

  @Test func `one register's digest is the hash of its tag and winner`() throws {
    var digest = StateDigest()
    digest.insert(
      try Self.tag(1), winner: OperationID(device: DeviceID(rawValue: 2), sequence: Sequence(3)))
    // printf of 12 x 01, 0000000000000002, 0000000000000003 through sha256sum.
    #expect(
      digest.description
        == "efac1cb82361c66cb6ce722a38f689bc28549de9e8654271b8523dcaf10ab2d5")
  }

  @Test(arguments: SeededGenerator.seeds)
  func `kept up to date it is the same as taken anew`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var winners: [RegisterTag: OperationID] = [:]
    var kept = StateDigest()
    for _ in 0..<1000 {
      let tag = try Self.tag(.random(in: 0...40, using: &random))
      let new: OperationID? =
        Int.random(in: 0..<5, using: &random) == 0
        ? nil
        : OperationID(
          device: .random(using: &random), sequence: Sequence(.random(in: 1...9, using: &random)))
      kept.replace(tag, from: winners[tag], to: new)
      winners[tag] = new
    }
    var anew = StateDigest()
    for (tag, winner) in winners.shuffled(using: &random) { anew.insert(tag, winner: winner) }
    #expect(kept == anew)
    #expect(kept != StateDigest())
    for (tag, winner) in winners { kept.remove(tag, winner: winner) }
    #expect(kept == StateDigest())
  }

  @Test func `other winners and other tags make another digest`() throws {
    let winner = OperationID(device: DeviceID(rawValue: 2), sequence: Sequence(3))
    let other = OperationID(device: DeviceID(rawValue: 3), sequence: Sequence(2))
    var digests: Set<StateDigest> = []
    for (tag, winner) in [(1, winner), (1, other), (2, winner)] {
      var digest = StateDigest()
      digest.insert(try Self.tag(UInt8(tag)), winner: winner)
      digests.insert(digest)
    }
    #expect(digests.count == 3)
  }

  @Test func `its bytes are read again`() throws {
    var digest = StateDigest()
    for number in 0..<20 {
      digest.insert(
        try Self.tag(UInt8(number)),
        winner: OperationID(device: DeviceID(rawValue: 2), sequence: Sequence(3)))
    }
    #expect(StateDigest(digest.bytes) == digest)
    #expect(StateDigest(digest.bytes.dropLast()) == nil)
  }
}
