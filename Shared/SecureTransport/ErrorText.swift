import COpenSSL

/// Plain words for what the library reports, without a full stop.
enum ErrorText {
  /// Describes the latest error of this thread and clears its error queue.
  static func ofLibrary() -> String {
    let code = ERR_peek_last_error()
    defer { ERR_clear_error() }
    if ERR_GET_LIB(code) == ERR_LIB_SSL, let words = words(forSSLReason: ERR_GET_REASON(code)) {
      return words
    }
    COpenSSL_load_error_strings()
    return ERR_reason_error_string(code).map { String(cString: $0) } ?? "error \(code)"
  }

  /// What a person can act upon; the rest goes by the library's own words.
  private static func words(forSSLReason reason: Int32) -> String? {
    switch reason {
    case SSL_R_WRONG_VERSION_NUMBER, SSL_R_UNEXPECTED_MESSAGE, SSL_R_PACKET_LENGTH_TOO_LONG,
      SSL_R_RECORD_LENGTH_MISMATCH:
      "the other side does not speak TLS"
    case SSL_R_HTTP_REQUEST, SSL_R_HTTPS_PROXY_REQUEST:
      "the other side speaks plain HTTP"
    case SSL_R_UNSUPPORTED_PROTOCOL, SSL_R_VERSION_TOO_LOW, alert(TLS1_AD_PROTOCOL_VERSION):
      "the other side speaks only a version of TLS that is no longer safe"
    case SSL_R_NO_SHARED_CIPHER, alert(SSL_AD_HANDSHAKE_FAILURE),
      alert(SSL_AD_INSUFFICIENT_SECURITY):
      "the two sides have no cipher or key type in common"
    case SSL_R_NO_APPLICATION_PROTOCOL, alert(SSL_AD_NO_APPLICATION_PROTOCOL):
      "the other side does not speak HTTP/1.1"
    case alert(SSL_AD_BAD_CERTIFICATE), alert(SSL_AD_UNSUPPORTED_CERTIFICATE),
      alert(SSL_AD_CERTIFICATE_EXPIRED), alert(SSL_AD_CERTIFICATE_UNKNOWN),
      alert(SSL_AD_UNKNOWN_CA):
      "the other side does not accept this certificate"
    case SSL_R_DECRYPTION_FAILED_OR_BAD_RECORD_MAC, alert(SSL_AD_BAD_RECORD_MAC):
      "data was altered on the way"
    default: nil
    }
  }

  /// The reason under which the library reports an alert that it received.
  private static func alert(_ code: Int32) -> Int32 { SSL_AD_REASON_OFFSET + code }
}
