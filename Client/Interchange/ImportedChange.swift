package import JournalModel

/// A record on its way into a journal, under its id.
package struct ImportedChange: Sendable {
  package let change: RecordChange
  /// Earlier versions, oldest first.
  package let versions: [EarlierVersion]
  package let isTrashed: Bool
}
