internal import GRDB
package import JournalModel
internal import OperationLog

/// What merging made of records that somebody should be told of, once.
///
/// It is kept with the records until it has been told: most merging is done by a sync in the
/// background, which nobody watches.
package struct MergeNews: Hashable, Sendable {
  /// Records that newly hold lost prose.
  package var contested: [RecordID]
  /// Records that an edit made elsewhere brought back from the trash.
  package var returned: [RecordID]

  package init(contested: [RecordID] = [], returned: [RecordID] = []) {
    self.contested = contested
    self.returned = returned
  }

  package var isEmpty: Bool { contested.isEmpty && returned.isEmpty }
}

extension JournalStore {
  /// What nobody has been told yet, and what is still so.
  package func news() throws -> MergeNews {
    try reading { db in try MergeNews.load(db).stillTrue(db) }
  }

  /// Notes that it was told.
  package func forgetNews(_ told: MergeNews) throws {
    guard try reading({ try !MergeNews.load($0).isEmpty }) else { return }
    try writingPlainly { db in
      var rest = try MergeNews.load(db).stillTrue(db)
      rest.contested.removeAll(where: told.contested.contains)
      rest.returned.removeAll(where: told.returned.contains)
      try rest.save(db)
    }
  }
}

extension MergeNews {
  private static let contestedSetting = SettingName("news.contested")
  private static let returnedSetting = SettingName("news.returned")

  mutating func note(_ effect: LogTransaction.RecordEffect) {
    guard let new = effect.new else { return }
    if effect.hasNewSiblings { contested.append(new.id) }
    if effect.hasReturned { returned.append(new.id) }
  }

  /// Adds these to what is kept.
  func add(_ db: Database) throws {
    guard !isEmpty else { return }
    var kept = try Self.load(db)
    let (contestedBefore, returnedBefore) = (Set(kept.contested), Set(kept.returned))
    kept.contested += contested.filter { !contestedBefore.contains($0) }
    kept.returned += returned.filter { !returnedBefore.contains($0) }
    try kept.save(db)
  }

  fileprivate static func load(_ db: Database) throws -> MergeNews {
    MergeNews(
      contested: try ids(contestedSetting, db), returned: try ids(returnedSetting, db))
  }

  fileprivate func stillTrue(_ db: Database) throws -> MergeNews {
    var news = MergeNews()
    for id in contested {
      guard let state = try RecordRow.state(of: id, db) else { continue }
      if state.hasSiblings && !state.isTrashed { news.contested.append(id) }
    }
    for id in returned {
      guard let state = try RecordRow.state(of: id, db) else { continue }
      if state.hasReturned { news.returned.append(id) }
    }
    return news
  }

  fileprivate func save(_ db: Database) throws {
    try Self.save(contested, Self.contestedSetting, db)
    try Self.save(returned, Self.returnedSetting, db)
  }

  private static func ids(_ name: SettingName, _ db: Database) throws -> [RecordID] {
    let bytes = try db.first(
      "SELECT value FROM setting WHERE name = ?1", .text(name.rawValue), read: { $0.bytes(0) })
    guard let bytes else { return [] }
    return stride(from: 0, to: bytes.count, by: RecordID.count).compactMap { start in
      RecordID(bytes[start..<min(start + RecordID.count, bytes.count)])
    }
  }

  private static func save(_ ids: [RecordID], _ name: SettingName, _ db: Database) throws {
    guard !ids.isEmpty else {
      return try db.run("DELETE FROM setting WHERE name = ?1", .text(name.rawValue))
    }
    try db.run(
      "INSERT OR REPLACE INTO setting(name, value) VALUES (?1, ?2)", .text(name.rawValue),
      .blob(ids.flatMap(\.bytes)))
  }
}
