internal import JournalModel
internal import JournalStore
internal import OperationLog

/// What merging made of records, told once: which were written on two machines at once, which are
/// back from the trash.
struct NewsRendering {
  let journal: JournalStore
  let style: Style
  let columns: Int?

  func lines(_ news: MergeNews) throws -> [String] {
    var lines: [String] = []
    if !news.contested.isEmpty {
      lines.append(Messages.Conflicts.contested(news.contested.count))
      lines += try rows(news.contested)
      lines.append(Messages.Conflicts.howToSettle)
    }
    if !news.returned.isEmpty {
      lines.append(Messages.Conflicts.returned(news.returned.count))
      lines += try rows(news.returned)
    }
    return lines
  }

  /// Enough to see which; `ebb conflicts` has them all.
  static let rowsMax = 20

  func rows(_ ids: [RecordID], max: Int = rowsMax) throws -> [String] {
    let shown = ids.prefix(max)
    let short = try journal.shortestPrefixes(of: Array(shown))
    let row = RecordRow(style: style, columns: columns.map { $0 - 2 })
    let rows = try shown.compactMap { id in
      try journal.state(of: id).flatMap { row.text($0, id: short[id] ?? id.description) }
        .map { "  " + $0 }
    }
    let more = ids.count - shown.count
    return more > 0 ? rows + [Messages.Records.more(more)] : rows
  }
}
