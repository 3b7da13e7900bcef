import COpenSSL
import Glibc

/// A client's settings and whom it trusts, shared by all its connections.
package final class TLSClientContext: Sendable {
  package enum Trust: Sendable, Equatable {
    /// A certificate that the system trusts, for the name that was asked for.
    case system
    /// The same, but trusting only the authorities in this PEM file.
    case roots(file: String)
    /// Whoever holds this key, whatever names and dates its certificate says.
    case pinned(PublicKeyFingerprint)
  }

  package let trust: Trust
  private let context: SecureContext

  package init(trust: Trust) throws(CertificateError) {
    self.trust = trust
    context = try SecureContext(TLS_client_method())
    SSL_CTX_set_verify(context.pointer, SSL_VERIFY_PEER, nil)
    SSL_CTX_set_cert_verify_callback(context.pointer, verifyCertificate, nil)
    SSL_CTX_set_alpn_protos(
      context.pointer, ApplicationProtocol.wireForm, UInt32(ApplicationProtocol.wireForm.count))
    switch trust {
    case .system: Self.useSystemRoots(context)
    case .roots(let file): try Self.useRoots(in: file, context)
    case .pinned: break
    }
  }

  func makeConnection(serverName: String) throws(TransportError) -> TLSConnection {
    try TLSConnection(client: context, trust: trust, serverName: serverName)
  }

  /// Debian keeps the roots twice: as one file, which takes 38 ms to parse, and as a folder in which
  /// the one that is needed is found by its name's hash. The file is for those who name their own.
  private static func useSystemRoots(_ context: SecureContext) {
    if getenv(X509_get_default_cert_file_env()) == nil {
      SSL_CTX_set_default_verify_dir(context.pointer)
    } else {
      SSL_CTX_set_default_verify_paths(context.pointer)
    }
  }

  private static func useRoots(
    in file: String, _ context: SecureContext
  ) throws(CertificateError) {
    let certificates = try PEM.certificates(in: readFile(file), source: file)
    for certificate in certificates {
      X509_STORE_add_cert(SSL_CTX_get_cert_store(context.pointer), certificate)
      X509_free(certificate)
    }
  }
}
