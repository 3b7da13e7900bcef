internal import Foundation
internal import SyncProtocol

/// The rule for the names of accounts.
package enum AccountName {
  package static let rule =
    "An account's name has 1 to \(ProtocolLimits.accountNameBytesMax) bytes, "
    + "no control characters, and no white space at its ends."

  /// The form a name is kept and looked up in, NFC: however a keyboard makes its letters.
  static func canonical(_ name: String) -> String {
    name.utf8.allSatisfy { $0 < 0x80 } ? name : name.precomposedStringWithCanonicalMapping
  }

  package static func isWellFormed(_ name: String) -> Bool {
    guard (1...ProtocolLimits.accountNameBytesMax).contains(name.utf8.count),
      let first = name.unicodeScalars.first, let last = name.unicodeScalars.last
    else { return false }
    return !first.properties.isWhitespace && !last.properties.isWhitespace
      && name.unicodeScalars.allSatisfy(isPlain)
  }

  /// No control character, and none that turns the direction of writing: no name may look like
  /// another. Joiners belong to the letters they join.
  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: false
    case .format: scalar == "\u{200C}" || scalar == "\u{200D}"
    default: true
    }
  }
}
