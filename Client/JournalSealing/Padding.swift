internal import OperationLog

/// Padding that hides how long a payload is: a `0x80` byte, then zeros (ISO/IEC 7816-4), up to a
/// length that leaks at most O(log log length) bits.
///
/// The length is Padmé's (Nikitin, Barman, Lueks, Underwood, Hubaux, Ford: "Reducing Metadata
/// Leakage from Encrypted Files and Communication with PURBs", 2019), and at least 256 bytes. One
/// payload has one padded form, and only that one is accepted.
enum Padding {
  static let lengthMin = 256
  private static let marker: UInt8 = 0x80

  /// Padmé: rounds up so that the length's binary form has no more significant bits than its
  /// exponent has digits. Adds 12 % at most, less the longer it is.
  static func padme(_ length: Int) -> Int {
    guard length > 1 else { return length }
    let exponent = Int.bitWidth - 1 - length.leadingZeroBitCount
    let exponentDigits = Int.bitWidth - exponent.leadingZeroBitCount
    let mask = (1 << max(exponent - exponentDigits, 0)) - 1
    return (length + mask) & ~mask
  }

  /// The length of a payload of `count` bytes once padded.
  static func paddedCount(_ count: Int) -> Int {
    padme(max(count + 1, lengthMin))
  }

  static func padded(_ payload: [UInt8]) -> [UInt8] {
    let count = paddedCount(payload.count)
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      _ = buffer.initialize(from: payload)
      buffer[payload.count] = marker
      buffer[(payload.count + 1)...].initialize(repeating: 0)
      initialized = count
    }
  }

  /// How long the payload in padded bytes is; `nil` unless they are what `padded` makes.
  static func payloadCount(_ padded: UnsafeRawBufferPointer) -> Int? {
    guard let end = padded.lastIndex(where: { $0 != 0 }), padded[end] == marker, end > 0,
      padded.count == paddedCount(end)
    else { return nil }
    return end
  }
}
