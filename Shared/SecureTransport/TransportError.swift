/// Why a connection could not be secured, or stopped being secure. Surfaced once per connection.
///
/// `description` is a plain sentence without its full stop, fit to follow a colon.
package enum TransportError: Error, Equatable {
  /// The server's certificate is not trusted for its name. Nothing of a request was sent;
  /// `presented` is what a person may compare and pin.
  case untrusted(DistrustReason, presented: PublicKeyFingerprint)
  /// The server has another key than the pinned one. Nothing of a request was sent.
  case pinMismatch(expected: PublicKeyFingerprint, presented: PublicKeyFingerprint)
  /// No common protocol, not a TLS server, a malformed message, a cut: whatever ends a handshake.
  case handshake(String)
  /// A protocol violation, or an alert from the other side, after the handshake.
  case connection(String)
  /// The connection ended without the other side saying that it was done (`close_notify`): what
  /// was read may lack its end.
  case truncated
  /// The handshake took too long.
  case timedOut
}

/// Why the system does not trust a certificate.
package enum DistrustReason: Equatable, Sendable {
  case selfSigned
  case unknownIssuer
  case expired
  case notYetValid
  /// The certificate is for other names than this one.
  case wrongHost(String)
  /// Anything else, in the library's words.
  case other(String)
}

extension TransportError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .untrusted(let reason, let presented):
      "\(reason) (its fingerprint is \(presented))"
    case .pinMismatch(let expected, let presented):
      "the server's key is not the one that was pinned (expected \(expected), got \(presented))"
    case .handshake(let reason): "no secure connection could be made: \(reason)"
    case .connection(let reason): "the secure connection broke: \(reason)"
    case .truncated: "the connection was cut before the other side had finished"
    case .timedOut: "the other side took too long to set up a secure connection"
    }
  }
}

extension DistrustReason: CustomStringConvertible {
  package var description: String {
    switch self {
    case .selfSigned: "the server's certificate is signed by itself"
    case .unknownIssuer: "the server's certificate comes from an issuer this system does not know"
    case .expired: "the server's certificate has expired"
    case .notYetValid: "the server's certificate is not valid yet"
    case .wrongHost(let host): "the server's certificate is not for \(host)"
    case .other(let reason): "the server's certificate is not trusted: \(reason)"
    }
  }
}
