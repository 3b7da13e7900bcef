import Foundation
import TestSupport
import Testing

/// The built programs with another clock, which faketime(1) gives them.
@Suite(.serialized)
struct WrongClockTests {
  @Test(arguments: ["-10y", "+10y"])
  func `a machine that is years off is named and heals`(offset: String) async throws {
    try await ServerProcess.run { server in
      let (wrong, right) = (try Machine(), try Machine())
      try await right.register(at: server)
      try wrong.configure("[sync]\nauto = false\n")
      try await wrong.late(offset, "write", "--date", "2026-11-20", "By a wrong clock")
      let restored = try await wrong.faked(
        offset,
        ["restore", server.url, "--account", "ida", "--fingerprint", server.fingerprint],
        environment: ["EBB_PASSPHRASE": Machine.passphrase])
      #expect(restored.exitCode == 0)
      let name = ProcessInfo.processInfo.hostName
      #expect(restored.error.hasPrefix("This machine's clock (\(name)) is 10 years "))
      #expect(restored.error.contains(offset.hasPrefix("+") ? " ahead of " : " behind "))

      _ = try await right.sync()
      let entry = try #require(try await right.json("list", as: [Entry].self).first)
      #expect(entry.text == "By a wrong clock" && entry.date == "2026-11-20")
      try await right.ebb("edit", entry.id, "--text", "By a right clock, later")
      _ = try await right.sync()
      try await wrong.late(offset, "sync")
      #expect(try await wrong.json("show", entry.id, as: Entry.self).text.hasPrefix("By a right"))
      try await wrong.late(offset, "edit", entry.id, "--text", "By a wrong clock, last")
      try await wrong.late(offset, "sync")
      // Put right.
      _ = try await wrong.sync()
      _ = try await right.sync()
      #expect(try await right.json("show", entry.id, as: Entry.self).text.hasPrefix("By a wrong"))
      #expect(try await wrong.digest() == right.digest())
      #expect(try await wrong.ebb("sync") == "Nothing new.\n")
    }
  }

  @Test func `status tells when each machine was last heard from`() async throws {
    try await ServerProcess.run { server in
      let (one, two) = (try Machine(), try Machine())
      try await one.register(at: server)
      _ = try await one.write("Heard")
      _ = try await one.sync()
      try await two.restore(from: server)
      let status = try await two.json("status", as: Machines.self)
      #expect(status.machines.map(\.current) == [true, false])
      #expect(status.machines.last?.lastHeardFrom?.hasPrefix("20") == true)
      #expect(status.warnings.isEmpty)
      let pattern = #/machines +\S.* +this machine\n +\S.* +last heard from \d{4}-\d\d-\d\d /#
      #expect(try await two.ebb("status").contains(pattern))
    }
  }

  private struct Machines: Decodable {
    struct Heard: Decodable {
      var id: String?
      var name: String?
      var lastHeardFrom: String?
      var current: Bool
    }

    var machines: [Heard]
    var warnings: [String]
  }
}

extension Machine {
  /// Runs a command with a clock that is off by an offset of faketime's, such as `+10y`.
  fileprivate func faked(
    _ offset: String, _ arguments: [String], environment: [String: String] = [:]
  ) async throws -> Ended {
    try await runProgram(
      "/usr/bin/faketime", ["-f", offset, try BuiltProducts.program("ebb").path] + arguments,
      environment: self.environment(environment))
  }

  /// As `faked`, for what has to succeed without a word of complaint.
  fileprivate func late(
    _ offset: String, _ arguments: String...,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let ended = try await faked(offset, arguments)
    #expect(ended.exitCode == 0, sourceLocation: sourceLocation)
    #expect(ended.error == "", sourceLocation: sourceLocation)
  }
}
