internal import ArgumentParser

/// `ebb-server`: the program.
struct ServerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ebb-server",
    abstract: "Merges what several machines write in one journal, without reading a word of it.",
    discussion: """
      EXAMPLES:
        ebb-server serve --host journal.example.org
            Serves on port 8443, and prints its address and fingerprint, and at the
            first start an invite for the first account.
        ebb-server invite
            Prints an invite for one more account. Works while the server runs.
        ebb-server backup /mnt/backup/ebb-server.sqlite
            Copies everything into one file. Works while the server runs.
      """,
    version: ServerVersion.current,
    subcommands: [
      ServeCommand.self, InviteCommand.self, AccountsCommand.self, BackupCommand.self,
      CheckCommand.self,
    ])
}

/// The option that all commands have.
struct DataOption: ParsableArguments {
  @Option(
    name: .customLong("data"),
    help: ArgumentHelp(
      "The folder that holds everything the server keeps.",
      discussion: "Otherwise $XDG_DATA_HOME/ebb-server, or ~/.local/share/ebb-server.",
      valueName: "dir"))
  var path: String?

  var folder: DataFolder {
    get throws { try DataFolder(path: path) }
  }
}
