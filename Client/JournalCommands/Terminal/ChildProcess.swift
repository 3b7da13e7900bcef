internal import Glibc

/// Runs a command of the user's (editor, pager) through the shell, as its variable is written.
struct ChildProcess {
  let id: pid_t

  /// Starts `sh -c 'COMMAND "$@"' COMMAND ARGUMENTS…`; `input` becomes its standard input.
  ///
  /// No text of the journal is ever among the arguments: other users could read them.
  init(
    command: String, arguments: [String], environment: ProcessEnvironment, extra: [String] = [],
    input: Int32? = nil
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let input { posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO) }

    // What this process ignores or handles is the child's own business.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var defaults = sigset_t()
    sigemptyset(&defaults)
    for number in [SIGINT, SIGQUIT, SIGPIPE] { sigaddset(&defaults, number) }
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))

    let words = ["sh", "-c", command + " \"$@\"", command] + arguments
    var argv: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    var envp: [UnsafeMutablePointer<CChar>?] =
      (environment.forChildren + extra).map { strdup($0) } + [nil]
    defer { (argv + envp).forEach { free($0) } }
    var id: pid_t = 0
    let error = posix_spawn(&id, "/bin/sh", &actions, &attributes, &argv, &envp)
    guard error == 0 else {
      throw Failure(
        .notPossible,
        Messages.Editing.cannotStart(command, reason: String(cString: strerror(error))))
    }
    self.id = id
  }

  /// The exit status as the shell has it: 128 and the signal's number for a killed process.
  func wait() -> Int32 {
    var status: Int32 = 0
    while waitpid(id, &status, 0) < 0 && errno == EINTR {}
    return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + (status & 0x7F)
  }
}
