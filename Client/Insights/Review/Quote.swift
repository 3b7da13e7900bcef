package import JournalModel

/// A sentence that somebody wrote.
package struct Quote: Hashable, Sendable {
  package let record: RecordID
  package let day: CivilDay
  package let text: String

  /// Characters: shorter ones say little alone, longer ones are better read where they stand.
  private static let lengths = 20...220

  /// Sentences spread over the days, starred entries first; one a record, and each once.
  ///
  /// - Parameters: oldest first.
  static func chosen(from entries: [Entry], _ moods: [MoodLog], max: Int) -> [Quote] {
    var seen: Set<String> = []
    let starred = entries.filter(\.isStarred).compactMap(Quote.init)
      .filter { seen.insert($0.text).inserted }
    let others =
      (entries.filter { !$0.isStarred }.compactMap(Quote.init) + moods.compactMap(Quote.init))
      .filter { seen.insert($0.text).inserted }
    let chosen = spread(starred, max)
    return (chosen + spread(others, max - chosen.count)).sorted { $0.day < $1.day }
  }

  private static func spread(_ quotes: [Quote], _ count: Int) -> [Quote] {
    guard quotes.count > count else { return quotes }
    return (0..<count).map { quotes[$0 * quotes.count / count] }
  }

  private init?(_ entry: Entry) {
    guard let text = Self.sentence(in: entry.text) else { return nil }
    self.init(record: entry.id, day: entry.date.day, text: text)
  }

  private init?(_ mood: MoodLog) {
    guard let text = mood.note.flatMap(Self.sentence) else { return nil }
    self.init(record: mood.id, day: mood.date.day, text: text)
  }

  private init(record: RecordID, day: CivilDay, text: String) {
    self.record = record
    self.day = day
    self.text = text
  }

  /// The first sentence of fitting length, in a line of plain text.
  static func sentence(in text: String) -> String? {
    var isCode = false
    for line in text.split(whereSeparator: \.isNewline) {
      if line.hasPrefix("```") || line.hasPrefix("~~~") { isCode.toggle() }
      guard !isCode, let first = line.first(where: { $0 != " " }), !marks.contains(first)
      else { continue }
      for sentence in sentences(line) where lengths.contains(sentence.count) { return sentence }
    }
    return nil
  }

  /// What begins a heading, a quotation, a list, a table, a fence.
  private static let marks: Set<Character> = ["#", ">", "-", "*", "+", "|", "`", "~", "<", "["]

  /// With the mark that ends each, where one does; a dot before a small letter ends none.
  private static func sentences(_ line: Substring) -> [String] {
    var sentences: [String] = []
    var sentence = ""
    let characters = Array(line)
    for (index, character) in characters.enumerated() {
      sentence.append(character)
      let next = index + 1 < characters.count ? characters[index + 1] : nil
      let afterNext = index + 2 < characters.count ? characters[index + 2] : nil
      let isEnd =
        "。！？".contains(character)
        || ".!?…".contains(character) && (next == nil || next == " ")
          && afterNext?.isLowercase != true
      guard isEnd || next == nil else { continue }
      let trimmed = sentence.drop { $0 == " " }
      if !trimmed.isEmpty { sentences.append(String(trimmed)) }
      sentence = ""
    }
    return sentences
  }
}
