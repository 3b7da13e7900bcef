internal import JournalModel
internal import OperationLog

/// A record that nothing was known of: the state that its first operation makes, and all that the
/// tables get of it, made without them and so on any thread.
struct NewRecord: Sendable {
  let state: RecordState
  let position: TimelinePosition
  let labels: Set<RegisterName>
  let encodedState: [UInt8]

  init(_ change: RecordChange, stamp: Stamp, zones: ZoneRules) {
    state = RecordState(of: change, stamp: stamp)
    position = state.timelinePosition(zones)
    labels = Label.all(of: state)
    encodedState = RecordStateCoding.encode(state)
  }

  var shelf: Int64 { Shelf(state).rawValue }
}
