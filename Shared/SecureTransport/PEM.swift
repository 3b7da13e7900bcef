import COpenSSL
import Glibc

/// PEM text (RFC 7468) in, the library's objects out; the caller owns them.
enum PEM {
  /// The certificates in order, at least one.
  static func certificates(
    in bytes: [UInt8], source: String
  ) throws(CertificateError) -> [OpaquePointer] {
    var certificates: [OpaquePointer] = []
    let isWhole = withBIO(over: bytes) { bio in
      while let certificate = PEM_read_bio_X509(bio, nil, nil, nil) {
        certificates.append(certificate)
      }
      // The only good reason to stop is that no other PEM block begins.
      return ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE
    }
    guard isWhole, !certificates.isEmpty else {
      certificates.forEach { X509_free($0) }
      throw .noCertificate(in: source)
    }
    return certificates
  }

  static func privateKey(
    in bytes: [UInt8], source: String
  ) throws(CertificateError) -> OpaquePointer {
    var wasAskedForPassphrase = false
    let key = withBIO(over: bytes) { bio in
      PEM_read_bio_PrivateKey(
        bio, nil,
        { _, _, _, asked in
          asked?.assumingMemoryBound(to: Bool.self).pointee = true
          return -1
        }, &wasAskedForPassphrase)
    }
    if let key { return key }
    throw wasAskedForPassphrase ? .encryptedPrivateKey(in: source) : .noPrivateKey(in: source)
  }

  /// What `write` put out as PEM.
  static func text(_ write: (_ bio: OpaquePointer?) -> Int32) -> [UInt8] {
    let bio = BIO_new(BIO_s_mem())
    defer { BIO_free(bio) }
    guard write(bio) == 1 else { return [] }
    var start: UnsafeMutablePointer<CChar>?
    let count = COpenSSL_BIO_get_mem_data(bio, &start)
    return Array(UnsafeRawBufferPointer(start: start, count: count))
  }

  private static func withBIO<Result>(
    over bytes: [UInt8], _ body: (_ bio: OpaquePointer?) -> Result
  ) -> Result {
    ERR_clear_error()
    defer { ERR_clear_error() }
    return bytes.withUnsafeBytes { bytes in
      let bio = BIO_new_mem_buf(bytes.baseAddress, Int32(clamping: bytes.count))
      defer { BIO_free(bio) }
      return body(bio)
    }
  }
}

/// The bytes of a file of PEM text, of which at most the first 4 MiB are read.
func readFile(_ path: String) throws(CertificateError) -> [UInt8] {
  let file = open(path, O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { throw .unreadable(path: path, reason: String(cString: strerror(errno))) }
  defer { close(file) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 16 * 1024)
  while bytes.count < 4 << 20 {
    let count = read(file, &chunk, chunk.count)
    guard count >= 0 else {
      throw .unreadable(path: path, reason: String(cString: strerror(errno)))
    }
    if count == 0 { break }
    bytes.append(contentsOf: chunk[..<count])
  }
  return bytes
}
