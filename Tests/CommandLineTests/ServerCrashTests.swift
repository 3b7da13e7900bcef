import Foundation
import TestSupport
import Testing

/// A server that is killed at a system call with which it writes, while a client wants something of
/// it. Afterwards it starts again and finds all well; the client's next try ends well; nothing that
/// was acknowledged is lost, and what was erased is in no file.
///
/// With `EBB_THOROUGH=1` in the environment at every call, otherwise at some of each kind.
@Suite(.enabled(if: Ambush.isPossible, "needs to trace another process, which is not permitted"))
struct ServerCrashTests {
  enum Request: CaseIterable {
    case push, pull, register, erase
    /// Asked of it by its owner.
    case invite
  }

  private static let calls =
    ["pwrite64", "fdatasync", "ftruncate", "write"]
    + (isThorough ? ["fsync", "unlink", "writev"] : [])

  @Test(arguments: Request.allCases)
  func `killed while it answers, it has lost nothing`(request: Request) async throws {
    var scene = try await ServerScene()
    var kills = 0
    for name in Self.calls {
      // Threads share the work differently each time: the first call that is survived may not be
      // the last that there is.
      var survivals = 0
      for number in Steps(from: 1) {
        let call = WritingCall(name: name, number: number)
        if try await scene.play(request, killingAt: call) {
          kills += 1
        } else {
          survivals += 1
        }
        if survivals == (isThorough ? 2 : 1) { break }
        // A scrub writes all there is: where each play adds to it, no number would ever be the last.
        if number.isMultiple(of: 20) { scene = try await ServerScene() }
      }
    }
    print("\(kills) kills of the server during \(request)")
    #expect(kills > (request == .pull ? 1 : 4))
  }

  @Test(arguments: [false, true])
  func `killed while it starts, it starts the next time`(isFirstTime: Bool) async throws {
    var kills = 0
    for name in Self.calls + ["fsync", "unlink", "mkdir", "fchmod", "chmod", "rename"] {
      for number in Steps(from: 1) {
        let folder = try TemporaryFolder()
        if !isFirstTime {
          let server = try await ServerProcess(folder: folder.path)
          try #require(try await server.administrate("invite").exitCode == 0)
          await server.kill()
        }
        let call = WritingCall(name: name, number: number)
        do {
          let server = try await ServerProcess(
            folder: folder.path,
            with: ["strace", "-D", "-f", "-qq", "-o", "/dev/null"] + call.injection(.kill))
          await server.kill()
          break
        } catch let refusal as ServerRefusal {
          #expect(refusal.exitCode == SIGKILL, "\(call): \(refusal.error)")
          kills += 1
        }
        let server = try await ServerProcess(folder: folder.path)
        #expect(try await server.administrate("check").output == "All is well.\n", "\(call)")
        #expect(await server.stop() == 0, "\(call)")
      }
    }
    print("\(kills) kills of the server while it starts")
    #expect(kills > 5)
  }
}

/// A server and two machines, before, during and after its ends.
private final class ServerScene {
  private let folder = try? TemporaryFolder()
  private var server: ServerProcess
  private let (one, two): (Machine, Machine)
  private var count = 0

  init() async throws {
    server = try await ServerProcess(folder: try #require(folder).path)
    (one, two) = (try Machine(), try Machine())
    try await one.register(at: server)
    try await two.restore(from: server)
    for machine in [one, two, one] { _ = try await machine.sync() }
  }

  /// - Returns: whether the server was killed.
  func play(_ request: ServerCrashTests.Request, killingAt call: WritingCall) async throws -> Bool {
    count += 1
    let isKilled =
      switch request {
      case .push: try await push(killingAt: call)
      case .pull: try await pull(killingAt: call)
      case .register: try await register(killingAt: call)
      case .erase: try await erase(killingAt: call)
      case .invite: try await invite(killingAt: call)
      }
    try await expectAgreement("\(request), \(call)")
    return isKilled
  }

  private func push(killingAt call: WritingCall) async throws -> Bool {
    let id = try await one.write("words \(count)")
    let isKilled = try await run(["sync"], on: one, killingAt: call)
    _ = try await one.sync()
    _ = try await two.sync()
    #expect(try await two.run(["show", id]).exitCode == 0, "\(call)")
    return isKilled
  }

  private func pull(killingAt call: WritingCall) async throws -> Bool {
    let id = try await two.write("words \(count)")
    _ = try await two.sync()
    let isKilled = try await run(["sync"], on: one, killingAt: call)
    _ = try await one.sync()
    #expect(try await one.run(["show", id]).exitCode == 0, "\(call)")
    return isKilled
  }

  private func register(killingAt call: WritingCall) async throws -> Bool {
    let invite = try await server.administrate("invite").output
      .trimmingCharacters(in: .whitespacesAndNewlines)
    let newcomer = try Machine()
    try newcomer.configure("[sync]\nauto = false\n")
    try await newcomer.ebb("write", "words \(count)")
    let arguments = [
      "register", server.url, "--account", "newcomer\(count)", "--invite", invite,
      "--fingerprint", server.fingerprint,
    ]
    let secret = ["EBB_PASSPHRASE": Machine.passphrase]
    let isKilled = try await run(
      arguments, on: newcomer, killingAt: call, environment: secret)
    let again = try await newcomer.run(arguments, environment: secret)
    #expect(again.exitCode == 0, "\(call): \(again.error)")
    try await expectVerified(newcomer, "\(call)")
    return isKilled
  }

  private func erase(killingAt call: WritingCall) async throws -> Bool {
    let id = try await one.write("words \(count)")
    for machine in [one, two] { _ = try await machine.sync() }
    let envelope = try await newestEnvelope()
    #expect(try isFound(envelope, below: server.folder), "\(call)")
    let isKilled = try await run(["erase", id, "--yes"], on: one, killingAt: call)
    if try await one.run(["show", id]).exitCode == 0 {
      let again = try await one.run(["erase", id, "--yes"])
      #expect(again.exitCode == 0, "\(call): \(again.error)")
    }
    for machine in [one, two] {
      _ = try await machine.sync()
      #expect(try await machine.run(["show", id]).exitCode == 1, "\(call)")
    }
    #expect(try !isFound(envelope, below: server.folder), "\(call)")
    return isKilled
  }

  private func invite(killingAt call: WritingCall) async throws -> Bool {
    let ambush = try Ambush(in: server.identifier, at: call)
    let ended = try await server.administrate("invite")
    let isKilled = try await wasKilled(by: ambush)
    let ending = Ended(
      exitCode: 75, output: "",
      error: "ebb-server: The server ended before it answered. Try again once it has been "
        + "started.\n")
    #expect(ended.exitCode == 0 || isKilled && ended == ending, "\(call): \(ended)")
    return isKilled
  }

  /// Runs a command, and starts the server again if that killed it.
  private func run(
    _ arguments: [String], on machine: Machine, killingAt call: WritingCall,
    environment: [String: String] = [:]
  ) async throws -> Bool {
    let ambush = try Ambush(in: server.identifier, at: call)
    let ended = try await machine.run(arguments, environment: environment)
    let isKilled = try await wasKilled(by: ambush)
    #expect(
      ended.exitCode == 0
        || isKilled && ended.exitCode == 69
          && ended.error.hasPrefix("The server cannot be reached"),
      "\(call): \(ended)")
    return isKilled
  }

  /// Starts the server again if it was.
  private func wasKilled(by ambush: Ambush) async throws -> Bool {
    await ambush.end()
    guard try await !server.answers() else { return false }
    server = try await server.startedAgain()
    return true
  }

  private func expectAgreement(_ comment: Comment) async throws {
    let check = try await server.administrate("check")
    #expect(check.output == "All is well.\n", comment)
    for machine in [one, two, one] { _ = try await machine.sync() }
    try await expectVerified(one, comment)
    #expect(try await one.digest() == two.digest(), comment)
  }

  private func expectVerified(_ machine: Machine, _ comment: Comment) async throws {
    let verified = try await machine.run(["verify"])
    #expect(verified.exitCode == 0, comment)
    #expect(verified.output.contains("and the server has the same."), comment)
  }

  /// What the server keeps of the entry that was written last. It holds three registers; a device
  /// record that goes along holds one.
  private func newestEnvelope() async throws -> [UInt8] {
    let ended = try await runProgram(
      "sqlite3",
      [
        "file:" + server.folder + "/data/server.sqlite?mode=ro",
        "SELECT hex(envelope) FROM operation WHERE held = 3 ORDER BY timestamp DESC LIMIT 1",
      ])
    let digits = ended.output.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
    try #require(digits.count > 200)
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }
}
