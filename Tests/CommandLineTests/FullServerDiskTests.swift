import Foundation
import TestSupport
import Testing

/// A server whose disk has room for nothing, for one page, for two, and so on, until there is
/// enough. What it took is there, who is refused is told so, and all goes on once there is room.
///
/// With `EBB_THOROUGH=1` in the environment at every page, otherwise at some.
@Suite(.enabled(if: SmallDisk.arePossible, Comment(rawValue: SmallDisk.reason)))
struct FullServerDiskTests {
  private static let refused = Ended(
    exitCode: 75, output: "",
    error: "The server has no room left for this account. The journal is safe here; ask whoever "
      + "runs the server.\n")

  @Test func `what a client cannot send, it sends when there is room`() async throws {
    let disk = try SmallDisk(pages: 2048)
    let server = try await ServerProcess(folder: disk.path, on: disk)
    let (one, two) = (try Machine(), try Machine())
    try await one.register(at: server)
    try await two.restore(from: server)
    for machine in [one, two, one] { _ = try await machine.sync() }

    var (refusals, successes) = (0, 0)
    for pages in Steps(from: 0) {
      for number in 1...5 { try await one.ebb("write", "By the river \(pages), \(number).") }
      let contents = try await Contents(one)
      try disk.leave(pages: pages)
      let ended = try await one.run(["sync"])
      #expect(ended.exitCode == 0 || ended == Self.refused, "\(pages) pages: \(ended)")
      if ended.exitCode == 0 { successes += 1 } else { refusals += 1 }
      // Whoever has nothing to send needs no room.
      _ = try await two.sync()
      #expect(try await Contents(one) == contents, "\(pages) pages")
      try disk.makeRoom()
      for machine in [one, two] { _ = try await machine.sync() }
      #expect(try await Contents(two) == contents, "\(pages) pages")
      #expect(try await server.administrate("check").output == "All is well.\n")
      #expect(try await one.run(["verify"]).exitCode == 0, "\(pages) pages")
      if successes == 2 { break }
    }
    #expect(refusals > 1)
    #expect(await server.stop() == 0)
  }

  @Test(arguments: [false, true])
  func `a server that finds no room says so, and serves when there is some`(
    isFirstTime: Bool
  ) async throws {
    let disk = try SmallDisk(pages: 2048)
    let machine = try Machine()
    var (refusals, successes) = (0, 0)
    for pages in Steps(from: 0) {
      try disk.makeRoom()
      if isFirstTime {
        try disk.empty()
      } else {
        try await leaveUnfinished(disk, machine, isNew: pages == 0)
      }
      try disk.leave(pages: pages)
      do {
        let server = try await ServerProcess(folder: disk.path, on: disk)
        successes += 1
        #expect(await server.stop() == 0, "\(pages) pages")
      } catch let refusal as ServerRefusal {
        refusals += 1
        #expect(refusal.exitCode == 74, "\(pages) pages: \(refusal.error)")
        let sentence = /ebb-server: [^\n]+(No space left on device|no room left on)[^\n]*\n/
        #expect(try sentence.wholeMatch(in: refusal.error) != nil, "\(refusal.error)")
      }
      try disk.makeRoom()
      let server = try await ServerProcess(folder: disk.path, on: disk)
      #expect(try await server.administrate("check").output == "All is well.\n")
      #expect(await server.stop() == 0, "\(pages) pages")
      if successes == 2 { break }
    }
    // Who served before has the files that it needs.
    #expect(refusals > 0 || !isFirstTime)
  }

  /// A server was killed here that had just taken something.
  private func leaveUnfinished(
    _ disk: SmallDisk, _ machine: Machine, isNew: Bool
  ) async throws {
    let server = try await ServerProcess(folder: disk.path, on: disk)
    if isNew { try await machine.register(at: server) }
    #expect(try await server.administrate("invite").exitCode == 0)
    await server.kill()
  }
}
