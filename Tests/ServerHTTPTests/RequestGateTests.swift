import OperationLog
import Testing

@testable import ServerHTTP

@Suite struct RequestGateTests {
  @Test func `one account's bodies leave half of the room to others`() async throws {
    var limits = ConnectionLimits()
    limits.bodyBytesHeldMax = 4 << 20
    let gate = RequestGate(limits: limits)
    let ada = try #require(AccountID([UInt8](repeating: 1, count: AccountID.count)))
    let bob = try #require(AccountID([UInt8](repeating: 2, count: AccountID.count)))
    let first = try await gate.reserve(1 << 20, for: ada)
    let second = try await gate.reserve(1 << 20, for: ada)
    let waiting = Task { try await gate.reserve(1 << 20, for: ada) }
    let others = try await gate.reserve(2 << 20, for: bob)
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
    withExtendedLifetime([first, second, others]) {}
  }

  @Test func `a body that is gone makes room`() async throws {
    var limits = ConnectionLimits()
    limits.bodyBytesHeldMax = 1 << 20
    let gate = RequestGate(limits: limits)
    let ada = try #require(AccountID([UInt8](repeating: 1, count: AccountID.count)))
    for _ in 0..<3 { _ = try await gate.reserve(1 << 20, for: ada) }
  }
}
