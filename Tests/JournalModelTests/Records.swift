import JournalModel
import OperationLog
import Testing

/// Records as views, made from drafts.
enum Records {
  static func mood(on day: CivilDay, _ change: (inout MoodDraft) -> Void) throws -> MoodLog {
    var draft = MoodDraft(date: JournalDate(day: day, timeZone: "UTC"))
    change(&draft)
    return try #require(
      try MoodLog(state { id throws(InputError) in try draft.change(record: id, createdAt: 0) }))
  }

  static func step(_ change: (inout StepDraft) -> Void) throws -> Step {
    var draft = StepDraft(title: "Say hello")
    change(&draft)
    return try #require(
      try Step(state { id throws(InputError) in try draft.change(record: id, createdAt: 0) }))
  }

  private static func state(_ change: (RecordID) throws -> RecordChange) throws -> RecordState {
    let id = try #require(RecordID([UInt8](repeating: 1, count: 16)))
    let stamp = Stamp(
      timestamp: Timestamp(milliseconds: 1),
      id: OperationID(device: DeviceID(rawValue: 1), sequence: Sequence(1)))
    return try #require(
      RecordState(id: id, merging: [StampedChange(stamp: stamp, change: try change(id))]))
  }
}
