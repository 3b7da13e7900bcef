internal import JournalModel
private import OperationLog

/// What Ebb adds to an entry that it writes for Day One, so that nothing is lost when it is read
/// again: a member `ebb`, which Day One passes over.
enum DayOneOwn {
  static let member = "ebb"

  static func value(_ entry: Entry) -> JSONText {
    let marked = Set(entry.common.tagsInText)
    let named = Set(entry.common.peopleInText)
    var members: [(key: String, value: JSONText)] = [
      ("date", .string(entry.date.rfc9557)),
      ("createdAt", .string(JournalDate.utcText(unixMilliseconds: entry.created))),
      ("journal", .string(entry.journal)),
      ("tags", .strings(entry.tags.filter { !marked.contains($0) })),
      ("people", .strings(entry.people.filter { !named.contains($0) })),
    ]
    if let title = entry.title { members.append(("title", .string(title))) }
    if let prompt = entry.prompt { members.append(("prompt", .string(prompt))) }
    if entry.common.isTrashed { members.append(("trashed", .boolean(true))) }
    return .object(members)
  }

  /// The text that Day One shows: the title is its first line.
  static func text(_ entry: Entry) -> String {
    (entry.title.map(heading) ?? "") + entry.text
  }

  /// The record that Ebb wrote; `nil` for every other entry.
  static func record(_ value: JSONValue, at place: SourcePlace) -> ImportedRecord? {
    guard let own = value[member], let id = value["uuid"]?.string?.lowercased(),
      let record = RecordID(hexadecimal: id),
      let date = own["date"]?.string.flatMap(JournalDate.init(rfc9557:)),
      var text = value["text"]?.string
    else { return nil }
    let title = own["title"]?.string
    if let title, text.utf8.starts(with: heading(title).utf8) {
      text = String(Substring(text.utf8.dropFirst(heading(title).utf8.count)))
    }
    var draft = EntryDraft(date: date, text: text)
    draft.title = title
    draft.isStarred = value["starred"]?.boolean ?? false
    draft.journal = own["journal"]?.string ?? draft.journal
    draft.tags = own["tags"]?.strings ?? []
    draft.people = own["people"]?.strings ?? []
    draft.prompt = own["prompt"]?.string
    var imported = ImportedRecord(
      .entry(draft), identity: .record(record),
      createdAt: own["createdAt"]?.string.flatMap(RecordFields.milliseconds(utc:)), place: place)
    imported.isTrashed = own["trashed"]?.boolean ?? false
    return imported
  }

  private static func heading(_ title: String) -> String {
    "# " + title.split(whereSeparator: \.isNewline).joined(separator: " ") + "\n\n"
  }
}
