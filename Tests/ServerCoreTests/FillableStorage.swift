import ServerCore
import Synchronization

/// A storage whose disk a test fills.
final class FillableStorage: Storage {
  private let isFull = Mutex(false)
  private let storage = InMemoryStorage()

  func fill() { isFull.withLock { $0 = true } }

  func read<Value: Sendable>(
    _ body: @escaping @Sendable (any StorageReading) throws -> Value
  ) async throws -> Value {
    try await storage.read(body)
  }

  func write<Value: Sendable>(
    _ body: @escaping @Sendable (any StorageWriting) throws -> Value
  ) async throws -> Value {
    guard !isFull.withLock({ $0 }) else { throw StorageError(.full, "The disk is full.") }
    return try await storage.write(body)
  }

  func scrub() async { await storage.scrub() }
}
