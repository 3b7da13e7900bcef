internal import ArgumentParser

struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check that all the server keeps is whole.",
    discussion: """
      Prints a line for each finding and then exits with 65; with 0 when all is well.
      Operations that the disk has damaged count as lost from then on, so that the next sync of
      a machine that has them brings them back.

      EXAMPLES:
        ebb-server check
      """)

  @OptionGroup var data: DataOption

  func run() async throws {
    let answer = try await data.folder.administrate(.check)
    guard case .findings(let findings) = answer else { throw AdministrationAnswer.unexpected }
    guard !findings.isEmpty else {
      StandardStream.output.write("All is well.\n")
      return
    }
    for finding in findings { StandardStream.output.write(finding + "\n") }
    throw CommandFailure(
      .badFile,
      "\(findings.count) \(findings.count == 1 ? "thing is" : "things are") not as it should be."
        + " Make a backup of the folder before anything else.")
  }
}
