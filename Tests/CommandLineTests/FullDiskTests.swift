import Foundation
import TestSupport
import Testing

/// A disk with room for nothing, for one page of 4 KiB, for two, and so on, until there is enough.
/// What was printed as saved is there; the rest is whole or absent; reading needs no room, and the
/// next command works once there is some.
///
/// With `EBB_THOROUGH=1` in the environment at every page, otherwise at some.
@Suite(.enabled(if: SmallDisk.arePossible, Comment(rawValue: SmallDisk.reason)))
struct FullDiskTests {
  private static let word = "Zwetschgenmus"
  private static let refused = Ended(
    exitCode: 74, output: "",
    error: "The disk is full, so nothing was saved; the journal is as it was. Make room and try "
      + "again.\n")

  @Test(arguments: Contents.changes + [["erase", "kept", "--yes"]])
  func `a command leaves all or nothing`(command: [String]) async throws {
    let machine = try Machine()
    for number in 1...5 { try await machine.ebb("write", "By the river \(number).") }
    let id = try await machine.write("Old \(Self.word).")
    let arguments = command.map { $0 == "kept" ? id : $0 }
    try await check(arguments, on: machine) { disk in
      if command[0] == "erase" { try expectNoWord(below: disk.visiblePath, "erased") }
    }
  }

  @Test func `the first words of all are there or not`() async throws {
    try await check(["write", "new words"], on: Machine()) { _ in }
  }

  /// - Parameter look: at what is there after the command was done and another one too.
  private func check(
    _ arguments: [String], on machine: Machine, look: (SmallDisk) throws -> Void
  ) async throws {
    let before = try await Contents(machine)
    let finished = try machine.copy()
    #expect(try await finished.run(arguments).exitCode == 0)
    let after = try await Contents(finished)
    #expect(before != after)

    try await untilThereIsRoom { disk, small, pages in
      try disk.hold(machine)
      try disk.leave(pages: pages)
      let ended = try await small.run(arguments)
      let found = try await Contents(small)
      let isDone = ended.exitCode == 0
      #expect(found == (isDone ? after : before), "\(pages) pages")
      if !isDone { #expect(ended == Self.refused, "\(pages) pages") }
      if !ended.error.isEmpty, isDone {
        #expect(ended.error.contains("could not be written anew: the disk is full."))
      }
      try disk.makeRoom()
      _ = try await small.write("the next words")
      #expect(try await Contents(small).texts == (found.texts + ["the next words"]).sorted())
      #expect(try await small.run(["verify"]).exitCode == 0, "\(pages) pages")
      if isDone { try look(disk) }
      return isDone && ended.error.isEmpty
    }
  }

  @Test func `a backup is whole or not there`() async throws {
    let machine = try Machine()
    for number in 1...5 { try await machine.ebb("write", "By the river \(number).") }
    let contents = try await Contents(machine)
    try await untilThereIsRoom { disk, small, pages in
      try disk.hold(machine)
      try disk.leave(pages: pages)
      let ended = try await small.run(["backup", small.path + "/backup"])
      #expect(try await Contents(small) == contents)
      try disk.makeRoom()
      let names = try FileManager.default.contentsOfDirectory(atPath: disk.visiblePath)
      guard ended.exitCode == 0 else {
        #expect(ended == Self.refused, "\(pages) pages")
        #expect(names == ["home"], "\(pages) pages")
        return false
      }
      #expect(names.sorted() == ["backup", "home"], "\(pages) pages")
      let restored = try Machine(startedWith: disk.command)
      try await restored.ebb("restore", small.path + "/backup")
      #expect(try await Contents(restored) == contents, "\(pages) pages")
      return true
    }
  }

  @Test func `a sync that finds no room goes on when there is some`() async throws {
    try await ServerProcess.run { server in
      let (machine, other) = (try Machine(), try Machine())
      try await machine.register(at: server)
      try await other.restore(from: server)
      for number in 1...30 { try await other.ebb("write", "From elsewhere \(number).") }
      _ = try await other.sync()
      for number in 1...3 { try await machine.ebb("write", "By the river \(number).") }
      let before = try await Contents(machine).texts
      let all = (before + (try await Contents(other).texts)).sorted()
      try await untilThereIsRoom { disk, small, pages in
        try disk.hold(machine)
        try disk.leave(pages: pages)
        let ended = try await small.run(["sync"])
        #expect(ended.exitCode == 0 || ended == Self.refused, "\(pages) pages: \(ended)")
        let found = try await Contents(small).texts
        #expect(Set(before).isSubset(of: found), "\(pages) pages")
        try disk.makeRoom()
        _ = try await small.sync()
        #expect(try await Contents(small).texts == all, "\(pages) pages")
        #expect(try await small.run(["verify"]).exitCode == 0, "\(pages) pages")
        return ended.exitCode == 0
      }
    }
  }

  @Test func `a restore that finds no room is whole after the next try`() async throws {
    try await ServerProcess.run { server in
      let machine = try Machine()
      try await machine.register(at: server)
      for number in 1...30 { try await machine.ebb("write", "By the river \(number).") }
      _ = try await machine.sync()
      let contents = try await Contents(machine)
      let arguments = [
        "restore", server.url, "--account", "ida", "--fingerprint", server.fingerprint,
      ]
      // Each restore derives a key, which takes its time by design.
      try await untilThereIsRoom(every: isThorough ? 1 : 3) { disk, small, pages in
        try disk.empty()
        try small.configure("[sync]\nauto = false\n")
        try disk.leave(pages: pages)
        let ended = try await small.run(
          arguments, environment: ["EBB_PASSPHRASE": Machine.passphrase])
        #expect(ended.exitCode == 0 || ended == Self.refused, "\(pages) pages: \(ended)")
        _ = try await Contents(small)
        try disk.makeRoom()
        try await small.restore(from: server)
        #expect(try await Contents(small) == contents, "\(pages) pages")
        _ = try await machine.sync()
        #expect(try await small.digest() == machine.digest(), "\(pages) pages")
        return ended.exitCode == 0
      }
    }
  }

  @Test func `an erase that finds no room is done, here and on the server, after the next try`()
    async throws
  {
    try await ServerProcess.run { server in
      let disk = try SmallDisk(pages: Self.diskPages)
      let (machine, other) = (try Machine(on: disk), try Machine())
      try await machine.register(at: server)
      try await other.restore(from: server)
      try await machine.ebb("write", "By the river.")
      try await untilThereIsRoom(on: disk) { disk, _, pages in
        let id = try await machine.write("Old \(Self.word).")
        for machine in [machine, other] { _ = try await machine.sync() }
        try disk.leave(pages: pages)
        let ended = try await machine.run(["erase", id, "--yes"])
        #expect(ended.exitCode == 0 || ended == Self.refused, "\(pages) pages: \(ended)")
        let isThere = try await machine.run(["show", id]).exitCode == 0
        #expect(isThere == (ended.exitCode != 0), "\(pages) pages")
        try disk.makeRoom()
        if isThere { #expect(try await machine.run(["erase", id, "--yes"]).exitCode == 0) }
        for machine in [machine, other, machine] { _ = try await machine.sync() }
        for folder in [disk.visiblePath, other.path] {
          try expectNoWord(below: folder, "\(pages) pages, \(folder)")
        }
        #expect(try await other.digest() == machine.digest(), "\(pages) pages")
        #expect(try await machine.run(["verify"]).exitCode == 0, "\(pages) pages")
        return ended.exitCode == 0 && ended.error.isEmpty
      }
    }
  }

  /// The search index has words in small letters.
  private func expectNoWord(below folder: String, _ comment: Comment) throws {
    for word in [Self.word, Self.word.lowercased()] {
      let isThere = try isFound(Array(word.utf8), below: folder)
      #expect(!isThere, comment)
    }
  }

  private static let diskPages = 1024

  /// Leaves ever more room, until there was enough twice; at first there must not be.
  private func untilThereIsRoom(
    on disk: SmallDisk? = nil, every stride: Int = 1,
    _ isEnough: (SmallDisk, Machine, Int) async throws -> Bool
  ) async throws {
    let disk = try disk ?? SmallDisk(pages: Self.diskPages)
    let small = try Machine(on: disk)
    var (refusals, successes) = (0, 0)
    for (number, pages) in Steps(from: 0).enumerated()
    where number.isMultiple(of: stride) {
      try #require(pages < Self.diskPages / 2)
      if try await isEnough(disk, small, pages) { successes += 1 } else { refusals += 1 }
      if successes == 2 { break }
    }
    #expect(refusals > 1)
  }
}
