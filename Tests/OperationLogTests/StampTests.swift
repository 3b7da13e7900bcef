import OperationLog
import TestSupport
import Testing

@Suite struct StampTests {
  private static func stamp(_ timestamp: UInt64, _ device: UInt64, _ sequence: UInt64) -> Stamp {
    Stamp(
      timestamp: Timestamp(rawValue: timestamp),
      id: OperationID(device: DeviceID(rawValue: device), sequence: Sequence(sequence)))
  }

  @Test(arguments: [
    (stamp(1, 9, 9), stamp(2, 1, 1)),
    (stamp(1, 1, 9), stamp(1, 2, 1)),
    (stamp(1, 1, 1), stamp(1, 1, 2)),
    (stamp(1, 1, 1), stamp(1, 0xffff_ffff_ffff_ffff, 1)),
  ])
  func `the later timestamp wins, then the greater device, then the greater sequence`(
    lower: Stamp, higher: Stamp
  ) {
    #expect(lower < higher)
    #expect(higher.wins(over: lower))
    #expect(!lower.wins(over: higher))
    #expect(!lower.wins(over: lower))
    #expect(lower.wins(over: nil))
  }

  @Test func `the order is total`() {
    let values: [UInt64] = [1, 2, 3]
    let stamps = values.flatMap { timestamp in
      values.flatMap { device in values.map { Self.stamp(timestamp, device, $0) } }
    }
    for (index, left) in stamps.enumerated() {
      for (otherIndex, right) in stamps.enumerated() {
        #expect((left < right) == (index < otherIndex))
        #expect((left == right) == (index == otherIndex))
      }
    }
  }

  @Test(arguments: SeededGenerator.seeds)
  func `the winner of a set does not depend on its order`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      var stamps = (0..<8).map { _ in
        Self.stamp(.random(in: 0...2, using: &random), .random(in: 0...2, using: &random), 1)
      }
      var winners: Set<Stamp> = []
      for _ in 0..<10 {
        stamps.shuffle(using: &random)
        var winner: Stamp?
        for stamp in stamps where stamp.wins(over: winner) { winner = stamp }
        if let winner { winners.insert(winner) }
      }
      #expect(winners.count == 1)
    }
  }
}
