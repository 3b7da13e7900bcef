internal import Interchange
internal import JournalStore
internal import JournalSync
internal import OperationLog

/// What a sync did.
struct SyncRendering {
  let context: CommandContext

  func show(_ report: SyncReport, json: Bool) throws {
    let teller = NewsTeller(try context.openedJournal(), context)
    try teller.show(report, json: json, context.output)
  }

  /// What a restored journal has to settle. What came back from the trash long ago is no news.
  func showConflicts() throws {
    let teller = NewsTeller(try context.openedJournal(), context)
    try teller.showConflicts(context.output)
  }

  func warn(_ warnings: [SyncWarning]) {
    context.output.flush()
    Self.lines(warnings).forEach(Output.message)
  }

  static func lines(_ warnings: [SyncWarning]) -> [String] {
    warnings.map { Visible.line($0.description) }
  }

  static func text(_ report: SyncReport) -> String {
    guard report.pushed + report.pulled > 0 else { return Messages.Sync.nothingNew }
    return Messages.Sync.done(pushed: report.pushed, pulled: report.pulled)
  }

  static func json(_ report: SyncReport, _ news: MergeNews) -> JSONText {
    let returned =
      news.returned.isEmpty
      ? [] : [Messages.Conflicts.returned(ids: news.returned.map(\.description))]
    return .object([
      ("pushed", .integer(report.pushed)),
      ("pulled", .integer(report.pulled)),
      ("conflicts", .integer(news.contested.count)),
      ("requests", .integer(report.requests)),
      ("bytesSent", .integer(report.bytesSent)),
      ("bytesReceived", .integer(report.bytesReceived)),
      ("warnings", .strings(report.warnings.map(\.description) + returned)),
    ])
  }
}
