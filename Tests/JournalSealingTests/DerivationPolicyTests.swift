import SyncProtocol
import Testing

@testable import JournalSealing

struct DerivationPolicyTests {
  @Test(arguments: [(1 << 17, 8, 1), (1 << 18, 8, 1), (1 << 17, 16, 2), (1 << 20, 8, 1)])
  func `the standard and what is stronger is accepted`(
    rounds: Int, blockSize: Int, parallelism: Int
  ) throws {
    try DerivationPolicy.strict.check(
      DerivationParameters(rounds: rounds, blockSize: blockSize, parallelism: parallelism))
  }

  @Test(arguments: [
    (1 << 16, 8, 1), (1 << 17, 7, 1), (1 << 17, 8, 0), (0, 0, 0), (-1, 8, 1), (1 << 16, 16, 16),
    (.min, .min, .min),
  ])
  func `weaker parameters are refused`(rounds: Int, blockSize: Int, parallelism: Int) throws {
    let parameters = DerivationParameters(
      rounds: rounds, blockSize: blockSize, parallelism: parallelism)
    #expect(throws: KeysError.weakParameters(parameters)) {
      try DerivationPolicy.strict.check(parameters)
    }
    let samples = try Samples()
    #expect(throws: KeysError.weakParameters(parameters)) {
      try RootKey(
        passphrase: try Passphrase("closer"), account: samples.account,
        salt: [UInt8](repeating: 0, count: 16), parameters: parameters)
    }
  }

  @Test(arguments: [
    (1 << 21, 8, 1), (1 << 17, 128, 1), (1 << 17, 8, 17), (1 << 62, 8, 1), (1 << 17, .max, 1),
    (.max, .max, .max),
  ])
  func `parameters that would take the whole machine are refused`(
    rounds: Int, blockSize: Int, parallelism: Int
  ) {
    let parameters = DerivationParameters(
      rounds: rounds, blockSize: blockSize, parallelism: parallelism)
    #expect(throws: KeysError.excessiveParameters(parameters)) {
      try DerivationPolicy.strict.check(parameters)
    }
  }

  @Test func `rounds that are no power of two are refused`() {
    let parameters = DerivationParameters(rounds: (1 << 17) + 1, blockSize: 8, parallelism: 1)
    #expect(throws: KeysError.impossibleParameters(parameters)) {
      try DerivationPolicy.strict.check(parameters)
    }
  }

  @Test func `feigned work is the standard's in all but the work`() throws {
    let policy = DerivationPolicy.feignedForTests
    #expect(policy.preferred == .standard)
    #expect(policy.work(for: .standard) != .standard)
    #expect(DerivationPolicy.strict.work(for: .standard) == .standard)
    let weak = DerivationParameters(rounds: 1 << 16, blockSize: 8, parallelism: 1)
    #expect(throws: KeysError.weakParameters(weak)) { try policy.check(weak) }
  }
}
