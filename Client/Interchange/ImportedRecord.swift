package import JournalModel

/// One record as an importer found it in a source.
package struct ImportedRecord: Sendable {
  package var content: Content
  package var identity: Identity
  /// Unix milliseconds; `nil` when the source does not say: then the instant of its date.
  package var createdAt: Int64?
  package var isTrashed = false
  /// Earlier versions, oldest first, where the source tells them.
  package var versions: [EarlierVersion] = []
  /// Where it stands in the source.
  package var place: SourcePlace

  package enum Content: Sendable {
    case entry(EntryDraft)
    case mood(MoodDraft)
    case step(StepDraft)
    /// What Ebb itself exported, register by register; its record id is replaced by the identity's.
    case change(RecordChange)
  }

  /// What makes it the same record when it is imported again, here or on another machine.
  package enum Identity: Hashable, Sendable {
    /// The record's own id: of Ebb's export.
    case record(RecordID)
    /// The id that the source gives it, unique in sources of this format.
    case source(String)
    /// The source gives none: its content, and how many of the same came before it.
    case content
    /// The same with what else the source says: an id that other sources give, too, or in Unix
    /// milliseconds an instant, of which the day and time here depend on where it is imported.
    case contentWith(id: String?, instant: Int64?)
  }

  package init(
    _ content: Content, identity: Identity = .content, createdAt: Int64? = nil,
    place: SourcePlace
  ) {
    self.content = content
    self.identity = identity
    self.createdAt = createdAt
    self.place = place
  }
}

/// A place in a source, as a message names it.
package struct SourcePlace: Hashable, Sendable {
  /// The file, relative to the source where that is a folder or an archive.
  package var file: String
  /// From 1; `nil` where lines say nothing.
  package var line: Int?
  /// From 1, where others stand before it in its line.
  package var record: Int?

  package init(file: String, line: Int? = nil, record: Int? = nil) {
    self.file = file
    self.line = line
    self.record = record
  }
}
