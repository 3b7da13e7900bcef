import COpenSSL
import NIOCore

/// One TLS connection as a pure machine: ciphertext in and out through buffers, no I/O of its own.
///
/// Belongs to one event loop. The handler never calls out to others while the library is at work.
final class TLSConnection {
  enum HandshakeOutcome {
    case unfinished
    case finished(applicationProtocol: String?)
    case failed(TransportError)
  }

  enum ReadOutcome {
    /// The buffer is full; there may be more.
    case full
    /// All that came is decrypted.
    case drained
    /// The other side said that it is done (`close_notify`).
    case ended
    case failed(TransportError)
  }

  /// The key that the other side presented; set as soon as it was, trusted or not.
  var presented: PublicKeyFingerprint?
  /// Why its certificate was refused, which says more than the handshake's own error.
  var refusal: TransportError?
  let verification: Verification?

  private let ssl: OpaquePointer
  private let context: SecureContext
  private let buffers = BufferBIO()

  convenience init(server context: SecureContext) throws(TransportError) {
    try self.init(context, verification: nil)
    SSL_set_accept_state(ssl)
  }

  convenience init(
    client context: SecureContext, trust: TLSClientContext.Trust, serverName: String
  ) throws(TransportError) {
    let host = HostName(serverName)
    try self.init(context, verification: Verification(trust: trust, host: host))
    SSL_set_connect_state(ssl)
    switch host {
    case .dns(let name): _ = COpenSSL_set_tlsext_host_name(ssl, name)
    case .ip: break  // the extension carries names only (RFC 6066 section 3)
    case nil: throw .handshake("\"\(serverName)\" is neither a host name nor an IP address")
    }
  }

  private init(_ context: SecureContext, verification: Verification?) throws(TransportError) {
    guard let ssl = SSL_new(context.pointer) else { throw .handshake(ErrorText.ofLibrary()) }
    self.ssl = ssl
    self.context = context
    self.verification = verification
    let bio = buffers.makeBIO()
    SSL_set_bio(ssl, bio, bio)
    SSL_set_ex_data(ssl, Self.exDataIndex, Unmanaged.passUnretained(self).toOpaque())
  }

  deinit { SSL_free(ssl) }

  /// The library's slot for an application's own pointer ("app data").
  private static let exDataIndex: Int32 = 0

  /// The connection that a callback is about.
  static func of(_ ssl: OpaquePointer?) -> TLSConnection? {
    SSL_get_ex_data(ssl, exDataIndex).map {
      Unmanaged<TLSConnection>.fromOpaque($0).takeUnretainedValue()
    }
  }
}

extension TLSConnection {
  /// Ciphertext that waits to be sent.
  var unsentCount: Int { buffers.outgoing.readableBytes }

  /// Plaintext that the next read yields at most, as far as is known.
  var unreadCount: Int { buffers.incoming.readableBytes + Int(SSL_pending(ssl)) }

  func receive(_ ciphertext: ByteBuffer) { buffers.receive(ciphertext) }

  /// Makes room for `count` more bytes of ciphertext at once.
  func reserve(_ count: Int) {
    buffers.outgoing.reserveCapacity(minimumWritableBytes: count)
  }

  /// The ciphertext that waits to be sent, nil if there is none.
  func takeOutgoing() -> ByteBuffer? {
    guard unsentCount > 0 else { return nil }
    defer { buffers.outgoing = ByteBuffer() }
    return buffers.outgoing
  }

  func handshake() -> HandshakeOutcome {
    ERR_clear_error()
    let result = SSL_do_handshake(ssl)
    if result == 1 { return finishHandshake() }
    if SSL_get_error(ssl, result) == SSL_ERROR_WANT_READ { return .unfinished }
    return .failed(refusal ?? .handshake(ErrorText.ofLibrary()))
  }

  /// Decrypts into the buffer's free room.
  func read(into plaintext: inout ByteBuffer) -> ReadOutcome {
    while plaintext.writableBytes > 0 {
      ERR_clear_error()
      var result: Int32 = 0
      plaintext.writeWithUnsafeMutableBytes(minimumWritableBytes: 1) { room in
        result = SSL_read(ssl, room.baseAddress, Int32(clamping: room.count))
        return max(0, Int(result))
      }
      if result > 0 { continue }
      switch SSL_get_error(ssl, result) {
      case SSL_ERROR_WANT_READ: return .drained
      case SSL_ERROR_ZERO_RETURN: return .ended
      default: return .failed(.connection(ErrorText.ofLibrary()))
      }
    }
    return .full
  }

  /// Encrypts all of `plaintext`, which must not be empty. Throws if the library refuses.
  func write(_ plaintext: UnsafeRawBufferPointer) throws(TransportError) {
    ERR_clear_error()
    var written = 0
    guard SSL_write_ex(ssl, plaintext.baseAddress, plaintext.count, &written) == 1 else {
      throw .connection(ErrorText.ofLibrary())
    }
  }

  /// Says `close_notify`.
  func end() {
    ERR_clear_error()
    SSL_shutdown(ssl)
  }

  private func finishHandshake() -> HandshakeOutcome {
    var start: UnsafePointer<UInt8>?
    var count: UInt32 = 0
    SSL_get0_alpn_selected(ssl, &start, &count)
    guard count > 0 else { return .finished(applicationProtocol: nil) }
    let selected = String(
      decoding: UnsafeBufferPointer(start: start, count: Int(count)), as: UTF8.self)
    guard selected == ApplicationProtocol.name else {
      return .failed(.handshake("the other side does not speak HTTP/1.1"))
    }
    return .finished(applicationProtocol: selected)
  }
}
