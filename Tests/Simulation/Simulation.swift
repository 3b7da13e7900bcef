private import Foundation

/// Devices, a server and everything that can befall them, all from one seed.
///
/// The real store, sealing, sync and server rules; time, randomness, network and disks are the
/// simulation's. Everything happens on the calling thread, in an order that the seed decides.
package struct Simulation {
  package let seed: UInt64
  package var options: SimulationOptions

  package init(seed: UInt64, options: SimulationOptions = SimulationOptions()) {
    self.seed = seed
    self.options = options
  }

  /// Where the locks lie that keep two syncs of a journal apart, the only real files: in memory
  /// where the system has such a place, for nothing is asked of them but to be there.
  private static let lockFolders =
    FileManager.default.isWritableFile(atPath: "/dev/shm") ? "/dev/shm/" : NSTemporaryDirectory()

  /// Throws a `SimulationFailure`.
  package func run() throws -> SimulationReport {
    let folder = Self.lockFolders + "ebb-simulation-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let world: World
    do {
      world = try World(seed: seed, options: options, folder: folder)
    } catch {
      throw SimulationFailure(seed: seed, reason: "The world does not begin: \(error)", trace: [])
    }
    do {
      return try world.run()
    } catch {
      throw SimulationFailure(seed: seed, reason: "\(error)", trace: world.trace.lines)
    }
  }
}

package struct SimulationOptions: Hashable, Sendable {
  /// `nil`: 3 to 8, as the seed has it.
  package var deviceCount: Int?
  package var stepCount = 150
  /// Keeps what happened, a line each.
  package var traces = false

  package init() {}
}

package struct SimulationReport: Hashable, Sendable {
  /// Of all that was in the end, and of all that happened: the same seed gives the same.
  package var fingerprint: String
  package var deviceCount = 0
  package var operationCount = 0
  package var wordCount = 0
  /// Words that were lost with the only disk that held them.
  package var excusedCount = 0
  package var erasedCount = 0
  package var trace: [String] = []
}

package struct SimulationFailure: Error, CustomStringConvertible {
  package let seed: UInt64
  package let reason: String
  package let trace: [String]

  package var description: String {
    "Seed \(seed): \(reason)"
  }
}

/// What must not be, and is.
struct Violation: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
