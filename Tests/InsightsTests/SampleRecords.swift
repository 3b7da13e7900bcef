import Insights
import JournalModel
import OperationLog
import Testing

/// Records as drafts make them.
enum SampleRecords {
  static func step(
    _ id: RecordID, done day: CivilDay, fearBefore: Int, fearAfter: Int,
    title: String = "Say what I would like"
  ) throws -> Step {
    var draft = StepDraft(title: title)
    draft.doneAt = JournalDate(day: day, timeZone: "UTC")
    draft.fearBefore = fearBefore
    draft.fearAfter = fearAfter
    return try #require(Step(try state(try draft.change(record: id, createdAt: 0))))
  }

  static func state(_ change: RecordChange) throws -> RecordState {
    let stamp = Stamp(
      timestamp: Timestamp(milliseconds: 1_790_000_000_000),
      id: OperationID(device: DeviceID(rawValue: 1), sequence: Sequence(1)))
    return try #require(
      RecordState(id: change.record, merging: [StampedChange(stamp: stamp, change: change)]))
  }
}
