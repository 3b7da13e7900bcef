/// Drafts that editors left behind, in numbers: words that are not in the journal yet.
struct KeptDrafts {
  private let folder: String
  /// Of new entries.
  private let entryCount: Int
  /// Of records that are there, and of conflicts.
  private let changeCount: Int

  /// Those that an editor is at work on are left out.
  init(_ folders: JournalFolders) {
    folder = folders.drafts
    let drafts = Draft.all(in: folder).filter { !$0.isOpen }
    entryCount = drafts.count { $0.purpose == .write }
    changeCount = drafts.count - entryCount
  }

  var count: Int { entryCount + changeCount }

  /// How many there are, and how to go on with them; `nil` if there are none.
  var sentence: String? {
    let sentences = [
      entryCount > 0 ? Messages.Today.draftsOfEntries(entryCount) : nil,
      changeCount > 0
        ? Messages.Today.draftsOfChanges(changeCount, folder: Visible.line(folder)) : nil,
    ].compactMap(\.self)
    return sentences.isEmpty ? nil : sentences.joined(separator: " ")
  }
}
