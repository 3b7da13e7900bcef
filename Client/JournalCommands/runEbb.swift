internal import Glibc

/// The whole program: arguments and environment in, exit status out.
package func runEbb() -> Never {
  Interruption.install()
  exit(Ebb.run().rawValue)
}

enum Ebb {
  static func run() -> ExitStatus {
    do {
      let arguments = try self.arguments()
      let environment = ProcessEnvironment.taken()
      let context = try CommandContext(
        environment: environment, terminal: Terminal(environment))
      // Never released: the system closes everything at once, while ending the journal's queue takes
      // a new thread, for which memory may be lacking after all is done.
      _ = Unmanaged.passRetained(context)
      return run(arguments, context)
    } catch {
      return report(error)
    }
  }

  private static func run(_ arguments: [String], _ context: CommandContext) -> ExitStatus {
    do {
      let (command, rest) = try CommandTable.command(for: arguments)
      try command.perform(rest, context)
      try context.output.finish()
      return .done
    } catch {
      // What was printed comes before what went wrong.
      context.output.flush()
      return report(error)
    }
  }

  private static func report(_ error: any Error) -> ExitStatus {
    let failure = Failure(describing: error)
    Output.message(Visible.lines(failure.message).joined(separator: "\n"))
    return failure.status
  }

  /// The arguments after the program's name; `CommandLine.arguments` would repair bad UTF-8
  /// silently, and a journal keeps what was written or says that it can't.
  private static func arguments() throws -> [String] {
    try (1..<max(CommandLine.argc, 1)).compactMap { position in
      guard let argument = CommandLine.unsafeArgv[Int(position)] else { return nil }
      guard let text = String(validatingCString: argument) else {
        throw Failure(.badData, Messages.Arguments.notUTF8(position: Int(position)))
      }
      return text
    }
  }
}
