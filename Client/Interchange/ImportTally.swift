package import JournalModel

/// What became of the records that an import took.
package struct ImportTally: Sendable {
  package private(set) var addedByKind: [RecordKind: Int] = [:]
  /// Records that the journal knew already, or that stood in the sources twice.
  package private(set) var knownCount = 0

  package init() {}

  package var addedCount: Int { addedByKind.values.reduce(0, +) }

  /// - Parameter isNew: whether it was added; else it was known.
  package mutating func count(_ kind: RecordKind, isNew: Bool) {
    if isNew {
      addedByKind[kind, default: 0] += 1
    } else {
      knownCount += 1
    }
  }
}
