import JournalModel
import OperationLog
import Testing

@Suite struct RecordReplayTests {
  /// An edit, or into the trash and out of it.
  private static let versions: [EarlierVersion] =
    (0..<12).flatMap { number in
      var edit = RecordEdit()
      edit.set(.text, .text("version \(number)\n"))
      if number.isMultiple(of: 3) { edit.set(.title, .text("title \(number)")) }
      if number == 4 { edit.clear("title") }
      if number.isMultiple(of: 5) {
        edit.remove("river", from: .tag)
      } else if number.isMultiple(of: 2) {
        edit.add("river", to: .tag)
      }
      let trashing = number.isMultiple(of: 4) ? [EarlierVersion(.trashing(true))] : []
      return [EarlierVersion(.edit(edit))] + trashing
    }

  @Test func `a record made change by change is the one that all its changes merge to`() throws {
    let id = try #require(RecordID([UInt8](repeating: 1, count: RecordID.count)))
    var replay = RecordReplay(blank: id, kind: .entry)
    #expect(replay.isBlank)
    var changes: [StampedChange] = []
    for version in Self.versions {
      guard let change = try version.change(of: replay.state) else { continue }
      let number = changes.count + 1
      let stamp = Stamp(
        timestamp: Timestamp(milliseconds: Int64(number)),
        id: OperationID(device: DeviceID(rawValue: 1), sequence: Sequence(UInt64(number))))
      changes.append(StampedChange(stamp: stamp, change: change))
      replay.apply(change, as: stamp.id)
      #expect(replay.state == RecordState(id: id, merging: changes))
    }
    #expect(changes.count > 12)
    #expect(!replay.isBlank)
  }
}
