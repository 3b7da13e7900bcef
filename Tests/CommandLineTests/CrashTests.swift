import Foundation
import TestSupport
import Testing

/// Programs that are killed, or refused by the disk, at a system call that writes. What was printed
/// as saved is there; the rest is whole or absent; the next command works.
///
/// With `EBB_THOROUGH=1` in the environment at every call, otherwise at some of each kind.
struct CrashTests {
  private static let commands = [
    ["write", "new words", "--date", "2026-11-20", "--tag", "river"],
    ["mood", "6", "torn", "--date", "2026-11-20", "--note", "new words"],
    ["edit", "kept", "--text", "new words"],
    ["delete", "kept"],
  ]

  @Test(arguments: commands)
  func `killed while it writes, a command leaves all or nothing`(command: [String]) async throws {
    try await check(command, [.kill])
  }

  @Test(arguments: commands)
  func `where the disk refuses, a command leaves all or nothing`(command: [String]) async throws {
    try await check(command, [.refuse(with: "ENOSPC"), .refuse(with: "EIO")])
  }

  private func check(_ command: [String], _ faults: [WritingCall.Fault]) async throws {
    let machine = try Machine()
    let id = try await machine.write("old words")
    let arguments = command.map { $0 == "kept" ? id : $0 }
    let before = try await Contents(machine)
    let finished = try machine.copy()
    let calls = try await finished.writingCalls(of: arguments)
    let after = try await Contents(finished)
    #expect(before != after)
    #expect(calls.count > 10)

    for (call, fault) in calls.flatMap({ call in faults.map { (call, $0) } }) {
      let copy = try machine.copy()
      let ended = try await copy.run(arguments, at: call, fault)
      let found = try await Contents(copy)
      #expect(found == after || found == before && ended.output.isEmpty, "\(call), \(fault)")
      if case .refuse = fault, call.name != "write" {
        let isTold =
          try /The disk (is full, so nothing was saved; |failed at ).+\n/
          .wholeMatch(in: ended.error) != nil
        #expect(ended.exitCode == 74 && isTold || ended.exitCode == 0, "\(call): \(ended.error)")
      }
      if ended.error.contains("nothing was saved") { #expect(found == before, "\(call), \(fault)") }
      _ = try await copy.write("the next words")
      #expect(try await Contents(copy).texts == (found.texts + ["the next words"]).sorted())
    }
  }

  @Test func `killed while it syncs, a machine loses nothing and sends nothing twice`()
    async throws
  {
    try await ServerProcess.run { server in
      let machine = try Machine()
      try await machine.register(at: server)
      _ = try await machine.write("the first words")
      for (number, call) in try await machine.writingCalls(of: ["sync"]).enumerated() {
        _ = try await machine.write("words \(number)")
        _ = try await machine.run(["sync"], at: call, .kill)
        _ = try await machine.sync()
        #expect(try await machine.json("status", as: Status.self).unsynced == 0, "\(call)")
      }
      let other = try Machine()
      try await other.restore(from: server)
      #expect(try await Contents(other) == Contents(machine))
      #expect(try await other.digest() == machine.digest())
    }
  }

  @Test func `killed while it restores, a machine has everything after the next try`()
    async throws
  {
    try await ServerProcess.run { server in
      let machine = try Machine()
      try await machine.register(at: server)
      for number in 1...5 { _ = try await machine.write("words \(number)") }
      _ = try await machine.sync()
      let arguments = [
        "restore", server.url, "--account", "ida", "--fingerprint", server.fingerprint,
      ]
      let secret = ["EBB_PASSPHRASE": Machine.passphrase]
      // Each restore derives a key, which takes its time by design.
      let calls = try await Machine().writingCalls(of: arguments, environment: secret, samples: 1)
      for call in calls {
        let empty = try Machine()
        _ = try await empty.run(arguments, at: call, .kill, environment: secret)
        try await empty.restore(from: server)
        #expect(try await Contents(empty) == Contents(machine), "\(call)")
        #expect(try await empty.digest() == machine.digest(), "\(call)")
      }
    }
  }
}

/// What a journal says, without the ids that each run draws anew.
private struct Contents: Equatable {
  var texts: [String]
  var trashed: [String]

  init(_ machine: Machine) async throws {
    texts = try await machine.json("list", as: [Item].self).map(\.words).sorted()
    let trash = try await machine.run(["list", "--trash", "--json"])
    trashed = try JSONDecoder().decode([Item].self, from: Data(trash.output.utf8)).map(\.words)
      .sorted()
  }

  private struct Item: Decodable {
    var text: String?
    var note: String?
    var tags: [String]?
    var score: Int?

    var words: String {
      ([text, note].compactMap { $0 } + (tags ?? []) + (score.map { ["\($0)"] } ?? []))
        .joined(separator: " ")
    }
  }
}
