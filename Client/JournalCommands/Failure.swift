/// Why a command stops: the only error that leaves one, and the only way to a status but zero.
package struct Failure: Error, Sendable {
  package let status: ExitStatus
  /// One or two plain sentences: what happened, what is safe, what to do.
  package let message: String

  package init(_ status: ExitStatus, _ message: String) {
    self.status = status
    self.message = message
  }

  static func usage(_ message: String) -> Failure { Failure(.usage, message) }
}
