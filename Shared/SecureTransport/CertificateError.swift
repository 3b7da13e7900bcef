/// Why a certificate, key or set of roots cannot be used. `description` is one plain sentence.
package enum CertificateError: Error, Equatable {
  case unreadable(path: String, reason: String)
  case noCertificate(in: String)
  case noPrivateKey(in: String)
  case encryptedPrivateKey(in: String)
  case keyDoesNotMatch(certificate: String, privateKey: String)
  /// Not something a certificate can name: neither a DNS name in ASCII nor an IP address.
  case badHostName(String)
  /// The library refuses it, for example because its key is too short.
  case refused(String)
}

extension CertificateError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)."
    case .noCertificate(let path): "\(path) holds no certificate in PEM form."
    case .noPrivateKey(let path): "\(path) holds no private key in PEM form."
    case .encryptedPrivateKey(let path):
      "The private key in \(path) is encrypted; it must be stored without a passphrase."
    case .keyDoesNotMatch(let certificate, let privateKey):
      "The private key in \(privateKey) does not belong to the certificate in \(certificate)."
    case .badHostName(let name): "\"\(name)\" is neither a host name nor an IP address."
    case .refused(let reason): "The certificate cannot be used: \(reason)."
    }
  }
}
