internal import ArgumentParser

struct InviteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "invite",
    abstract: "Print an invite, with which one account can be made.",
    discussion: """
      EXAMPLES:
        ebb-server invite
        ebb-server invite --expires 1
      """)

  @OptionGroup var data: DataOption

  @Option(help: ArgumentHelp("Days until the invite expires.", valueName: "days"))
  var expires = 7

  func validate() throws {
    guard (1...365).contains(expires) else {
      throw ValidationError("An invite can last 1 to 365 days.")
    }
  }

  func run() async throws {
    let answer = try await data.folder.administrate(.invite(days: expires))
    guard case .invite(let code) = answer else { throw AdministrationAnswer.unexpected }
    StandardStream.output.write(code + "\n")
  }
}
