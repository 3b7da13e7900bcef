import JournalModel
import OperationLog
import TestSupport
import Testing

@testable import JournalStore

struct RecordStateCodingTests {
  @Test(arguments: SeededGenerator.seeds)
  func `a state is read as it was written`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let state = try randomState(&generator)
      let bytes = RecordStateCoding.encode(state)
      let read = bytes.withUnsafeBytes {
        RecordStateCoding.decode($0, id: state.id, kind: state.kind)
      }
      #expect(read == state)
    }
  }

  @Test(arguments: SeededGenerator.seeds)
  func `damaged bytes are never more than unreadable`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let state = try randomState(&generator)
    let bytes = RecordStateCoding.encode(state)
    for count in bytes.indices {
      let read = bytes[..<count].withUnsafeBytes {
        RecordStateCoding.decode($0, id: state.id, kind: state.kind)
      }
      #expect(read == nil)
    }
    for _ in 0..<2_000 {
      var damaged = bytes
      let index = Int.random(in: bytes.indices, using: &generator)
      damaged[index] = .random(in: .min ... .max, using: &generator)
      _ = damaged.withUnsafeBytes {
        RecordStateCoding.decode($0, id: state.id, kind: state.kind)
      }
    }
  }

  @Test func `a record's only operation gives the state that merging gives`() throws {
    let change = try entry(1, "Wind from the west") {
      $0.title = "Shore"
      $0.tags = ["river"]
      $0.isStarred = true
    }
    let stamp = Stamp(
      timestamp: Timestamp(milliseconds: 5),
      id: OperationID(device: DeviceID(rawValue: 7), sequence: .first))
    let merged = RecordState(
      id: change.record, merging: [StampedChange(stamp: stamp, change: change)])
    #expect(RecordState(of: change, stamp: stamp) == merged)
  }

  @Test(arguments: 1...50 as ClosedRange<UInt64>)
  func `a device record advances to the state that merging gives, in any order`(
    seed: UInt64
  ) throws {
    var generator = SeededGenerator(seed: seed)
    let id = RecordID.random(using: &generator)
    let changes = (1...8).map { number in
      let names = ["have", "name", "writes/1", "writes/2"].map { RegisterName($0) }
      let writes = names.filter { _ in Bool.random(using: &generator) }.map {
        RegisterWrite($0, .integer(.random(in: 0...9, using: &generator)))
      }
      let stamp = Stamp(
        timestamp: Timestamp(milliseconds: .random(in: 1...4, using: &generator)),
        id: OperationID(
          device: DeviceID(rawValue: .random(in: 1...3, using: &generator)),
          sequence: Sequence(UInt64(number))))
      return StampedChange(
        stamp: stamp, change: RecordChange(record: id, kind: .device, writes: writes))
    }
    let advanced = changes.dropFirst().reduce(
      RecordState(of: changes[0].change, stamp: changes[0].stamp) as RecordState?
    ) { state, next in
      state?.advanced(by: RecordState(of: next.change, stamp: next.stamp))
    }
    #expect(advanced == RecordState(id: id, merging: changes), "seed \(seed)")
  }

  @Test func `what has prose or was thrown away is merged anew`() throws {
    let entry = try entry(1, "Wind from the west")
    let trash = RecordChange(
      record: entry.record, kind: .device, writes: [RegisterWrite(.trashed, .boolean(true))])
    let stamp = Stamp(
      timestamp: Timestamp(milliseconds: 5),
      id: OperationID(device: DeviceID(rawValue: 7), sequence: .first))
    for change in [entry, trash] {
      let state = RecordState(of: change, stamp: stamp)
      #expect(state.advanced(by: state) == nil)
    }
  }

  private func randomState(_ generator: inout SeededGenerator) throws -> RecordState {
    func operation() -> OperationID {
      OperationID(
        device: DeviceID(rawValue: .random(in: 0...3, using: &generator) << 60),
        sequence: Sequence(.random(in: 1...Sequence.max.rawValue, using: &generator)))
    }
    func stamp() -> Stamp {
      Stamp(timestamp: Timestamp(rawValue: generator.next()), id: operation())
    }
    func value() -> RegisterValue {
      let values: [RegisterValue] = [
        .text(""), .text("naïve 東京 \u{0}"), .integer(.min), .integer(7), .boolean(true),
        .boolean(false), .absent, .unknown,
      ]
      return values[Int.random(in: values.indices, using: &generator)]
    }
    func several<Value>(_ make: () -> Value) -> [Value] {
      (0..<Int.random(in: 0...3, using: &generator)).map { _ in make() }
    }
    var registers: [RegisterName: RecordState.Register] = [:]
    for number in 0..<Int.random(in: 0...9, using: &generator) {
      registers[RegisterName("register/\(number)")] = RecordState.Register(
        stamp: stamp(), value: value(), seen: several(operation), heads: several(operation),
        siblings: several { RecordState.Sibling(stamp: stamp(), value: value()) })
    }
    return RecordState(
      id: try recordID(1), kind: .entry, registers: registers,
      modified: Timestamp(rawValue: generator.next()))
  }
}
