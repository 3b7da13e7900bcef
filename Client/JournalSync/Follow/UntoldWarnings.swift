import JournalStore

/// What syncs in the background had to say when nobody was there to read it.
enum UntoldWarnings {
  /// As many as somebody would read.
  private static let sentencesMax = 20

  static func read(from store: JournalStore) throws -> [String] {
    try store.decodedSetting(.untoldWarnings, as: [String].self) ?? []
  }

  static func add(_ warnings: [SyncWarning], to store: JournalStore) throws {
    guard !warnings.isEmpty else { return }
    var sentences = try read(from: store)
    for sentence in warnings.map(\.description) where !sentences.contains(sentence) {
      sentences.append(sentence)
    }
    try store.setEncodedSetting(.untoldWarnings, sentences.suffix(sentencesMax))
  }

  /// Adds them to what a sync says to somebody.
  static func tell(in report: inout SyncReport, from store: JournalStore) throws {
    let sentences = try read(from: store)
    guard !sentences.isEmpty else { return }
    let present = Set(report.warnings.map(\.description))
    for sentence in sentences where !present.contains(sentence) { report.warn(.earlier(sentence)) }
    try store.setSetting(.untoldWarnings, nil)
  }
}

extension SyncClient {
  /// What syncs in the background had to say, and no `sync` has told since.
  package func untoldWarnings() throws -> [String] { try UntoldWarnings.read(from: store) }
}
