import COpenSSL

/// Whether a server's certificate is accepted; asked during the handshake, so that a client that
/// does not accept it never finishes one, let alone sends a request.
struct Verification {
  let trust: TLSClientContext.Trust
  let host: HostName?

  /// Judges the chain in `store`, an `X509_STORE_CTX`. On refusal, the store's error chooses the
  /// alert that the server gets.
  func check(_ store: OpaquePointer?, presented: PublicKeyFingerprint) -> TransportError? {
    if case .pinned(let expected) = trust {
      if presented == expected { return nil }
      X509_STORE_CTX_set_error(store, X509_V_ERR_CERT_REJECTED)
      return .pinMismatch(expected: expected, presented: presented)
    }
    if requireHost(store), X509_verify_cert(store) == 1 { return nil }
    return .untrusted(reason(X509_STORE_CTX_get_error(store)), presented: presented)
  }

  private func requireHost(_ store: OpaquePointer?) -> Bool {
    let parameters = X509_STORE_CTX_get0_param(store)
    X509_VERIFY_PARAM_set_hostflags(
      parameters,
      UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT))
    return switch host {
    case .dns(let name):
      X509_VERIFY_PARAM_set1_host(parameters, name, name.utf8.count) == 1
    case .ip(let address): X509_VERIFY_PARAM_set1_ip_asc(parameters, address) == 1
    case nil: false
    }
  }

  private func reason(_ code: Int32) -> DistrustReason {
    switch code {
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT: .selfSigned
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT,
      X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
      X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      .unknownIssuer
    case X509_V_ERR_CERT_HAS_EXPIRED: .expired
    case X509_V_ERR_CERT_NOT_YET_VALID: .notYetValid
    case X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH:
      .wrongHost(host?.text ?? "this host")
    default: .other(String(cString: X509_verify_cert_error_string(Int(code))))
    }
  }
}

/// Takes the place of the library's own verification, because a refused certificate would be gone
/// before anybody could show its fingerprint.
func verifyCertificate(store: OpaquePointer?, argument: UnsafeMutableRawPointer?) -> Int32 {
  let ssl = X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx())
  guard let connection = TLSConnection.of(ssl.map(OpaquePointer.init)),
    let verification = connection.verification,
    let certificate = X509_STORE_CTX_get0_cert(store),
    let presented = PublicKeyFingerprint(certificate: certificate)
  else {
    X509_STORE_CTX_set_error(store, X509_V_ERR_UNSPECIFIED)
    return 0
  }
  connection.presented = presented
  connection.refusal = verification.check(store, presented: presented)
  return connection.refusal == nil ? 1 : 0
}
