internal import SyncProtocol

/// The rule for the names of accounts.
package enum AccountName {
  package static let rule =
    "An account's name has 1 to \(ProtocolLimits.accountNameBytesMax) bytes, "
    + "no control characters, and no white space at its ends."

  package static func isWellFormed(_ name: String) -> Bool {
    guard (1...ProtocolLimits.accountNameBytesMax).contains(name.utf8.count),
      let first = name.unicodeScalars.first, let last = name.unicodeScalars.last
    else { return false }
    return !first.properties.isWhitespace && !last.properties.isWhitespace
      && name.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
  }
}
