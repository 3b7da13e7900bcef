internal import JournalModel

/// A note as other programs write it, which becomes an entry.
///
/// Its text stays as it is. Fields that Ebb has become registers; others are kept below the text,
/// but for those that tell a program how to show it.
struct Note {
  private var matter: FrontMatter
  private var lines: [String]
  private let path: String
  private let place: SourcePlace
  private var kept = KeptFields()

  /// - Parameters:
  ///   - lines: without the fields.
  ///   - path: of the file.
  init(_ matter: FrontMatter, _ lines: [String], path: String, place: SourcePlace) {
    self.matter = matter
    self.lines = lines
    self.path = path
    self.place = place
    takePageProperties()
  }

  /// `nil` where there is nothing to keep.
  mutating func record(
    _ dating: NoteDating, _ report: inout ImportReport
  ) throws -> ImportedRecord? {
    guard !isNothing else {
      report.note(.empty, place)
      return nil
    }
    let date = takeScalar(["date", "day", "datum"])
    let time = takeScalar(["time"])
    let created = takeScalar(Self.createdNames)
    let title = takeScalar(["title"])
    let heading = firstHeading
    let found = dating.date(
      .init(
        date: date?.text, time: time?.text, created: created?.text, title: title?.text,
        firstHeading: heading, pathParts: pathParts),
      path: path, place, &report)
    let others = datedHeadingCount - (heading.flatMap(NoteDate.leading) == nil ? 0 : 1)
    if others > 0 { report.note(.leftOut("dates of headings within notes"), place, count: others) }
    if let date, !found.usesField { keep(date.name, date.text, &report) }
    if let time, !found.usesTime { keep(time.name, time.text, &report) }
    var draft = EntryDraft(date: found.date, text: "")
    takeNames(&draft, &report)
    draft.title = self.title(title?.text, heading, found, &report)
    draft.isStarred = takeFlag(["starred", "star", "favorite", "favourite"], &report)
    let createdAt = created.flatMap { dating.milliseconds($0.text) }
    if let created, createdAt == nil { keep(created.name, created.text, &report) }
    keepOthers(&report)
    guard finish(&draft) else {
      report.note(.empty, place)
      return nil
    }
    var record = ImportedRecord(.entry(draft), createdAt: createdAt, place: place)
    if found.isOfFile {
      report.fault(
        .dateless(impossible: found.impossible, takenFor: found.date.day), place)
      // A copy of the file has another time and says the same.
      record.identity = .source((pathParts.last ?? "") + "\n" + draft.text)
    }
    return record
  }

  /// A link to a note that nobody has written yet makes such a file. Of a day, the name beside the
  /// date is a text.
  private var isNothing: Bool {
    matter.fields.isEmpty && matter.comments.isEmpty && lines.allSatisfy(\.isBlankText)
      && pathParts.last.flatMap(NoteDate.found) == nil
  }

  private static let createdNames: Set = [
    "created", "created_at", "createdat", "created-at", "date created", "date_created",
    "creation_date", "creation date", "creationdate",
  ]

  private var pathParts: [String] {
    var parts = path.split(separator: "/").map(String.init)
    if let name = parts.popLast() { parts.append(NoteFiles.withoutEnding(name)) }
    return parts
  }

  /// The heading that the text begins with, without its marks.
  private var firstHeading: String? {
    lines.first { !$0.isBlankText }.flatMap(heading)
  }

  /// A file is an entry, whatever days its headings name.
  private var datedHeadingCount: Int {
    lines.count { heading($0).flatMap(NoteDate.leading) != nil }
  }

  private func heading(_ line: String) -> String? {
    let mark: Character = NoteFiles.isOrg(place.file) ? "*" : "#"
    guard line.first == mark else { return nil }
    let words = line.drop { $0 == mark }
    return words.first == " " ? words.trimmedOfWhiteSpace : nil
  }

  /// The title that the note names; else what its file's name says beside the date.
  private mutating func title(
    _ named: String?, _ heading: String?, _ found: NoteDating.Found, _ report: inout ImportReport
  ) -> String? {
    var title = named
    // Logseq and others give a day its date as title.
    if let whole = title.flatMap(NoteDate.init(whole:)), whole.civilDay(.monthFirst) != nil {
      title = nil
    }
    if let long = title, long.utf8.count > Limits.Text.title.bytesMax {
      keep("title", long, &report)
      title = nil
    }
    let words = found.nameWords
    guard let title, !title.isBlankText else {
      let isHeading = Self.letters(words) == heading.map(Self.letters)
      return words.isBlankText || isHeading ? nil : Self.spaced(words)
    }
    if !words.isBlankText && Self.letters(words) != Self.letters(title) {
      keep("file name", words, &report)
    }
    return title
  }

  /// `welcome-to-jekyll` as Jekyll shows it: `Welcome To Jekyll`.
  private static func spaced(_ name: String) -> String {
    guard !name.contains(where: \.isWhitespace), name.contains("-") || name.contains("_") else {
      return name
    }
    return name.split { $0 == "-" || $0 == "_" }
      .map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " ")
  }

  private static func letters(_ text: String) -> String {
    String(text.lowercased().filter { $0.isLetter || $0.isNumber })
  }

  /// The text is whole now; false if nothing of the note is left to keep.
  private func finish(_ draft: inout EntryDraft) -> Bool {
    let text = lines.drop(while: \.isBlankText).joined(separator: "\n")
    // An empty day of an outliner is one empty bullet.
    let isEmpty = text.allSatisfy { $0.isWhitespace || "-*".contains($0) }
    draft.text = kept.appended(to: isEmpty ? "" : text)
    if draft.text.isBlankText, let title = draft.title {
      draft.text = title
      draft.title = nil
    }
    return !draft.text.isBlankText
  }
}

// Fields.
extension Note {
  /// Takes a field of one line that says something.
  private mutating func takeScalar(_ names: Set<String>) -> (name: String, text: String)? {
    for field in matter.fields where names.contains(field.key.lowercased()) {
      guard case .scalar(let text) = field.value, !text.isBlankText else { continue }
      matter.fields.removeAll { $0.key == field.key && $0.value == field.value }
      return (field.key, text)
    }
    return nil
  }

  private mutating func takeFlag(_ names: Set<String>, _ report: inout ImportReport) -> Bool {
    guard let flag = takeScalar(names) else { return false }
    switch flag.text.lowercased() {
    case "true", "yes": return true
    case "false", "no": return false
    default:
      keep(flag.name, flag.text, &report)
      return false
    }
  }

  /// Tags that stand in the text are found there again.
  private mutating func takeNames(_ draft: inout EntryDraft, _ report: inout ImportReport) {
    let inText = Set(TextMarks(lines.joined(separator: "\n")).names(.tag))
    let tags = ["tags", "tag", "categories", "category", "keywords"]
    for field in matter.take(Set(tags)) {
      for name in names(field, &report) {
        let tag = name.drop { $0 == "#" }.trimmedOfWhiteSpace
        if !inText.contains(tag) && !draft.tags.contains(tag) { draft.tags.append(tag) }
      }
    }
    for var field in matter.take(["people", "person", "persons"]) {
      // A name can have several words.
      if case .scalar(let text) = field.value {
        field.value = .list(text.split(separator: ",").map(\.trimmedOfWhiteSpace))
      }
      draft.people += names(field, &report)
    }
  }

  /// The names of a list that can be names; others are kept in the text.
  private mutating func names(
    _ field: FrontMatter.Field, _ report: inout ImportReport
  ) -> [String] {
    if field.value == .other {
      keep(field.key, Self.readable(field), &report)
      return []
    }
    return field.value.names.filter { name in
      if let checked = try? OneLineName.checked(name, field: "tag"), checked != "#" { return true }
      keep(field.key, name, &report)
      return false
    }
  }

  /// Fields that have no place of their own.
  private mutating func keepOthers(_ report: inout ImportReport) {
    for field in matter.fields {
      if Self.namesForPrograms.contains(field.key.lowercased()) {
        report.note(.leftOut(field.key), place)
      } else {
        keep(field.key, Self.readable(field), &report)
      }
    }
    for comment in matter.comments { keep("comment", comment, &report) }
  }

  /// They say how or where a note is shown, or repeat what the file system says.
  private static let namesForPrograms: Set = [
    "layout", "permalink", "cssclass", "cssclasses", "modified", "updated", "lastmod",
    "last_modified_at", "startup", "options",
  ]

  private mutating func keep(_ name: String, _ text: String, _ report: inout ImportReport) {
    guard !text.isBlankText else { return }
    kept.add(name, text)
    report.note(.keptInText(name), place)
  }

  /// `first, second`, and of fields in fields `systolic: 184, diastolic: 118`.
  private static func readable(_ field: FrontMatter.Field) -> String {
    switch field.value {
    case .scalar(let text): return text
    case .list(let items): return items.joined(separator: ", ")
    case .other:
      let first = field.lines.first.flatMap(FrontMatter.keyAndRest)?.rest ?? ""
      if ["|", "|-", "|+"].contains(first) { return literal(field.lines.dropFirst()) }
      let isBlock = [">", ">-", ">+"].contains(first)
      var text = isBlock ? "" : first
      for line in field.lines.dropFirst().map(\.trimmedOfWhiteSpace) where !line.isEmpty {
        if !text.isEmpty { text += isBlock || text.hasSuffix(":") ? " " : ", " }
        text += line
      }
      return text
    }
  }

  /// The lines of a block as they stand, without what all are indented by.
  private static func literal(_ lines: ArraySlice<String>) -> String {
    let indent = lines.filter { !$0.isBlankText }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
    return lines.map { String($0.dropFirst(indent)) }.joined(separator: "\n")
  }

  /// Logseq's properties of a page, above its first block: those that Ebb has a place for.
  private mutating func takePageProperties() {
    let start = lines.firstIndex { !$0.isBlankText } ?? lines.endIndex
    var end = start
    var others: [String] = []
    while end < lines.endIndex, let range = lines[end].firstRange(of: ":: ") {
      let key = String(lines[end][..<range.lowerBound])
      guard !key.isEmpty, key.allSatisfy({ $0.isLetter || $0.isNumber || "-_".contains($0) })
      else { break }
      let text = lines[end][range.upperBound...].trimmedOfWhiteSpace
      if ["tags", "title", "date"].contains(key.lowercased()) {
        let value = text.replacing("[[", with: "").replacing("]]", with: "")
        matter.fields.append(.init(key: key, value: .scalar(value), lines: [lines[end]]))
      } else {
        others.append(lines[end])
      }
      end += 1
    }
    if others.count < end - start { lines.replaceSubrange(start..<end, with: others) }
  }
}
