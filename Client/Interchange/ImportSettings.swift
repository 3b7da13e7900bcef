package import JournalModel

/// What somebody who imports can choose, and what the machine knows.
package struct ImportSettings: Sendable {
  /// Unix milliseconds.
  package var now: Int64
  /// The local zone is that of dates which name none.
  package var zones: ZoneRules
  /// How bytes that are not UTF-8 are to be read; `nil` refuses them.
  package var encoding: TextEncoding?
  /// The journal that entries go to, whatever the source says.
  package var journal: String?
  /// Tags that every record gets.
  package var tags: [String] = []

  package init(now: Int64, zones: ZoneRules) {
    self.now = now
    self.zones = zones
  }
}

/// Encodings that old files come in.
package enum TextEncoding: String, CaseIterable, Sendable {
  case utf8 = "utf-8"
  case utf16 = "utf-16"
  case latin1 = "latin-1"
  case windows1252 = "windows-1252"
}
