import OperationLog
import TestSupport
import Testing

@Suite struct HybridClockTests {
  @Test func `the clock follows the wall and counts within a millisecond`() {
    var clock = HybridClock()
    let first = clock.tick(wallClockMilliseconds: 1000)
    let second = clock.tick(wallClockMilliseconds: 1000)
    let third = clock.tick(wallClockMilliseconds: 1001)
    #expect([first, second, third].map(\.description) == ["1000.0", "1000.1", "1001.0"])
  }

  @Test func `the clock does not go back with the wall`() {
    var clock = HybridClock()
    let before = clock.tick(wallClockMilliseconds: 5000)
    let after = clock.tick(wallClockMilliseconds: 3000)
    #expect(after == before.next)
  }

  @Test func `the clock moves past what it observes and not behind`() {
    var clock = HybridClock()
    clock.observe(Timestamp(milliseconds: 9000))
    clock.observe(Timestamp(milliseconds: 7000))
    #expect(clock.last == Timestamp(milliseconds: 9000))
    #expect(clock.tick(wallClockMilliseconds: 8000) == Timestamp(milliseconds: 9000).next)
  }

  @Test func `a wall that claims any time leaves centuries to go on in`() {
    var clock = HybridClock()
    let first = clock.tick(wallClockMilliseconds: .max)
    #expect(first == Timestamp(milliseconds: WallClock.millisecondsMax))
    #expect(clock.tick(wallClockMilliseconds: .max) == first.next)
  }

  @Test func `a full counter carries into the milliseconds`() {
    var clock = HybridClock(last: Timestamp(rawValue: 1000 << 16 | 0xffff))
    let timestamp = clock.tick(wallClockMilliseconds: 1000)
    #expect(timestamp.milliseconds == 1001)
    #expect(timestamp.counter == 0)
  }

  @Test(arguments: SeededGenerator.seeds)
  func `every tick is greater than all before, whatever the wall says`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var clock = HybridClock()
    var greatest = Timestamp.zero
    for _ in 0..<2000 {
      if Bool.random(using: &random) {
        let timestamp = clock.tick(wallClockMilliseconds: .random(in: -5...50, using: &random))
        #expect(timestamp > greatest)
        greatest = timestamp
      } else {
        let other = Timestamp(rawValue: .random(in: 0...(50 << 16), using: &random))
        clock.observe(other)
        greatest = max(greatest, other)
        #expect(clock.last == greatest)
      }
    }
  }

  @Test func `the greatest timestamp is its own successor`() {
    #expect(Timestamp.max.next == .max)
    #expect(Timestamp.max.advanced(byMilliseconds: 1) == .max)
    #expect(Timestamp.zero.advanced(byMilliseconds: .max) == .max)
  }

  @Test(
    arguments: [
      (-1, 0), (0, 0), (1, 1), (Timestamp.millisecondsMax, Timestamp.millisecondsMax),
      (.max, Timestamp.millisecondsMax), (.min, 0),
    ] as [(Int64, Int64)])
  func `times out of reach are clamped`(wall: Int64, kept: Int64) {
    #expect(Timestamp(milliseconds: wall).milliseconds == kept)
  }
}
