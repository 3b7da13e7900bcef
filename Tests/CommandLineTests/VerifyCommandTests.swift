import Foundation
import TestSupport
import Testing

/// From a damaged file to a whole journal, with the built programs.
struct VerifyCommandTests {
  @Test func `a damaged journal is noticed, repaired and the same again`() async throws {
    try await ServerProcess.run { server in
      let machine = try Machine()
      let first = try await machine.write("Before the quarrel.", "--tag", "river")
      _ = try await machine.mood("4", "torn", "--closeness", "8", "--note", "By the river")
      for number in 1...30 { try await machine.ebb("write", "Day \(number), by the sea") }
      #expect(try await machine.ebb("verify").hasSuffix("there is no server to compare with.\n"))
      try await machine.register(at: server)
      #expect(try await machine.ebb("verify").hasSuffix("and the server has the same.\n"))
      let listing = try await machine.ebb("list", "--json")

      for damage in Damage.allCases {
        try damage.inflict(on: machine.home + "/journal.sqlite")
        let verified = try await machine.run(["verify", "--json"])
        #expect(verified.exitCode == 65, "\(damage)")
        let report = try JSONDecoder().decode(Report.self, from: Data(verified.output.utf8))
        #expect(!report.ok && !report.findings.isEmpty, "\(damage)")
        let rehearsed = try await machine.run(["verify", "--rehearse"])
        #expect(rehearsed.exitCode == 65, "\(damage): \(rehearsed.error)")
        // Where not even its server can be read, that is told instead.
        let isTold = ["Nothing was restored for practice: ", "The journal at "]
          .contains(where: rehearsed.error.hasPrefix)
        #expect(isTold, "\(damage): \(rehearsed.error)")

        let repaired = try await machine.run(["doctor"])
        #expect(repaired.exitCode == 0, "\(damage): \(repaired.output)\(repaired.error)")
        #expect(repaired.output.contains("journal.sqlite.damaged-"), "\(damage)")
        #expect(try await machine.ebb("list", "--json") == listing, "\(damage)")
        #expect(try await machine.ebb("search", "quarrel").contains(first.prefix(6)), "\(damage)")
        #expect(try await machine.json("verify", as: Report.self).server == "same", "\(damage)")
      }
      #expect(try await machine.ebb("doctor").hasPrefix("Nothing to repair"))
      let kept = try FileManager.default.contentsOfDirectory(atPath: machine.home)
        .filter { $0.contains(".damaged-") }
      #expect(kept.count == Damage.allCases.count)
    }
  }

  /// It would hide that the journal is gone.
  @Test func `a restore that fails leaves no empty journal`() async throws {
    try await ServerProcess.run { server in
      let machine = try Machine()
      try await machine.ebb("write", "By the river.")
      try await machine.register(at: server)
      try FileManager.default.removeItem(atPath: machine.home + "/journal.sqlite")
      #expect(try await machine.run(["list"]).exitCode == 65)
      let mistyped = try await machine.run(
        ["restore", server.url, "--account", "ida", "--fingerprint", server.fingerprint],
        environment: ["EBB_PASSPHRASE": "tide goes out, tide stays out"])
      #expect(mistyped.exitCode == 77)
      #expect(try await machine.run(["list"]).exitCode == 65)
      try await machine.restore(from: server)
      #expect(try await machine.ebb("list").contains("By the river."))
    }
  }

  @Test func `a rehearsal restores with the passphrase and is remembered`() async throws {
    try await ServerProcess.run { server in
      let machine = try Machine()
      try await machine.ebb("write", "By the river.")
      try await machine.register(at: server)
      #expect(try await machine.ebb("status").contains("ebb verify --rehearse"))
      #expect(try await machine.json("status", as: Reminder.self).lastRehearsal == nil)

      let secret = ["EBB_PASSPHRASE": Machine.passphrase]
      let ended = try await machine.run(["verify", "--rehearse"], environment: secret)
      #expect(ended.exitCode == 0, "\(ended.error)")
      #expect(ended.output.contains("the same as here"))
      #expect(try await machine.json("status", as: Reminder.self).lastRehearsal != nil)
      #expect(try await !machine.ebb("status").contains("ebb verify --rehearse"))
      let files = try FileManager.default.contentsOfDirectory(atPath: machine.home)
      #expect(!files.contains("rehearsal"))

      let wrong = try await machine.run(
        ["verify", "--rehearse"], environment: ["EBB_PASSPHRASE": "not the passphrase at all"])
      #expect(wrong.exitCode == 77)
    }
  }

  @Test func `a server that is away is told, and so is that nothing was rehearsed`() async throws {
    let machine = try Machine()
    try await ServerProcess.run { server in
      try await machine.ebb("write", "By the river.")
      try await machine.register(at: server)
    }
    let ended = try await machine.run(["verify"])
    #expect(ended.exitCode == 69)
    #expect(ended.output.hasPrefix("Nothing was compared with the server. Here all is well: "))
    let json = try await machine.run(["verify", "--json"])
    let report = try JSONDecoder().decode(Report.self, from: Data(json.output.utf8))
    #expect(report.ok && report.server == "not compared")
  }

  /// As after a loss of power: the file is there and empty, or not there.
  @Test(arguments: [true, false])
  func `a journal that is gone is told, not begun anew, and comes back`(isEmpty: Bool) async throws
  {
    try await ServerProcess.run { server in
      let machine = try Machine()
      try await machine.ebb("write", "By the river.")
      try await machine.register(at: server)
      let listing = try await machine.ebb("list", "--json")
      let path = machine.home + "/journal.sqlite"
      if isEmpty {
        try Data().write(to: URL(fileURLWithPath: path))
      } else {
        try FileManager.default.removeItem(atPath: path)
      }
      for command in [["list"], ["write", "More"], ["verify"], ["doctor"], ["status"], ["sync"]] {
        let ended = try await machine.run(command)
        #expect(ended.exitCode == 65, "\(command): \(ended.output)")
        #expect(ended.error.contains("is gone or empty"))
      }
      #expect((FileManager.default.contents(atPath: path) ?? Data()).isEmpty)
      try await machine.restore(from: server)
      #expect(try await machine.ebb("list", "--json") == listing)
    }
  }

  /// Nothing but the keys is left: how much was there, nobody knows.
  @Test func `a stump is never told to be the whole journal`() async throws {
    try await ServerProcess.run { server in
      let machine = try Machine()
      try await machine.ebb("write", "By the river.")
      try await machine.register(at: server)
      let listing = try await machine.ebb("list", "--json")
      let file = try FileHandle(forUpdating: URL(filePath: machine.home + "/journal.sqlite"))
      try file.truncate(atOffset: 2 * 4096)
      try file.close()
      for command in ["doctor", "verify", "doctor"] {
        let ended = try await machine.run([command])
        #expect(ended.exitCode == 65, "\(command): \(ended.output)")
        #expect((ended.output + ended.error).contains("may be missing"), "\(command)")
      }
      try await machine.restore(from: server)
      #expect(try await machine.ebb("list", "--json") == listing)
      #expect(try await machine.ebb("verify").hasSuffix("and the server has the same.\n"))
    }
  }

  @Test func `keys that cannot be read are told, and nothing is touched`() async throws {
    let machine = try Machine()
    try await machine.ebb("write", "By the river.")
    let path = machine.home + "/journal.sqlite"
    let damaged = Data(repeating: 0xA5, count: 40_000)
    try damaged.write(to: URL(filePath: path))
    let ended = try await machine.run(["doctor"])
    #expect(ended.exitCode == 65)
    #expect(ended.error.contains("ebb restore"))
    #expect(try Data(contentsOf: URL(filePath: path)) == damaged)
  }

  private enum Damage: CaseIterable {
    /// The file is none that SQLite knows.
    case header
    /// Of every other page a part is gone.
    case pages
    /// One bit of a word is another.
    case word

    func inflict(on path: String) throws {
      let url = URL(filePath: path)
      var bytes = try Data(contentsOf: url)
      switch self {
      case .header:
        bytes.replaceSubrange(0..<100, with: Data(repeating: 0, count: 100))
      case .pages:
        // Not the page of the keys: without them there is no repairing.
        for start in stride(from: 4096 * 2, to: bytes.count, by: 8192) {
          bytes.replaceSubrange(start..<start + 64, with: Data(repeating: 0xA5, count: 64))
        }
      case .word:
        let place = try #require(bytes.range(of: Data("Before the quarrel".utf8)))
        bytes[place.lowerBound] ^= 1
      }
      try bytes.write(to: url)
    }
  }

  private struct Report: Decodable {
    var ok: Bool
    var findings: [Finding]
    var server: String

    struct Finding: Decodable {
      var what: String
      var `where`: String
      var repair: String
    }
  }

  private struct Reminder: Decodable {
    var lastRehearsal: String?
  }
}
