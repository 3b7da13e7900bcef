import COpenSSL
import Synchronization

/// A server's settings and identity, shared by all its connections.
package final class TLSServerContext: Sendable {
  private let current: Mutex<Current>

  private struct Current {
    var identity: TLSIdentity
    var context: SecureContext
  }

  package init(identity: TLSIdentity) throws(CertificateError) {
    current = try Mutex(Current(identity: identity, context: Self.makeContext(identity)))
  }

  package var identity: TLSIdentity { current.withLock { $0.identity } }

  /// Connections that begin from now on use `identity`; the others keep theirs. When this throws,
  /// nothing has changed.
  package func reload(_ identity: TLSIdentity) throws(CertificateError) {
    let context = try Self.makeContext(identity)
    current.withLock { $0 = Current(identity: identity, context: context) }
  }

  func makeConnection() throws(TransportError) -> TLSConnection {
    try TLSConnection(server: current.withLock { $0.context })
  }

  private static func makeContext(
    _ identity: TLSIdentity
  ) throws(CertificateError) -> SecureContext {
    let context = try SecureContext(TLS_server_method())
    let issuers = COpenSSL_X509_stack_new()
    defer { COpenSSL_X509_stack_free(issuers) }
    for issuer in identity.storage.issuers { COpenSSL_X509_stack_push(issuers, issuer) }
    guard
      SSL_CTX_use_cert_and_key(
        context.pointer, identity.storage.leaf, identity.storage.privateKey, issuers, 1) == 1
    else { throw .refused(ErrorText.ofLibrary()) }
    SSL_CTX_set_options(context.pointer, COpenSSL_options_server())
    SSL_CTX_set_num_tickets(context.pointer, 0)
    SSL_CTX_set_alpn_select_cb(context.pointer, selectProtocol, nil)
    return context
  }
}

/// Called only when the client offers protocols: ours, or none and the handshake ends (RFC 7301
/// section 3.2).
private func selectProtocol(
  ssl: OpaquePointer?, selected: UnsafeMutablePointer<UnsafePointer<UInt8>?>?,
  selectedCount: UnsafeMutablePointer<UInt8>?, offered: UnsafePointer<UInt8>?,
  offeredCount: UInt32, argument: UnsafeMutableRawPointer?
) -> Int32 {
  var rest = UnsafeBufferPointer(start: offered, count: Int(offeredCount))[...]
  while let count = rest.first.map(Int.init), rest.count > count {
    let candidate = rest.dropFirst().prefix(count)
    if candidate.elementsEqual(ApplicationProtocol.name.utf8) {
      selected?.pointee = offered.map { $0 + candidate.startIndex }
      selectedCount?.pointee = UInt8(count)
      return SSL_TLSEXT_ERR_OK
    }
    rest = rest.dropFirst(1 + count)
  }
  return SSL_TLSEXT_ERR_ALERT_FATAL
}
