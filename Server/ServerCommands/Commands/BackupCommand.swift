internal import ArgumentParser
internal import Foundation

struct BackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy everything the server keeps into one new file.",
    discussion: """
      The copy is of one moment, also while the server runs. To go back to it, stop the server \
      and put the file in the place of the data folder's database, server.sqlite. The next start \
      sets aside what is left of the old one beside it. Machines bring back what they have written \
      since; who was revoked since is revoked again when the machine that did it syncs, within a day.

      EXAMPLES:
        ebb-server backup /mnt/backup/ebb-server.sqlite
      """)

  @OptionGroup var data: DataOption

  @Argument(help: "The file to make; it must not exist.")
  var path: String

  func run() async throws {
    try await data.folder.backUp(to: URL(fileURLWithPath: path).standardizedFileURL.path)
  }
}
