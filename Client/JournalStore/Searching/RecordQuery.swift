package import JournalModel

/// Which records to list. Conditions of different properties are all met, of one list any:
/// but each tag and each person named must be there.
package struct RecordQuery: Sendable {
  package var kinds: [RecordKind] = RecordKind.journal
  /// The date as written, both ends included.
  package var from: CivilDay?
  package var to: CivilDay?
  package var tags: [String] = []
  package var people: [String] = []
  /// One of these journals; empty for all. Entries alone are in a journal.
  package var journals: [String] = []
  package var starred = false
  /// In the trash, or not in the trash.
  package var trashed = false
  package var search: SearchQuery?
  /// `nil` for all.
  package var limit: Int?
  package var oldestFirst = false

  package init() {}

  /// Only records of one day.
  package var on: CivilDay? {
    get { from == to ? from : nil }
    set {
      from = newValue
      to = newValue
    }
  }
}
