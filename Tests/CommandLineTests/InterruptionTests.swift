import Foundation
import TestSupport
import Testing

/// Ctrl-C while a command waits for the server: what stays, and what goes on from there.
@Suite struct InterruptionTests {
  @Test(arguments: [
    (
      ["sync"],
      "Stopped. What was sent and received until now stays; the next sync goes on from there."
    ),
    (
      ["verify"],
      "Stopped. Not everything was read, so nothing is certain. Nothing was changed."
    ),
    (["doctor"], "Stopped. Nothing is lost; `ebb doctor` again goes on."),
    (
      ["erase", "kept", "--yes"],
      "Stopped. It may be erased already: then the same command finds nothing any more. `ebb status` "
        + "says who has not confirmed yet."
    ),
  ])
  func `interrupted as it calls the server, a command says what stays`(
    command: [String], sentence: String
  ) async throws {
    let machine = try Machine()
    let id = try await machine.write("the first words")
    var url = ""
    try await ServerProcess.run { server in
      try await machine.register(at: server)
      url = server.url
    }
    let before = try await Contents(machine)
    let ended = try await machine.interruptedCalling(
      url, command.map { $0 == "kept" ? id : $0 })
    #expect(ended.exitCode == 130)
    #expect(ended.error == sentence + "\n")
    #expect(try await Contents(machine) == before)
  }
}

extension Machine {
  /// Runs a command that somebody ends with Ctrl-C as soon as it has called a server, which is there
  /// and says nothing.
  fileprivate func interruptedCalling(
    _ url: String, _ arguments: [String]
  ) async throws -> Ended {
    let port = try #require(url.split(separator: ":").last.map(String.init))
    let script = """
      import signal, socket, subprocess, sys
      # Whoever runs the tests may ignore or block Ctrl-C; a person's shell does not.
      def as_a_shell_does():
          signal.signal(signal.SIGINT, signal.SIG_DFL)
          signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
      with socket.create_server(("127.0.0.1", int(sys.argv[1]))) as silent:
          child = subprocess.Popen(sys.argv[2:], preexec_fn=as_a_shell_does)
          silent.accept()
          child.send_signal(signal.SIGINT)
          sys.exit(child.wait())
      """
    return try await runProgram(
      "/usr/bin/env", ["python3", "-c", script, port] + command + arguments,
      environment: environment(["EBB_PASSPHRASE": Machine.passphrase]))
  }
}
