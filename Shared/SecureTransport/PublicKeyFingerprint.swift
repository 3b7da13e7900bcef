import COpenSSL

/// The SHA-256 of a certificate's public key (its DER `SubjectPublicKeyInfo`, RFC 5280).
///
/// It names a server for as long as that keeps its key, through every renewal of the certificate.
package struct PublicKeyFingerprint: Hashable, Sendable {
  package static let byteCount = 32

  /// Always `byteCount` bytes.
  package let bytes: [UInt8]

  package init?(bytes: [UInt8]) {
    guard bytes.count == Self.byteCount else { return nil }
    self.bytes = bytes
  }
}

extension PublicKeyFingerprint: LosslessStringConvertible {
  /// `sha256:` and 64 lower-case hexadecimal digits.
  package var description: String {
    let digits = Array("0123456789abcdef".utf8)
    return "sha256:"
      + String(
        decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// Reads what people paste: upper case, colons between bytes and a missing prefix are accepted.
  package init?(_ description: String) {
    var text = Substring(description)
    if text.prefix(7).lowercased() == "sha256:" { text = text.dropFirst(7) }
    var digits: [UInt8] = []
    var colonIsAllowed = false
    for character in text.utf8 {
      if let digit = Self.value(ofHexDigit: character) {
        digits.append(digit)
        colonIsAllowed = digits.count.isMultiple(of: 2)
      } else if character == UInt8(ascii: ":"), colonIsAllowed {
        colonIsAllowed = false
      } else {
        return nil
      }
    }
    guard digits.count == 2 * Self.byteCount, text.utf8.last != UInt8(ascii: ":") else {
      return nil
    }
    bytes = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  private static func value(ofHexDigit character: UInt8) -> UInt8? {
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

extension PublicKeyFingerprint {
  /// The fingerprint of the key in an `X509`, nil if that key cannot be encoded.
  init?(certificate: OpaquePointer) {
    var encoded: UnsafeMutablePointer<UInt8>?
    let count = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &encoded)
    guard count > 0, let encoded else { return nil }
    defer { CRYPTO_free(encoded, nil, 0) }
    bytes = [UInt8](unsafeUninitializedCapacity: Self.byteCount) { digest, written in
      SHA256(encoded, Int(count), digest.baseAddress)
      written = Self.byteCount
    }
  }
}
