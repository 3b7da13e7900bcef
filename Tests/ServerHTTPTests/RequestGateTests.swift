import OperationLog
import Synchronization
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

  @Test func `who waits for room is not one of the requests under way`() async throws {
    var limits = ConnectionLimits()
    limits.bodyBytesHeldMax = 1 << 20
    limits.requestsMax = 1
    let gate = RequestGate(limits: limits)
    let ada = try #require(AccountID([UInt8](repeating: 1, count: AccountID.count)))
    let held = try await gate.reserve(1 << 20, for: ada)
    let hasBegun = Mutex(false)
    let waiting = Task {
      try await gate.withRequest {
        hasBegun.withLock { $0 = true }
        _ = try await gate.reserve(1 << 20, for: ada)
      }
    }
    while !hasBegun.withLock({ $0 }) { await Task.yield() }
    // It has to come in before the other gives up, which would end otherwise than below.
    while (try? await gate.withRequest {}) == nil { await Task.yield() }
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
    withExtendedLifetime(held) {}
  }
}
