package import Foundation
private import Synchronization

extension Process {
  private static let isStarting = Mutex(())

  /// As `run()`, one at a time: Foundation's crashes now and then when several threads start
  /// programs at once.
  package func start() throws {
    try Self.isStarting.withLock { _ in try run() }
  }
}
