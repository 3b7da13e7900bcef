import Foundation
import Simulation
import TestSupport
import Testing

/// Devices, a server, and everything that befalls them. `scripts/simulate` runs more seeds, faster.
@Suite struct ConvergenceTests {
  /// Under a sanitizer a tenth of them takes as long.
  private static let share: UInt64 =
    ProcessInfo.processInfo.environment["EBB_FEW_SEEDS"] == nil ? 1 : 10

  @Test(arguments: 1...(60 / share))
  func `whatever befalls them, all devices agree in the end and no word is lost`(
    seed: UInt64
  ) throws {
    _ = try Simulation(seed: seed).run()
  }

  /// The more seeds for their being short; twenty a test case.
  @Test(arguments: Array(stride(from: 10_000, to: 10_000 + 400 / share, by: 20)))
  func `and so of three devices in a shorter time`(first: UInt64) throws {
    for seed in first..<(first + 20) {
      var simulation = Simulation(seed: seed)
      simulation.options.deviceCount = 3
      simulation.options.stepCount = 50
      _ = try simulation.run()
    }
  }

  /// Seeds that once failed, and why. What a seed does changes with the simulation: these are
  /// more seeds to try, and a list of what was found.
  @Test(arguments: [
    (12, "a copy and its original ended each other's sessions for ever"),
    (18, "the same"),
    (122, "a device believed stubs of what nobody had erased"),
    (840, "a device that just heard what time it is wrote its record after the end"),
    (10_943, "nobody could log in to a server put back from before a passphrase"),
    (100_119, "the time of a stub, which nothing vouches for, put a clock far ahead"),
    (215_785, "an erase was not counted, for the disk was full when its words were overwritten"),
    (246_207, "the simulation read from a connection that had not let go of a failed rollback"),
    (213_126, "an old answer, played again, had words count as taken whose names a copy had"),
    (214_465, "the same"),
    (221_294, "the same"),
    (226_402, "the same"),
    (248_574, "the same"),
    (260_368, "the same"),
    (291_576, "the same"),
    (214_908, "the same, and a machine's record told of them"),
    (282_973, "the same, and a machine's record told of them"),
    (312_751, "a copy's new words were accepted before what they had seen was refused"),
    (314_326, "the same"),
    (317_734, "the same"),
    (234_835, "a copy took an answer that the original had for the acceptance of its own words"),
    (254_282, "the same"),
    (294_295, "the same"),
    (285_612, "a disk lost the cut of a file and kept what was written to it afterwards"),
  ])
  func `what once failed does not`(seed: UInt64, why: String) throws {
    _ = try Simulation(seed: seed).run()
  }

  @Test(arguments: 3...8)
  func `any number of devices agrees`(count: Int) throws {
    var simulation = Simulation(seed: UInt64(count))
    simulation.options.deviceCount = count
    let report = try simulation.run()
    #expect(report.deviceCount >= count)
    #expect(report.wordCount > 0)
  }

  /// In the last a hostile server alters one byte of an answer.
  @Test(arguments: [1, 2, 3, 4, 500_003])
  func `the same seed does the same again, in another process too`(
    seed: UInt64
  ) throws {
    var simulation = Simulation(seed: seed)
    simulation.options.traces = true
    let report = try simulation.run()
    #expect(try simulation.run() == report)
    let text = try runProgram(
      BuiltProducts.program("simulate").path, ["--seeds", "1", "--first", "\(seed)", "--trace"]
    ).output
    #expect(text.contains("Seed \(seed): \(report.fingerprint)\n"))
  }
}
