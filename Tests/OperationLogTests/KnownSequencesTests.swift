import OperationLog
import TestSupport
import Testing

@Suite struct KnownSequencesTests {
  @Test(arguments: SeededGenerator.seeds)
  func `it says what a plain set of numbers says`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      var known = KnownSequences()
      var model: Set<UInt64> = []
      for _ in 0..<40 {
        let sequence = UInt64.random(in: 1...60, using: &random)
        known.insert(Sequence(sequence))
        model.insert(sequence)
        expect(known, model)
      }
    }
  }

  @Test(arguments: SeededGenerator.seeds)
  func `what lies apart makes one more range`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var known = KnownSequences()
    for _ in 0..<200 {
      let sequence = Sequence(.random(in: 1...90, using: &random))
      let before = known.beyond.count
      let liesApart = known.liesApart(sequence)
      known.insert(sequence)
      #expect(liesApart == (known.beyond.count > before), "seed \(seed), \(sequence)")
    }
  }

  @Test(arguments: SeededGenerator.seeds)
  func `ranges in any form are brought into the one it keeps`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let gapless = UInt64.random(in: 0...10, using: &random)
      var model: Set<UInt64> = gapless == 0 ? [] : Set(1...gapless)
      var ranges: [ClosedRange<Sequence>] = []
      for _ in 0..<Int.random(in: 0...8, using: &random) {
        let lower = UInt64.random(in: 1...60, using: &random)
        let upper = UInt64.random(in: lower...(lower + 9), using: &random)
        ranges.append(Sequence(lower)...Sequence(upper))
        model.formUnion(lower...upper)
      }
      expect(KnownSequences(gapless: Sequence(gapless), beyond: ranges), model)
    }
  }

  private func expect(_ known: KnownSequences, _ model: Set<UInt64>) {
    let last = model.max() ?? 0
    let missing = Set(1..<(last + 1)).subtracting(model)
    #expect(known.gapless.rawValue == (missing.min() ?? last + 1) - 1)
    #expect(known.last.rawValue == last)
    #expect(known.hasGap == !missing.isEmpty)
    for number in 0...(last + 2) {
      #expect(known.contains(Sequence(number)) == model.contains(number))
    }
    let gaps = known.gaps.flatMap { $0.lowerBound.rawValue...$0.upperBound.rawValue }
    #expect(Set(gaps) == missing && gaps.count == missing.count)
    // Apart, so that equal knowledge is equal.
    var end = known.gapless
    for range in known.beyond {
      #expect(end.next < range.lowerBound)
      end = range.upperBound
    }
  }

  @Test func `the last sequence of all can be known`() {
    let known = KnownSequences(gapless: .none, beyond: [.max ... .max])
    #expect(known.contains(.max))
    #expect(known.gaps == [.first...Sequence(Sequence.max.rawValue - 1)])
  }

  @Test func `many ranges are taken in one pass`() {
    let ranges = (1...100_000).map { Sequence(UInt64($0) * 2)...Sequence(UInt64($0) * 2) }
    #expect(KnownSequences(gapless: .none, beyond: ranges.reversed()).beyond == ranges)
  }

  @Test(arguments: SeededGenerator.seeds)
  func `what is missing is what one knows and the other does not`(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 1...200 {
      var sets: [Set<UInt64>] = []
      for _ in 1...2 {
        let share = Int.random(in: 0...4, using: &random)
        sets.append(Set((1...30).filter { _ in Int.random(in: 0..<4, using: &random) < share }))
      }
      let known = sets.map { set in
        var known = KnownSequences()
        for sequence in set { known.insert(Sequence(sequence)) }
        return known
      }
      let missing = known[0].missing(in: known[1])
      let flat = missing.flatMap { Array($0.lowerBound.rawValue...$0.upperBound.rawValue) }
      #expect(flat == sets[0].subtracting(sets[1]).sorted())
    }
  }

  /// With a pass over all ranges for each, this takes minutes and not a moment.
  @Test(.timeLimit(.minutes(20)))
  func `what comes in order goes in at once, however many gaps there are`() {
    let count: UInt64 = 300_000
    var known = KnownSequences()
    for number in 1...count { known.insert(Sequence(2 * number)) }
    #expect(known.beyond.count == Int(count))
    for number in 1...count { #expect(known.contains(Sequence(2 * number))) }
    #expect(known.gaps.count == Int(count))
  }

  @Test func `a vector knows what was put in, device by device`() {
    var vector = VersionVector()
    let left = DeviceID(rawValue: 1)
    let right = DeviceID(rawValue: 2)
    vector.insert(OperationID(device: left, sequence: Sequence(1)))
    vector.insert(OperationID(device: right, sequence: Sequence(2)))
    #expect(vector[left].gapless == Sequence(1))
    #expect(vector[right].gapless == .none)
    #expect(vector.contains(OperationID(device: right, sequence: Sequence(2))))
    #expect(!vector.contains(OperationID(device: left, sequence: Sequence(2))))
    #expect(vector.devices == [left, right])
    #expect(VersionVector([left: KnownSequences()]) == VersionVector())
  }
}
