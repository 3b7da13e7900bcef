/// How it was at one moment: the mood, and the pull of closeness, as the registers say.
package struct MoodLog: RecordView, Hashable, Sendable {
  package let common: CommonFields
  /// When it was; when it was created in UTC, if that is missing or unreadable.
  package let date: JournalDate
  /// 1 to 10.
  package let score: Int?
  /// 1 to 10.
  package let energy: Int?
  /// How close it felt: 0 to 10.
  package let closeness: Int?
  package let pull: Pull?
  /// To withdraw: 0 to 10.
  package let urge: Int?
  package let emotions: [String]
  /// Ids of `Sign`, and any that a later version knows.
  package let signs: [String]
  package let trigger: String?
  package let said: String?
  package let meant: String?
  package let fear: String?
  package let action: String?
  package let technique: String?
  /// Before a practice: 1 to 10.
  package let scoreBefore: Int?
  /// Before a practice: 0 to 10.
  package let urgeBefore: Int?
  package let note: String?
  package let entry: RecordID?
  package let unreadable: [String]

  /// `nil` for a record of another kind.
  package init?(_ state: RecordState) {
    guard state.kind == .mood else { return nil }
    var reader = FieldReader(state)
    common = CommonFields(state, &reader)
    date = reader.date(.date) ?? common.dateCreated
    score = reader.integer(.score, 1...10)
    energy = reader.integer(.energy, 1...10)
    closeness = reader.integer(.closeness, 0...10)
    pull = reader.pull(.pull)
    urge = reader.integer(.urge, 0...10)
    emotions = reader.names(.emotion)
    signs = reader.names(.sign)
    trigger = reader.text(.trigger)
    said = reader.text(.said)
    meant = reader.text(.meant)
    fear = reader.text(.fear)
    action = reader.text(.action)
    technique = reader.text(.technique)
    scoreBefore = reader.integer(.scoreBefore, 1...10)
    urgeBefore = reader.integer(.urgeBefore, 0...10)
    note = reader.text(.note)
    entry = reader.record(.entry)
    unreadable = reader.unreadable.sorted()
  }
}
