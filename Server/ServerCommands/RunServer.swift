internal import ArgumentParser
internal import Glibc
internal import ServerCore

/// Runs `ebb-server` with the arguments of the process; returns the exit code.
package func runServer() async -> Int32 {
  // A reader that goes away ends a line of output, not the server.
  signal(SIGPIPE, SIG_IGN)
  unblockSignals()
  do {
    var command = try ServerCommand.parseAsRoot()
    if var command = command as? any AsyncParsableCommand {
      try await command.run()
    } else {
      try command.run()
    }
    return 0
  } catch let failure as CommandFailure {
    return report(failure)
  } catch let error as StorageError {
    return report(CommandFailure(error))
  } catch {
    return report(error)
  }
}

/// A parent may have left the signals that end or reload a server blocked; that is inherited.
private func unblockSignals() {
  var signals = sigset_t()
  sigemptyset(&signals)
  for signal in [SIGTERM, SIGINT, SIGHUP] { sigaddset(&signals, signal) }
  pthread_sigmask(SIG_UNBLOCK, &signals, nil)
}

private func report(_ failure: CommandFailure) -> Int32 {
  StandardStream.error.write("ebb-server: \(failure.message)\n")
  return failure.exitCode.rawValue
}

/// Help and version, and what the parser has to say about the arguments.
private func report(_ error: any Error) -> Int32 {
  let code = ServerCommand.exitCode(for: error).rawValue
  guard code != 0 else {
    StandardStream.output.write(ServerCommand.fullMessage(for: error) + "\n")
    return 0
  }
  guard code == EX_USAGE else {
    StandardStream.error.write("ebb-server: Something failed that should not: \(error)\n")
    return CommandFailure.ExitCode.disk.rawValue
  }
  let message = ServerCommand.message(for: error)
  StandardStream.error.write("ebb-server: \(message) Run 'ebb-server --help' for examples.\n")
  return code
}
