internal import ArgumentParser
internal import Glibc
internal import JournalModel

/// `ebb __manual FOLDER --date DAY`: writes all pages of the manual, for `scripts/generate-man`.
///
/// Without a folder it prints the page of another program, made from standard input.
struct ManualCommand: JournalCommand {
  static let word = "__manual"

  static let configuration: CommandConfiguration = described(
    word, "Write the pages of the manual.", discussion: "")

  static let shape = ArgumentShape(words: .names, values: ["--date"])

  @Argument(help: .hidden) var words: [String] = []
  @Option(help: .hidden) var date: String?

  private static let descriptionMax = 1 << 20

  mutating func perform(_ context: CommandContext) throws {
    let date = date ?? context.today.description
    guard let folder = words.first else {
      // What a program prints with `--experimental-dump-help`.
      let json = try FileBytes.read(
        STDIN_FILENO, limit: Self.descriptionMax, name: "standard input")
      let description = try CommandDescription(json: json ?? [])
      return context.output.write(ManualPage(program: description, date: date).text)
    }
    for page in try ManualPage.all(date: date) {
      try PrivateFile.replace(
        "\(folder)/man\(page.section)/\(page.fileName)", with: Array(page.text.utf8))
    }
  }
}
