private import Synchronization

/// What settings mean, by the bytes they were read from: those that are read again and again are
/// decoded once, until somebody has changed them.
final class DecodedSettings: Sendable {
  private let decoded = Mutex<[SettingName: Decoded]>([:])

  private struct Decoded {
    let bytes: [UInt8]
    let value: any Sendable
  }

  /// The value that `bytes` stand for; `nil` if there are none, or `decode` has none. One name has
  /// one type of value.
  func value<Value: Sendable>(
    of name: SettingName, in bytes: [UInt8]?, _ decode: ([UInt8]) -> Value?
  ) -> Value? {
    let kept = decoded.withLock { $0[name] }
    if let kept, kept.bytes == bytes, let value = kept.value as? Value { return value }
    let value = bytes.flatMap(decode)
    let new = bytes.flatMap { bytes in value.map { Decoded(bytes: bytes, value: $0) } }
    decoded.withLock { $0[name] = new }
    return value
  }
}
