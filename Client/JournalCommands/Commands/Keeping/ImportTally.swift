internal import JournalModel
internal import JournalStore

/// What became of the records that an import took.
struct ImportTally: Sendable {
  private(set) var addedByKind: [RecordKind: Int] = [:]
  /// Records that the journal knew already, or that stood in the sources twice.
  private(set) var knownCount = 0
  /// Of those, the ones that say something else here than in the source; what is here stays.
  private(set) var differingCount = 0
  /// The first of them.
  private(set) var differing: [RecordID] = []
  /// Of those, the ones in the trash, which stay there.
  private(set) var trashedCount = 0
  /// Of those, the ones that were erased, here or elsewhere: they are not brought back.
  private(set) var erasedCount = 0

  var addedCount: Int { addedByKind.values.reduce(0, +) }

  private static let namedMax = 5

  mutating func count(_ kind: RecordKind, _ id: RecordID, _ acquaintance: Acquaintance) {
    switch acquaintance {
    case .new:
      addedByKind[kind, default: 0] += 1
      return
    case .same: break
    case .different:
      differingCount += 1
      if differing.count < Self.namedMax { differing.append(id) }
    case .trashed: trashedCount += 1
    case .erased: erasedCount += 1
    }
    knownCount += 1
  }
}
