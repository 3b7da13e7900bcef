import Foundation
import Simulation

/// Runs simulations from seeds and says which fail: `simulate --seeds N [--first S] [--devices M]
/// [--steps K] [--compound] [--trace]`.
struct Arguments {
  var seeds: UInt64 = 100
  var first: UInt64 = 1
  var options = SimulationOptions()

  init(_ words: [String]) throws {
    var words = words[...]
    while let word = words.popFirst() {
      if word == "--trace" {
        options.traces = true
        continue
      }
      if word == "--compound" {
        options.compounds = true
        continue
      }
      guard let value = words.popFirst().flatMap({ UInt64($0) }) else { throw Misuse(word: word) }
      switch word {
      case "--seeds": seeds = value
      case "--first": first = value
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

let arguments: Arguments
do {
  arguments = try Arguments(Array(CommandLine.arguments.dropFirst()))
} catch {
  print(error)
  exit(64)
}

let start = ContinuousClock.now
var failures = 0
var operations = 0
for seed in arguments.first..<(arguments.first + arguments.seeds) {
  do {
    let report = try Simulation(seed: seed, options: arguments.options).run()
    operations += report.operationCount
    guard arguments.options.traces else { continue }
    print("Seed \(seed): \(report.fingerprint)")
    for line in report.trace { print("  " + line) }
  } catch let failure as SimulationFailure {
    failures += 1
    print(failure)
    for line in failure.trace { print("  " + line) }
  }
}
let seconds = (ContinuousClock.now - start) / .seconds(1)
print(
  "\(arguments.seeds) seeds from \(arguments.first): \(failures) failed, \(operations) operations, "
    + "\(String(format: "%.1f", Double(arguments.seeds) / seconds)) seeds a second")
exit(failures == 0 ? 0 : 1)
