/// What a command says on standard error before it ends: one or two plain sentences.
package struct CommandFailure: Error, Hashable, Sendable, Codable {
  package let exitCode: ExitCode
  package let message: String

  package init(_ exitCode: ExitCode, _ message: String) {
    self.exitCode = exitCode
    self.message = message
  }

  /// The same numbers for the same things as `ebb`.
  package enum ExitCode: Int32, Codable, Sendable {
    /// The thing asked for is not there or not possible.
    case notPossible = 1
    case badOption = 64
    /// A damaged or foreign file, or findings of `check`.
    case badFile = 65
    /// Nobody can be reached at an address, or the address cannot be had.
    case unavailable = 69
    case disk = 74
    case tryAgain = 75
    case notAllowed = 77
  }
}
