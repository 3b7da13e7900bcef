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
}
