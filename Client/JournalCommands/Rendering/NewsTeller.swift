internal import Interchange
internal import JournalStore
internal import JournalSync

/// Says what a sync did, and with it what merging has done since somebody was last told.
///
/// A sync in the background tells nobody; the next one that somebody sees tells for it.
struct NewsTeller: Sendable {
  private let journal: JournalStore
  private let style: Style
  private let columns: Int?

  init(_ journal: JournalStore, _ context: CommandContext) {
    self.journal = journal
    style = context.style
    columns = context.terminal.columns
  }

  func show(_ report: SyncReport, json: Bool, _ output: Output) throws {
    let news = try journal.news()
    if json {
      output.json(SyncRendering.json(report, news))
    } else {
      if report.pushed + report.pulled > 0 || news.isEmpty {
        output.sentence(SyncRendering.text(report))
      }
      try lines(news).forEach(output.line)
    }
    output.flush()
    if !json { SyncRendering.lines(report.warnings).forEach(Output.message) }
    // Better twice than never.
    try journal.forgetNews(news)
  }

  func showConflicts(_ output: Output) throws {
    let news = try journal.news()
    var conflicts = news
    conflicts.returned = []
    try lines(conflicts).forEach(output.line)
    output.flush()
    try journal.forgetNews(news)
  }

  private func lines(_ news: MergeNews) throws -> [String] {
    try NewsRendering(journal: journal, style: style, columns: columns).lines(news)
  }
}
