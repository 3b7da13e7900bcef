internal import ArgumentParser

struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check that all the server keeps is whole.",
    discussion: """
      Prints a line for each finding and then exits with 65; with 0 when all is well. \
      Operations that the disk has damaged count as lost, and are named, until the sync of a \
      machine that has them brings them back.

      With --repair it puts right what is noted of the operations, which there are and which of \
      them hold, and what accounts are found by. The server must be stopped. No operation is \
      deleted.

      EXAMPLES:
        ebb-server check
        ebb-server check --repair
      """)

  @Flag(help: "Put right what follows from the rest.")
  var repair = false

  @OptionGroup var data: DataOption

  func run() async throws {
    let findings: [String]
    switch try await data.folder.administrate(repair ? .repair : .check) {
    case .findings(let found): findings = found
    case .repaired(let corrections, let left):
      for correction in corrections {
        StandardStream.output.write("Put right: \(correction)\n")
      }
      findings = left
    default: throw AdministrationAnswer.unexpected
    }
    guard !findings.isEmpty else {
      StandardStream.output.write("All is well.\n")
      return
    }
    for finding in findings { StandardStream.output.write(finding + "\n") }
    throw CommandFailure(
      .badFile,
      "\(findings.count) \(findings.count == 1 ? "thing is" : "things are") not as it should be."
        + " Make a backup of the folder before anything else."
        + (repair
          ? ""
          : " 'ebb-server check --repair', once the server is stopped, puts right what follows"
            + " from the rest."))
  }
}
