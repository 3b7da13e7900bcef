internal import ArgumentParser
internal import JournalSync

/// `ebb sync`: exchanges what is new with the server.
struct SyncCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "sync", "Exchange what is new with the server.", usage: "ebb sync [options]",
    discussion: Messages.Help.sync)

  static let shape = ArgumentShape(flags: ["--follow", "--background"]).adding(JSONOption.shape)

  @Flag(help: "Keep going: take in what other machines write as they write it, until Ctrl-C.")
  var follow = false

  /// What a write leaves behind.
  @Flag(help: .hidden) var background = false

  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    let client = try context.syncClientWithAccount()
    if background {
      _ = try waiting { try await client.syncInBackground() }
      return
    }
    if follow { return try self.follow(client, context) }
    let report = try context.waitingWithProgress(stopped: Messages.Sync.stopped) {
      try await client.sync(progress: $0)
    }
    try SyncRendering(context: context).show(report, json: output.json)
  }

  /// One line an event, each written at once; as JSON one document a line.
  private func follow(_ client: SyncClient, _ context: CommandContext) throws {
    let json = output.json
    let teller = NewsTeller(try context.openedJournal(), context)
    let columns = context.terminal.columns
    try waiting {
      try await client.follow { event in
        let output = Output(columns: columns)
        switch event {
        case .synced(let report):
          do {
            try teller.show(report, json: json, output)
          } catch {
            Output.message(Failure(describing: error).message)
          }
        case .disconnected(let failure, let seconds):
          Output.message(
            Messages.Sync.retrying(Failure(describing: failure).message, seconds: seconds))
        }
        output.flush()
      }
    }
  }
}
