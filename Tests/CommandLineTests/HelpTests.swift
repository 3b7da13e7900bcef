import Foundation
import TestSupport
import Testing

struct HelpTests {
  @Test(arguments: [
    ["--help"], ["-h"], ["help"], ["write", "--help"], ["write", "-h"], ["help", "write"],
    ["mood", "--help"], ["devices", "--help"], ["account", "delete", "--help"],
    ["list", "--tag", "x", "--help"],
  ])
  func `help is there, and makes nothing`(arguments: [String]) async throws {
    let machine = try Machine()
    let ended = try await machine.run(arguments)
    #expect(ended.exitCode == 0)
    #expect(ended.error == "")
    #expect(ended.output.contains("EXAMPLES"))
    #expect(ended.output.contains("USAGE: ebb"))
    #expect(ended.output.hasSuffix("\n"))
  }

  @Test func `a topic is told of, and a strange one is not`() async throws {
    let machine = try Machine()
    let dates = try await machine.ebb("help", "dates")
    #expect(dates.hasPrefix("Dates as people type them\n\nWherever a date is wanted"))
    #expect(dates.contains("\n  yesterday 9pm, 21:30, 9:30 am\n"))
    #expect(try await machine.ebb("help").contains("\n  dates        Dates as people"))
    #expect(try await machine.ebb("help", "help").contains("USAGE: ebb help"))
    let strange = try await machine.run(["help", "weather"])
    #expect(strange.exitCode == 64)
    #expect(
      strange.error == "There is no command and no topic “weather”. `ebb help` lists both.\n")
    #expect(
      try await machine.run(["help", "dats"]).error
        == "There is no command and no topic “dats”. Did you mean `ebb help dates`?\n")
  }

  /// With mandoc, the pages are also read by it; it warns of what readers would not see.
  @Test func `the manual of both programs is made, and has no mistakes`() async throws {
    let folder = try TemporaryFolder()
    let script = ProjectFiles.root + "/scripts/generate-man"
    let ended = try await runProgram(
      script, [try BuiltProducts.folder.path, folder.path])
    #expect(ended == Ended(exitCode: 0, output: "", error: ""))
    for page in ["man1/ebb.1", "man1/ebb-server.1", "man5/ebb-config.5", "man7/ebb-dates.7"] {
      #expect(FileManager.default.fileExists(atPath: folder.path + "/" + page))
    }
  }
}
