import Foundation
import TestSupport
import Testing

@Suite struct AdministrationTests {
  /// All commands, on a folder that a server holds or that none does.
  private static func administrate(_ data: URL, backup: URL) async throws {
    let invite = try await ebbServer("invite", "--data", data.path, "--expires", "1")
    #expect(invite.exitCode == 0)
    #expect(invite.output.wholeMatch(of: /[0-9A-Z]{4}(-[0-9A-Z]{4}){3}\n/) != nil)

    let accounts = try await ebbServer("accounts", "--data", data.path)
    #expect(accounts.output == "No accounts yet.\n")
    #expect(try await ebbServer("accounts", "--json", "--data", data.path).output == "[]\n")

    let check = try await ebbServer("check", "--data", data.path)
    #expect(check.exitCode == 0)
    #expect(check.output == "All is well.\n")

    #expect(try await ebbServer("backup", backup.path, "--data", data.path).exitCode == 0)
    #expect(try Data(contentsOf: backup).starts(with: Data("SQLite format 3\0".utf8)))
    let again = try await ebbServer("backup", backup.path, "--data", data.path)
    #expect(again.exitCode == 1)
    #expect(again.error.contains(backup.path))
  }

  @Test func `commands work while a server runs and when none does`() async throws {
    try await withTemporaryFolder { folder in
      let data = folder.appending(path: "data")
      try await RunningServer.run(data: data) { server in
        try await Self.administrate(data, backup: folder.appending(path: "first"))
        #expect(await server.logLine(containing: "command=check") != nil)
        let repair = try await ebbServer("check", "--repair", "--data", data.path)
        #expect(repair.exitCode == 75)
        #expect(repair.error.contains("Stop it first."))
      }
      try await Self.administrate(data, backup: folder.appending(path: "second"))
      let repair = try await ebbServer("check", "--repair", "--data", data.path)
      #expect(repair.exitCode == 0)
      #expect(repair.output == "All is well.\n")
    }
  }

  /// It may be kept from every other folder, or have others under the same names.
  @Test func `a running server makes the copy for a backup in its own folder`() async throws {
    try await withTemporaryFolder { folder in
      let data = folder.appending(path: "data")
      try await RunningServer.run(data: data) { _ in }
      let request = try answerBackup(of: data) {
        try Data("the copy".utf8).write(to: URL(filePath: $0))
      }
      let backup = folder.appending(path: "backup")
      #expect(try await ebbServer("backup", backup.path, "--data", data.path).exitCode == 0)
      #expect(try Data(contentsOf: backup) == Data("the copy".utf8))
      let asked = try await request.value
      #expect(asked.hasPrefix(data.path + "/"))
      #expect(!FileManager.default.fileExists(atPath: asked))
    }
  }

  @Test func `a copy that nobody took away is all that the next start removes`() async throws {
    try await withTemporaryFolder { folder in
      let data = folder.appending(path: "data")
      try await RunningServer.run(data: data) { _ in }
      let left = data.appending(path: ".ebb-server-copy-77")
      let kept = data.appending(path: "backup.sqlite")
      for file in [left, kept] { try Data().write(to: file) }
      try await RunningServer.run(data: data) { _ in }
      #expect(!FileManager.default.fileExists(atPath: left.path))
      #expect(FileManager.default.fileExists(atPath: kept.path))
    }
  }

  @Test func `a folder's path may be longer than that of a socket`() async throws {
    try await withTemporaryFolder { folder in
      let data = folder.appending(
        path: String(repeating: "long/", count: 10) + String(repeating: "x", count: 150))
      try await RunningServer.run(data: data) { server in
        let check = try await ebbServer("check", "--data", data.path)
        #expect(check.exitCode == 0)
        #expect(await server.logLine(containing: "command=check") != nil)
      }
    }
  }

  @Test func `a server that was killed leaves nothing in the way`() async throws {
    try await withTemporaryFolder { folder in
      let data = folder.appending(path: "data")
      await #expect(throws: Killed.self) {
        try await RunningServer.run(data: data) { _ in throw Killed() }
      }
      try await Self.administrate(data, backup: folder.appending(path: "backup"))
      try await RunningServer.run(data: data) { server in
        let check = try await ebbServer("check", "--data", data.path)
        #expect(check.exitCode == 0)
        #expect(await server.logLine(containing: "command=check") != nil)
      }
    }
  }

  private struct Killed: Error {}

  @Test(arguments: ["invite", "accounts", "check"])
  func `where no server ever was, nothing is made`(command: String) async throws {
    try await withTemporaryFolder { folder in
      let data = folder.appending(path: "data")
      let ended = try await ebbServer(command, "--data", data.path)
      #expect(ended.exitCode == 1)
      #expect(
        ended.error == "ebb-server: There is no server's data in \(data.path)."
          + " 'ebb-server serve' makes it.\n")
      #expect(!FileManager.default.fileExists(atPath: data.path))
    }
  }

  @Test(arguments: ["invite", "accounts", "check"])
  func `a database's file with nothing in it is not called well`(command: String) async throws {
    try await withTemporaryFolder { folder in
      let file = folder.appending(path: "server.sqlite")
      try Data().write(to: file)
      let ended = try await ebbServer(command, "--data", folder.path)
      #expect(ended.exitCode == 65)
      #expect(
        ended.error == "ebb-server: \(file.path) is empty."
          + " If there was anything in it, restore it from a backup.\n")
      #expect(try Data(contentsOf: file).isEmpty)
    }
  }

  @Test func `a file that is no database is named and left alone`() async throws {
    try await withTemporaryFolder { folder in
      let file = folder.appending(path: "server.sqlite")
      try Data(repeating: 7, count: 10_000).write(to: file)
      for command in ["check", "serve"] {
        let ended = try await ebbServer(command, "--data", folder.path)
        #expect(ended.exitCode == 65)
        #expect(ended.error.split(separator: "\n").count == 1)
      }
      #expect(try Data(contentsOf: file) == Data(repeating: 7, count: 10_000))
    }
  }
}
