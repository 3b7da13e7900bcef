import Foundation
import TestSupport
import Testing

/// The commands that talk to a server, with a server. Each key derivation takes 128 MiB.
@Suite(.serialized)
struct AccountCommandTests {
  private static let passphrase = ["EBB_PASSPHRASE": "tide goes out, tide comes in"]

  private func register(_ machine: Machine, _ server: ServerProcess) async throws -> Ended {
    try await machine.run(
      [
        "register", server.url, "--account", "anna", "--invite", server.invite, "--fingerprint",
        server.fingerprint,
      ], environment: Self.passphrase)
  }

  @Test func `two machines write, sync and hold the same journal`() async throws {
    try await ServerProcess.run { server in
      let (one, two) = (try Machine(), try Machine())
      let id = try await one.write("written before")
      #expect(try await one.ebb("status").contains("none; `ebb register` begins one"))
      let registered = try await register(one, server)
      #expect(registered.exitCode == 0)
      #expect(registered.error == "")
      #expect(registered.output.hasPrefix("Registered as anna at \(server.url).\n\n"))
      #expect(registered.output.contains(/\n    ([0-9A-Z]{5}-){5}[0-9A-Z]{5}\n/))
      #expect(registered.output.hasSuffix("Synced: 1 change sent.\n"))

      _ = try await two.write("written elsewhere")
      let restored = try await two.run(
        ["restore", server.url, "--account", "anna", "--fingerprint", server.fingerprint],
        environment: Self.passphrase)
      #expect(
        restored
          == Ended(
            exitCode: 0,
            output: "Restored: 2 entries, 0 mood logs.\n1 change made here before came along.\n",
            error: ""))

      let report = try await one.run(["sync", "--json"])
      #expect(report.output.hasPrefix(#"{"pushed":0,"pulled":1,"conflicts":0,"requests":1,"#))
      #expect(try await one.ebb("list") == two.ebb("list"))
      #expect(try await one.digest() == two.digest())
      #expect(try await one.ebb("sync") == "Nothing new.\n")

      let (copy, backup) = (try Machine(), one.path + "/journal.ebb")
      try await one.ebb("backup", backup)
      let copied = try await copy.run(["restore", backup])
      #expect(copied.output == "Restored: 2 entries, 0 mood logs.\n")
      #expect(copied.error.hasPrefix("It syncs with the login of the machine that the backup"))

      let status = try await one.json("status", as: Status.self)
      #expect(status.account == "anna")
      #expect(status.unsynced == 0)
      let ids = try await one.json("devices", as: [Device].self)
      #expect(ids.map(\.current).filter { $0 }.count == 1)
      let other = try #require(ids.first { !$0.current })
      // It says who it is.
      for machine in [two, one] { try await machine.ebb("sync") }
      #expect(
        try await one.ebb("devices", "revoke", String(other.id.prefix(8))).hasPrefix("Revoked "))
      let machines = try await one.ebb("status").split(separator: "\n")
      #expect(machines.count { $0.hasSuffix("  revoked") } == 1)
      #expect(try await two.run(["sync"]).exitCode == 77)
      let gone = try await one.write("gone for good")
      #expect(try await one.ebb("erase", gone, "--yes").contains("1 erase. It is revoked"))
      #expect(try await one.run(["devices", "revoke", other.id]).exitCode == 1)
      // Nobody is logged out by a word that was meant for another machine.
      let own = try #require(ids.first { $0.current })
      #expect(
        try await one.run(["devices", "revoke", own.id])
          == Ended(
            exitCode: 1, output: "",
            error: "\(own.id) is this machine itself, and was not revoked; `ebb logout` logs it "
              + "out.\n"))
      #expect(try await one.ebb("logout").hasPrefix("Logged out."))
      #expect(try await one.run(["sync"]).exitCode == 77)
      #expect(try await one.json("show", id, as: Entry.self).text == "written before")
    }
  }

  @Test func `who may not in is told why, and nothing changes`() async throws {
    try await ServerProcess.run { server in
      let machine = try Machine()
      _ = try await machine.write("mine")
      let before = try await machine.digest()
      let unpinned = try await machine.run(
        ["register", server.url, "--account", "anna"], environment: Self.passphrase)
      #expect(unpinned.exitCode == 77)
      #expect(unpinned.error.contains("give it with --fingerprint"))
      #expect(unpinned.error.contains(server.fingerprint))
      let pin = ["--fingerprint", server.fingerprint]
      let wrongPin = "sha256:" + String(repeating: "0", count: 64)
      for (arguments, environment, exitCode) in [
        (
          ["register", server.url, "--account", "anna", "--fingerprint", wrongPin], Self.passphrase,
          77
        ),
        (["register", server.url, "--account", "anna"] + pin, Self.passphrase, 77),
        (["register", server.url, "--account", "anna"] + pin, [:], 64),
        (["restore", server.url, "--account", "anna"] + pin, Self.passphrase, 77),
        (["restore", server.url, "--account", "anna"] + pin, [:], 64),
        (
          ["restore", server.url, "--account", "anna", "--recovery"] + pin,
          ["EBB_PASSPHRASE": "not a code"], 64
        ),
      ] as [([String], [String: String], Int32)] {
        let ended = try await machine.run(arguments, environment: environment)
        #expect(ended.exitCode == exitCode, "\(arguments): \(ended.error)")
        #expect(ended.output == "")
      }
      #expect(try await machine.digest() == before)
      #expect(try await machine.json("status", as: Status.self).account == nil)
    }
  }

  @Test func `passphrase and recovery code can be replaced`() async throws {
    try await ServerProcess.run { server in
      let machine = try Machine()
      let registered = try await register(machine, server)
      let code = try #require(registered.output.firstMatch(of: /([0-9A-Z]{5}-){5}[0-9A-Z]{5}/)).0
      #expect(
        try await machine.run(
          ["passphrase", "--recovery"],
          environment: ["EBB_PASSPHRASE": String(code), "EBB_NEW_PASSPHRASE": "four words or more"]
        ).exitCode == 0)
      #expect(
        try await machine.run(["recovery-code"], environment: Self.passphrase).exitCode == 77)
      let file = machine.path + "/passphrase"
      try Data("four words or more\n".utf8).write(to: URL(filePath: file))
      let renewed = try await machine.run(["recovery-code", "--passphrase-file", file])
      #expect(renewed.exitCode == 0)
      #expect(renewed.output.contains(/([0-9A-Z]{5}-){5}[0-9A-Z]{5}/))
      #expect(!renewed.output.contains(code))
      #expect(try await machine.run(["account", "delete"]).exitCode == 64)
      let deleted = try await machine.run(["account", "delete", "--yes", "--passphrase-file", file])
      #expect(
        deleted
          == Ended(
            exitCode: 0, output: "The account anna is deleted. The journal stays here.\n", error: ""
          ))
      #expect(try await machine.json("status", as: Status.self).account == nil)
    }
  }

  @Test func `a write starts a sync of its own accord, unless the settings say no`() async throws {
    try await ServerProcess.run { server in
      let (one, two) = (try Machine(), try Machine())
      _ = try await register(one, server)
      _ = try await two.run(
        ["restore", server.url, "--account", "anna", "--fingerprint", server.fingerprint],
        environment: Self.passphrase)
      try await one.ebb("write", "soon elsewhere")
      // The wait is the server's: `sync` on the other machine asks until the words are there.
      var seen: [String] = []
      for _ in 0..<600 where seen.isEmpty {
        try await two.ebb("sync")
        seen = try await two.json("list", as: [Entry].self).map(\.text)
      }
      #expect(seen == ["soon elsewhere"])

      try Data("[sync]\nauto = false\n".utf8).write(to: URL(filePath: one.home + "/config.toml"))
      try await one.ebb("write", "when I say so")
      #expect(try await one.json("status", as: Status.self).unsynced == 1)
    }
  }

  /// A person at a terminal, played by Python's pty.
  @Test func `on a terminal the certificate and the passphrase are asked about`() async throws {
    try await ServerProcess.run { server in
      let machine = try Machine()
      let script = """
        import os, pty, re, signal, sys
        signal.alarm(60)
        pid, tty = pty.fork()
        if pid == 0:
            os.execv(sys.argv[1], sys.argv[1:])
        seen = ""
        def until(pattern):
            global seen
            while True:
                match = re.search(pattern, seen)
                if match:
                    seen = seen[match.end():]
                    return match
                try: seen += os.read(tty, 4096).decode()
                except OSError: sys.exit("ended after: " + seen)
        def say(text):
            os.write(tty, (text + "\\n").encode())
        print("fingerprint", until(r"sha256:[0-9a-f]{64}").group())
        until(r"\\(yes/no\\) "); say("y")
        until(r"Please type yes or no"); until(r"\\(yes/no\\) "); say("yes")
        until("New passphrase: "); say("hidden words here")
        until("The same again: "); say("hidden words here")
        echoed = "hidden words" in seen
        code = until(r"(([0-9A-Z]{5}-){5}[0-9A-Z]{5})").group(1)
        print("echoed", echoed or "hidden words" in seen)
        group = int(until(r"type group (\\d) of 6").group(1))
        until(": "); say("wrong")
        until("Look again"); group = int(until(r"type group (\\d) of 6").group(1))
        until(": "); say(code.split("-")[group - 1].lower())
        try:
            while True: seen += os.read(tty, 4096).decode()
        except OSError: pass
        print("exit", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
        """
      let ended = try await runProgram(
        "/usr/bin/env",
        [
          "python3", "-c", script, try ebbPath(), "register", server.url, "--account", "anna",
          "--invite", server.invite,
        ],
        environment: machine.environment([
          "TERM": "xterm", "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
        ]))
      #expect(
        ended.output == "fingerprint \(server.fingerprint)\nechoed False\nexit 0\n",
        "\(ended.error)")
      #expect(try await machine.json("status", as: Status.self).account == "anna")
    }
  }

  private struct Device: Decodable {
    var id: String
    var name: String?
    var lastSeen: String
    var current: Bool
    var revoked: Bool
  }
}
