import JournalModel
import JournalStore
import Simulation
import TestSupport
import Testing

/// A journal on a disk that loses power at any one write.
@Suite struct CrashTests {
  private let date = JournalDate(rfc9557: "2026-11-21T08:15:00+00:00[UTC]")

  private func environment(_ disk: SimulatedDisk) -> StoreEnvironment {
    StoreEnvironment(
      wallClockMilliseconds: { 1_790_000_000_000 },
      randomBytes: { count in (0..<count).map { _ in UInt8.random(in: .min ... .max) } },
      machine: [1], hostName: "desk", zones: .utc, busyMilliseconds: 0, disk: disk.storeDisk)
  }

  private func entry(_ text: String, _ id: RecordID) throws -> RecordChange {
    try EntryDraft(date: try #require(date), text: text).change(record: id, createdAt: 1)
  }

  @Test(
    arguments: [SimulatedDisk.Loss.none, .power],
    [
      SimulatedDisk.Fault.Kind.crash, .inputOutput(writes: 1), .inputOutput(writes: 9),
      .full(writes: 1), .full(writes: 9),
    ])
  func `what was told as saved is there, and the rest is whole or absent`(
    loss: SimulatedDisk.Loss, fault: SimulatedDisk.Fault.Kind
  ) throws {
    var random = SeededGenerator(seed: 1)
    for write in 1...60 {
      let disk = SimulatedDisk(seed: UInt64(write))
      var saved: [RecordID: String] = [:]
      var tried: [RecordID: String] = [:]
      func save(_ text: String, _ id: RecordID) {
        tried[id] = text
        do {
          let store = try JournalStore.open(folder: disk.folder, environment: environment(disk))
          try store.write([try entry(text, id)])
          saved[id] = text
        } catch {
          #expect(error is StoreError, "\(error)")
        }
      }
      save("before", .random(using: &random))
      disk.fail(fault, afterWrites: write)
      for number in 1...5 { save("entry \(number)", .random(using: &random)) }
      disk.stop()
      disk.restart(losing: loss)

      let store = try JournalStore.open(folder: disk.folder, environment: environment(disk))
      for state in try store.records(matching: RecordQuery()) {
        #expect(state[.text]?.text == tried[state.id])
        saved[state.id] = nil
      }
      #expect(saved.isEmpty, "write \(write)")
    }
  }

  @Test func `what was not synced can be lost, and what was synced cannot`() throws {
    var lost = 0
    for seed in 1...50 as ClosedRange<UInt64> {
      var random = SeededGenerator(seed: seed)
      let disk = SimulatedDisk(seed: seed)
      let id = RecordID.random(using: &random)
      let store = try JournalStore.open(folder: disk.folder, environment: environment(disk))
      try store.write([try entry("synced", id)])
      // Of the next one only the first two writes are made.
      disk.fail(.crash, afterWrites: 3)
      #expect(throws: StoreError.self) {
        try store.write([try entry("not synced", .random(using: &random))])
      }
      let image = disk.image
      disk.restart(losing: .power)
      if disk.image != image { lost += 1 }
      let again = try JournalStore.open(folder: disk.folder, environment: environment(disk))
      #expect(try again.records(matching: RecordQuery()).map(\.id) == [id])
    }
    #expect(lost > 10)
  }
}
