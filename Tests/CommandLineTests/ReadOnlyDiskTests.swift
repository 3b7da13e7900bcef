import Foundation
import TestSupport
import Testing

/// A disk that can only be read: reading works, and what would write says so.
@Suite(.enabled(if: SmallDisk.arePossible, Comment(rawValue: SmallDisk.reason)))
struct ReadOnlyDiskTests {
  @Test func `a journal on it can be read and copied, and nothing else`() async throws {
    let machine = try Machine()
    let id = try await machine.write("By the river.", "--tag", "river")
    let disk = try SmallDisk(pages: 1024)
    let small = try Machine(on: disk)
    try disk.hold(machine)
    try await disk.setReadOnly(true)

    for command in Contents.changes + [["erase", "kept", "--yes"]] {
      let ended = try await small.run(command.map { $0 == "kept" ? id : $0 })
      #expect(ended.exitCode == 74, "\(command)")
      #expect(ended.output == "", "\(command)")
      #expect(
        try /[^\n]+ may not be written, so nothing was saved; the journal is as it was\.\n/
          .wholeMatch(in: ended.error) != nil, "\(command): \(ended.error)")
    }
    for command in [
      ["list"], ["show", id], ["search", "river"], ["status"], ["history", id], ["tags"],
      ["verify"],
    ] {
      let ended = try await small.run(command)
      #expect(ended.exitCode == 0, "\(command): \(ended.error)")
      let there = try await machine.run(command)
      if ![["verify"], ["status"]].contains(command) { #expect(ended == there, "\(command)") }
    }
    try await small.ebb("backup", machine.path + "/backup")

    try await disk.setReadOnly(false)
    #expect(try await Contents(small) == Contents(machine))
    try await small.ebb("write", "the next words")
  }

  @Test func `no account's commands write to it either`() async throws {
    try await ServerProcess.run { server in
      let machine = try Machine()
      let id = try await machine.write("By the river.")
      try await machine.register(at: server)
      try await machine.ebb("write", "Not sent yet.")
      let disk = try SmallDisk(pages: 1024)
      let small = try Machine(on: disk)
      try disk.hold(machine)
      try await disk.setReadOnly(true)
      let secret = ["EBB_PASSPHRASE": Machine.passphrase]
      let newPassphrase = machine.path + "/new-passphrase"
      try "another four words here".write(toFile: newPassphrase, atomically: true, encoding: .utf8)
      for command in [
        ["sync"], ["erase", id, "--yes"], ["logout"], ["recovery-code"],
        ["passphrase", "--new-passphrase-file", newPassphrase], ["account", "delete", "--yes"],
      ] {
        let ended = try await small.run(command, environment: secret)
        #expect(ended.exitCode == 74, "\(command)")
        #expect(ended.output == "", "\(command)")
        #expect(try /[^\n]+\n/.wholeMatch(in: ended.error) != nil, "\(command): \(ended.error)")
      }
      try await disk.setReadOnly(false)
      // The server was asked for none of it either: the account, the login and both secrets are good.
      try await small.ebb("verify", "--rehearse", environment: secret)
      _ = try await small.sync()
      #expect(try await Contents(small) == Contents(machine))

      try disk.empty()
      try await disk.setReadOnly(true)
      let ended = try await small.run(
        ["restore", server.url, "--account", "ida", "--fingerprint", server.fingerprint],
        environment: ["EBB_PASSPHRASE": Machine.passphrase])
      #expect(ended.exitCode == 74)
      #expect(try /[^\n]+\n/.wholeMatch(in: ended.error) != nil, "\(ended.error)")
    }
  }

  @Test func `a server does not start on it, and says so`() async throws {
    let disk = try SmallDisk(pages: 1024)
    for isFirstTime in [true, false] {
      try await disk.setReadOnly(true)
      await #expect {
        _ = try await ServerProcess(folder: disk.path, on: disk)
      } throws: { error in
        guard let refusal = error as? ServerRefusal else { return false }
        let sentence = /ebb-server: [^\n]+\n/
        return try refusal.exitCode == 74 && sentence.wholeMatch(in: refusal.error) != nil
      }
      try await disk.setReadOnly(false)
      guard isFirstTime else { break }
      let server = try await ServerProcess(folder: disk.path, on: disk)
      #expect(await server.stop() == 0)
    }
  }
}
