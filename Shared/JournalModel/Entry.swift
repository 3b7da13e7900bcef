/// A piece of writing, as its registers say.
package struct Entry: RecordView, Hashable, Sendable {
  package let common: CommonFields
  /// When it happened; when it was created in UTC, if that is missing or unreadable.
  package let date: JournalDate
  package let title: String?
  /// Markdown, verbatim.
  package let text: String
  package let isStarred: Bool
  package let journal: String
  /// The id of the prompt it answers.
  package let prompt: String?
  package let unreadable: [String]

  package static let defaultJournal = "default"

  /// `nil` for a record of another kind.
  package init?(_ state: RecordState) {
    guard state.kind == .entry else { return nil }
    var reader = FieldReader(state)
    common = CommonFields(state, &reader)
    date = reader.date(.date) ?? common.dateCreated
    title = reader.text(.title)
    text = reader.text(.text) ?? ""
    isStarred = reader.boolean(.starred) ?? false
    journal = reader.text(.journal) ?? Self.defaultJournal
    prompt = reader.text(.prompt)
    unreadable = reader.unreadable.sorted()
  }
}
