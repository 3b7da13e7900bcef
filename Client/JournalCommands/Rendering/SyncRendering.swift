internal import JournalSync

/// What a sync did.
struct SyncRendering {
  let context: CommandContext

  func show(_ report: SyncReport, json: Bool) {
    if json {
      context.output.json(Self.json(report))
    } else {
      context.output.line(Self.text(report))
      warn(report)
    }
  }

  func warn(_ report: SyncReport) {
    context.output.flush()
    Self.warnings(report).forEach(Output.message)
  }

  static func warnings(_ report: SyncReport) -> [String] {
    report.warnings.map { Visible.line($0.description) }
  }

  static func text(_ report: SyncReport) -> String {
    guard report.pushed + report.pulled > 0 else { return Messages.Sync.nothingNew }
    return Messages.Sync.done(
      pushed: report.pushed, pulled: report.pulled, conflicts: report.conflicts)
  }

  static func json(_ report: SyncReport) -> JSONText {
    .object([
      ("pushed", .integer(report.pushed)),
      ("pulled", .integer(report.pulled)),
      ("conflicts", .integer(report.conflicts)),
      ("requests", .integer(report.requests)),
      ("bytesSent", .integer(report.bytesSent)),
      ("bytesReceived", .integer(report.bytesReceived)),
      ("warnings", .strings(report.warnings.map(\.description))),
    ])
  }
}
