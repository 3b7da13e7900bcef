/// What a command tells the shell: the classes of `sysexits.h`, and 130 as shells have it.
package enum ExitStatus: Int32, CaseIterable, Sendable {
  case done = 0
  /// The thing asked for is not there or not possible.
  case notPossible = 1
  /// A bad option or value.
  case usage = 64
  /// A bad file, or a damaged journal.
  case badData = 65
  /// The server can't be reached.
  case unreachable = 69
  /// The disk refused.
  case disk = 74
  /// Try again.
  case tryAgain = 75
  /// Wrong passphrase, revoked, untrusted certificate.
  case notAllowed = 77
  /// Ctrl-C.
  case interrupted = 130
}
