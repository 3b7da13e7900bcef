/// What a login key signs.
package enum LoginSignature {
  /// `label || 0 || server name || 0 || account id (16 bytes) || challenge`.
  ///
  /// The server's name is in it so that a server that was asked to log in cannot use the
  /// signature at another.
  package static func message(
    purpose: Purpose, serverName: String, account: [UInt8], challenge: [UInt8]
  ) -> [UInt8] {
    Array(purpose.rawValue.utf8) + [0] + Array(serverName.utf8) + [0] + account + challenge
  }

  /// What a signature is good for, and for nothing else.
  package enum Purpose: String, Sendable {
    case createSession = "ebb/login/session/1"
    case putKeys = "ebb/login/keys/1"
    case deleteAccount = "ebb/login/delete/1"
  }
}
