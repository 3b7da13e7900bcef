internal import JournalModel
internal import OperationLog

/// A record that nothing was known of: the state that its first operation makes, and all that the
/// tables get of it, made without them and so on any thread.
struct NewRecord: Sendable {
  let state: RecordState
  let position: TimelinePosition
  let labels: Set<RegisterName>
  let encodedState: [UInt8]
  /// What else the record brings, where that was made beforehand.
  private(set) var additions: Additions?

  struct Additions: Sendable {
    let digest: StateDigest
    /// `nil` for a record without prose.
    let searchText: SearchText?
  }

  init(_ change: RecordChange, stamp: Stamp, zones: ZoneRules) {
    state = RecordState(of: change, stamp: stamp)
    position = state.timelinePosition(zones)
    labels = Label.all(of: state)
    encodedState = RecordStateCoding.encode(state)
  }

  /// With all that is made of it, for an operation whose record is new for sure.
  init(first change: RecordChange, of header: OperationHeader, zones: ZoneRules) {
    self.init(change, stamp: header.stamp, zones: zones)
    additions = Additions(digest: StateDigest(of: header), searchText: SearchText(state))
  }

  var shelf: Int64 { Shelf(state).rawValue }
}
