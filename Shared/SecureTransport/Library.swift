import COpenSSL

/// What is done once per process, and what both sides' settings share.
enum Library {
  /// Loads no configuration file and no error texts: both cost every start of a program, the one
  /// could change our settings, and the other is loaded when something fails (`ErrorText`). Frees
  /// nothing at the end of a program, where other threads may still be at it.
  static func start() { _ = started }

  private static let started = OPENSSL_init_ssl(
    UInt64(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_LOAD_SSL_STRINGS)
      | UInt64(OPENSSL_INIT_NO_LOAD_CRYPTO_STRINGS | OPENSSL_INIT_NO_ATEXIT), nil)
}

/// Owns an `SSL_CTX`, which is not changed once connections are made from it.
final class SecureContext: @unchecked Sendable {
  let pointer: OpaquePointer

  /// TLS 1.2 and 1.3 with the ciphers and groups of Mozilla's "intermediate" (version 5.7; the
  /// finite-field ones left out: they are slow, and every client of that profile has the others).
  init(_ method: OpaquePointer?) throws(CertificateError) {
    Library.start()
    guard let context = SSL_CTX_new(method) else { throw .refused(ErrorText.ofLibrary()) }
    pointer = context
    SSL_CTX_set_security_level(context, 2)
    SSL_CTX_set_options(context, COpenSSL_options_both_sides())
    SSL_CTX_set_quiet_shutdown(context, 0)
    _ = COpenSSL_CTX_set_session_cache_mode(context, Int(SSL_SESS_CACHE_OFF))
    // Buffers move between calls (they are ByteBuffers) and are freed while a connection is idle.
    _ = COpenSSL_CTX_set_mode(
      context, Int(SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS))
    guard COpenSSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1,
      SSL_CTX_set_cipher_list(context, Self.ciphers) == 1,
      COpenSSL_CTX_set1_groups_list(context, "X25519:P-256:P-384") == 1
    else { throw .refused(ErrorText.ofLibrary()) }
  }

  private static let ciphers = """
    ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:\
    ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:\
    ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305
    """

  deinit { SSL_CTX_free(pointer) }
}

/// The one application protocol that is spoken here (RFC 7301), as on the wire.
enum ApplicationProtocol {
  static let name = "http/1.1"
  static let wireForm: [UInt8] = [UInt8(name.utf8.count)] + Array(name.utf8)
}
