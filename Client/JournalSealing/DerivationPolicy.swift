package import SyncProtocol

/// Which parameters of scrypt a client accepts, from a server it does not trust.
package struct DerivationPolicy: Sendable {
  /// Weaker in any way is refused.
  private let least: DerivationParameters
  /// Whether the work that parameters ask for is done.
  private let isEarnest: Bool

  /// The only one outside of tests: nothing below `DerivationParameters.standard`.
  package static let strict = DerivationPolicy(least: .standard)

  /// For tests, which cannot spend a third of a second and 128 MiB on each key.
  package static func weakForTests(_ least: DerivationParameters) -> DerivationPolicy {
    DerivationPolicy(least: least)
  }

  /// For simulations, which make keys by the thousand: everything is as in `strict`, but the keys
  /// are made with next to no work.
  package static let feignedForTests = DerivationPolicy(least: .standard, isEarnest: false)

  private init(least: DerivationParameters, isEarnest: Bool = true) {
    self.least = least
    self.isEarnest = isEarnest
  }

  /// The parameters that new keys are made with.
  package var preferred: DerivationParameters { least }

  /// 1 GiB, eight times the standard: what a server can make a client take at most.
  package static let memoryBytesMax = 1 << 30
  /// How many times scrypt may go over its memory.
  package static let parallelismMax = 16

  /// What is done for parameters that were checked.
  func work(for parameters: DerivationParameters) -> DerivationParameters {
    isEarnest ? parameters : DerivationParameters(rounds: 2, blockSize: 1, parallelism: 1)
  }

  func check(_ parameters: DerivationParameters) throws(KeysError) {
    guard parameters.rounds >= least.rounds, parameters.blockSize >= least.blockSize,
      parameters.parallelism >= least.parallelism
    else { throw .weakParameters(parameters) }
    let (blockBytes, overflow) = parameters.blockSize.multipliedReportingOverflow(by: 128)
    let (bytes, overflowToo) = parameters.rounds.multipliedReportingOverflow(by: blockBytes)
    guard !overflow, !overflowToo, bytes <= Self.memoryBytesMax,
      parameters.parallelism <= Self.parallelismMax
    else { throw .excessiveParameters(parameters) }
    guard parameters.rounds > 1, parameters.rounds & (parameters.rounds - 1) == 0,
      parameters.blockSize > 0, parameters.parallelism > 0
    else { throw .impossibleParameters(parameters) }
  }
}
