internal import Foundation

/// What a person remembers, brought into the one form that keys are derived from.
///
/// As OpaqueString of RFC 8265: every space character of Unicode becomes U+0020, then NFC; case
/// and everything else stays, at the ends too. So the same words typed on another keyboard or
/// system give the same key.
package struct Passphrase: Secret, Sendable {
  let bytes: [UInt8]

  package init(_ text: String) throws(PassphraseError) {
    guard !text.isEmpty else { throw .empty }
    var spaced = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: throw .controlCharacter
      case .unassigned: throw .unassignedCharacter
      case .spaceSeparator: spaced.append(" ")
      default: spaced.append(scalar)
      }
    }
    bytes = Array(String(spaced).precomposedStringWithCanonicalMapping.utf8)
    guard bytes.count <= Self.bytesMax else { throw .tooLong(bytesMax: Self.bytesMax) }
  }

  package static let bytesMax = 1024
}

/// Why a text cannot be a passphrase.
package enum PassphraseError: Error, Hashable {
  case empty
  /// A tab, line end or other control character: likely a slip, and not to be typed everywhere.
  case controlCharacter
  /// A code point without a meaning in the Unicode of this version: its one form is unknown.
  case unassignedCharacter
  case tooLong(bytesMax: Int)
}
