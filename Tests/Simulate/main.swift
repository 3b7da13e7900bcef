import CSQLite
import Foundation
import Simulation
import Synchronization

/// Runs simulations from seeds and says which fail: `simulate --seeds N [--first S] [--devices M]
/// [--steps K] [--jobs J] [--trace]`.
struct Arguments {
  var seeds: UInt64 = 100
  var first: UInt64 = 1
  /// Threads: as many as there are processors, unless told otherwise.
  var jobs = UInt64(ProcessInfo.processInfo.activeProcessorCount)
  var options = SimulationOptions()

  init(_ words: [String]) throws {
    var words = words[...]
    while let word = words.popFirst() {
      if word == "--trace" {
        options.traces = true
        continue
      }
      guard let value = words.popFirst().flatMap({ UInt64($0) }) else { throw Misuse(word: word) }
      switch word {
      case "--seeds": seeds = value
      case "--first": first = value
      case "--jobs": jobs = max(value, 1)
      case "--devices": options.deviceCount = Int(value)
      case "--steps": options.stepCount = Int(value)
      default: throw Misuse(word: word)
      }
    }
  }

  struct Misuse: Error, CustomStringConvertible {
    let word: String
    var description: String { "simulate: \(word) is not understood." }
  }
}

sqlite3_keep_no_memory_statistics()
let arguments: Arguments
do {
  arguments = try Arguments(Array(CommandLine.arguments.dropFirst()))
} catch {
  print(error)
  exit(64)
}

/// What has been begun, and what came of it.
struct Progress: Sendable {
  var begun: UInt64 = 0
  var failedSeeds: [UInt64] = []
  var operations = 0
  var words = 0
}

let start = ContinuousClock.now
let progress = Mutex(Progress())

func nextSeed() -> UInt64? {
  progress.withLock {
    guard $0.begun < arguments.seeds else { return nil }
    $0.begun += 1
    return arguments.first &+ $0.begun &- 1
  }
}

func simulate(_ seed: UInt64) {
  do {
    let report = try Simulation(seed: seed, options: arguments.options).run()
    progress.withLock {
      $0.operations += report.operationCount
      $0.words += report.wordCount
      guard arguments.options.traces else { return }
      print("Seed \(seed): \(report.fingerprint)")
      for line in report.trace { print("  " + line) }
    }
  } catch {
    progress.withLock {
      $0.failedSeeds.append(seed)
      print(error)
      for line in (error as? SimulationFailure)?.trace ?? [] { print("  " + line) }
      fflush(nil)
    }
  }
}

let finished = DispatchSemaphore(value: 0)
// Each worker takes the next seed that none has taken; a simulation stays on one thread.
for _ in 0..<arguments.jobs {
  Thread.detachNewThread {
    while let seed = nextSeed() { simulate(seed) }
    finished.signal()
  }
}
for _ in 0..<arguments.jobs { finished.wait() }

let seconds = (ContinuousClock.now - start) / .seconds(1)
let sum = progress.withLock { $0 }
print("\(sum.words) words saved, \(sum.operations) operations in the end")
if !sum.failedSeeds.isEmpty {
  print("Failed: \(sum.failedSeeds.sorted().map(String.init).joined(separator: " "))")
}
print(
  "\(arguments.seeds) seeds from \(arguments.first), \(sum.failedSeeds.count) failed, "
    + "in \(rounded(seconds)) seconds (\(rounded(processorSeconds())) of processors): "
    + "\(rounded(Double(arguments.seeds) / seconds)) seeds a second")
exit(sum.failedSeeds.isEmpty ? 0 : 1)

func rounded(_ number: Double) -> String { String(format: "%.1f", number) }

/// What all threads took: others may have used the processors too.
func processorSeconds() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) }
