import Foundation
import TestSupport
import Testing

/// Programs that are killed, or refused by the disk, at a system call that writes. What was printed
/// as saved is there; the rest is whole or absent; the next command works.
///
/// With `EBB_THOROUGH=1` in the environment at every call, otherwise at some of each kind.
struct CrashTests {
  @Test(arguments: Contents.changes)
  func `killed while it writes, a command leaves all or nothing`(command: [String]) async throws {
    try await check(command, [.kill])
  }

  @Test(arguments: Contents.changes)
  func `where the disk refuses, a command leaves all or nothing`(command: [String]) async throws {
    try await check(command, [.refuse(with: "ENOSPC"), .refuse(with: "EIO")])
  }

  @Test(arguments: Contents.changes)
  func `interrupted while it writes, a command leaves all or nothing`(command: [String])
    async throws
  {
    try await check(command, [.interrupt, .refuseOnce(with: "EINTR")], samples: 1)
  }

  @Test(
    .enabled(if: sanitizerSettings.isEmpty, "sanitizers need the memory themselves"),
    arguments: Contents.changes)
  func `where there is no memory, a command leaves all or nothing`(command: [String])
    async throws
  {
    try await check(
      command, [.refuse(with: "ENOMEM")], at: WritingCall.memoryNames, samples: 6)
  }

  /// At its first changes the file is still being read, far ahead; later everything has been.
  @Test(arguments: ["ENOSPC", "EIO"], [3, 200])
  func `where the disk refuses, an import leaves nothing`(error: String, number: Int) async throws {
    let machine = try Machine()
    try await machine.ebb("write", "before")
    let lines = (1...5_000).map { #"{"date":"2026-11-21","text":"By the river \#($0)"}"# }
    let file = try machine.file("diary.jsonl", lines.joined(separator: "\n"))
    let before = try await Contents(machine)
    let ended = try await machine.run(
      ["import", file], at: WritingCall(name: "pwrite64", number: number), .refuse(with: error))
    #expect(ended.exitCode == 74 && ended.output == "", "\(ended)")
    #expect(ended.error.hasPrefix(error == "EIO" ? "The disk failed at " : "The disk is full, "))
    #expect(ended.error.split(separator: "\n").count == 1)
    #expect(try await Contents(machine) == before)
    #expect(try await machine.ebb("import", file).hasPrefix("Imported 5,000 entries.\n"))
  }

  private func check(
    _ command: [String], _ faults: [WritingCall.Fault], at names: [String] = WritingCall.names,
    samples: Int = 4
  ) async throws {
    let machine = try Machine()
    let id = try await machine.write("old words")
    let arguments = command.map { $0 == "kept" ? id : $0 }
    let before = try await Contents(machine)
    let finished = try machine.copy()
    let calls = try await finished.writingCalls(of: arguments, names: names, samples: samples)
    let after = try await Contents(finished)
    #expect(before != after)
    #expect(calls.count > 5)

    for (call, fault) in calls.flatMap({ call in faults.map { (call, $0) } }) {
      let copy = try machine.copy()
      let ended = try await copy.run(arguments, at: call, fault)
      let found = try await Contents(copy)
      #expect(found == after || found == before && ended.output.isEmpty, "\(call), \(fault)")
      try expectSense(ended, at: call, fault)
      if ended.error.contains("nothing was saved") { #expect(found == before, "\(call), \(fault)") }
      _ = try await copy.write("the next words")
      #expect(try await Contents(copy).texts == (found.texts + ["the next words"]).sorted())
    }
  }

  private func expectSense(
    _ ended: Ended, at call: WritingCall, _ fault: WritingCall.Fault
  ) throws {
    switch fault {
    // Calls are counted for each thread: the one meant may not come.
    case .kill: #expect([SIGKILL, 0].contains(ended.exitCode), "\(call)")
    case .interrupt:
      #expect([130, 0].contains(ended.exitCode), "\(call)")
      #expect(ended.error.isEmpty, "\(call)")
    // Nobody can say anything where nothing can be written or kept in memory.
    case .refuse where call.name == "write" || WritingCall.memoryNames.contains(call.name): break
    case .refuse, .refuseOnce:
      let isTold =
        try /The disk (is full, so nothing was saved; |failed at ).+\n/
        .wholeMatch(in: ended.error) != nil
      #expect(ended.exitCode == 74 && isTold || ended.exitCode == 0, "\(call): \(ended.error)")
    }
  }

  @Test(arguments: [
    (WritingCall.Fault.kill, 4), (.interrupt, 1), (.refuse(with: "EIO"), 1),
    (.refuse(with: "EROFS"), 1),
  ])
  func `cut short while it syncs, a machine loses nothing and sends nothing twice`(
    fault: WritingCall.Fault, samples: Int
  ) async throws {
    try await ServerProcess.run { server in
      let machine = try Machine()
      try await machine.register(at: server)
      _ = try await machine.write("the first words")
      var calls = try await machine.writingCalls(of: ["sync"], samples: samples)
      // These two are for the network, and no disk refuses them.
      if case .refuse = fault { calls.removeAll { ["write", "writev"].contains($0.name) } }
      for (number, call) in calls.enumerated() {
        _ = try await machine.write("words \(number)")
        let ended = try await machine.run(["sync"], at: call, fault)
        if case .refuse = fault {
          #expect([0, 69, 74].contains(ended.exitCode), "\(call): \(ended.error)")
        }
        _ = try await machine.sync()
        #expect(try await machine.json("status", as: Status.self).unsynced == 0, "\(call)")
      }
      let other = try Machine()
      try await other.restore(from: server)
      #expect(try await Contents(other) == Contents(machine))
      _ = try await machine.sync()
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
        _ = try await machine.sync()
        #expect(try await empty.digest() == machine.digest(), "\(call)")
      }
    }
  }
}
