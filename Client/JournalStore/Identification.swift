package import JournalModel

/// What the beginning of an id stands for.
package enum Identification: Hashable, Sendable {
  case one(RecordID)
  case none
  /// Several records, ascending; at most ten are named.
  case ambiguous([RecordID])
}
