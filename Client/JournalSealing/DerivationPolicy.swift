package import SyncProtocol

/// Which parameters of scrypt a client accepts, from a server it does not trust.
package struct DerivationPolicy: Sendable {
  /// Weaker in any way is refused.
  private let least: DerivationParameters

  /// The only one outside of tests: nothing below `DerivationParameters.standard`.
  package static let strict = DerivationPolicy(least: .standard)

  /// For tests, which cannot spend a third of a second and 128 MiB on each key.
  package static func weakForTests(_ least: DerivationParameters) -> DerivationPolicy {
    DerivationPolicy(least: least)
  }

  private init(least: DerivationParameters) {
    self.least = least
  }

  /// The parameters that new keys are made with.
  package var preferred: DerivationParameters { least }

  /// 1 GiB, eight times the standard: what a server can make a client take at most.
  package static let memoryBytesMax = 1 << 30
  /// How many times scrypt may go over its memory.
  package static let parallelismMax = 16

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
