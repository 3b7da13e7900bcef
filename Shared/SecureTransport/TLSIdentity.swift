import COpenSSL
import Glibc

/// Who a server is: its certificate, the certificates that vouch for it, and its private key.
package struct TLSIdentity: Sendable {
  /// What a client pins.
  package let fingerprint: PublicKeyFingerprint
  /// The DNS names and IP addresses that the certificate is for, as it lists them.
  package let hostNames: [String]
  /// The end of the certificate's validity, in seconds since 1970.
  package let notAfter: Int64

  let storage: Storage

  /// Reads PEM files: the certificate first and the issuers after it; the key unencrypted.
  package init(certificateFile: String, privateKeyFile: String) throws(CertificateError) {
    try self.init(
      certificatePEM: readFile(certificateFile), privateKeyPEM: readFile(privateKeyFile),
      certificateSource: certificateFile, privateKeySource: privateKeyFile)
  }

  package init(certificatePEM: [UInt8], privateKeyPEM: [UInt8]) throws(CertificateError) {
    try self.init(
      certificatePEM: certificatePEM, privateKeyPEM: privateKeyPEM,
      certificateSource: "the certificate given", privateKeySource: "the key given")
  }

  private init(
    certificatePEM: [UInt8], privateKeyPEM: [UInt8],
    certificateSource: String, privateKeySource: String
  ) throws(CertificateError) {
    Library.start()
    let certificates = try PEM.certificates(in: certificatePEM, source: certificateSource)
    let key: OpaquePointer
    do throws(CertificateError) {
      key = try PEM.privateKey(in: privateKeyPEM, source: privateKeySource)
    } catch {
      certificates.forEach { X509_free($0) }
      throw error
    }
    storage = Storage(certificates: certificates, privateKey: key)
    guard X509_check_private_key(storage.leaf, key) == 1 else {
      throw .keyDoesNotMatch(certificate: certificateSource, privateKey: privateKeySource)
    }
    guard let fingerprint = PublicKeyFingerprint(certificate: storage.leaf) else {
      throw .noCertificate(in: certificateSource)
    }
    self.fingerprint = fingerprint
    hostNames = Self.hostNames(of: storage.leaf)
    notAfter = Self.seconds(X509_get0_notAfter(storage.leaf))
  }

  /// Owns the library's objects, which nothing changes once they are loaded.
  final class Storage: @unchecked Sendable {
    let leaf: OpaquePointer
    let issuers: ArraySlice<OpaquePointer>
    let privateKey: OpaquePointer

    /// - Precondition: `certificates` is not empty.
    init(certificates: [OpaquePointer], privateKey: OpaquePointer) {
      leaf = certificates[0]
      issuers = certificates[1...]
      self.privateKey = privateKey
    }

    deinit {
      X509_free(leaf)
      issuers.forEach { X509_free($0) }
      EVP_PKEY_free(privateKey)
    }
  }
}

extension TLSIdentity {
  private static func hostNames(of certificate: OpaquePointer) -> [String] {
    guard let found = X509_get_ext_d2i(certificate, NID_subject_alt_name, nil, nil) else {
      return []
    }
    let names = OpaquePointer(found)
    defer { GENERAL_NAMES_free(names) }
    return (0..<COpenSSL_general_names_count(names)).compactMap { index in
      COpenSSL_general_name(names, index).flatMap { HostName.text(of: $0) }
    }
  }

  private static func seconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int64 {
    var parts = tm()
    guard ASN1_TIME_to_tm(time, &parts) == 1 else { return 0 }
    return Int64(timegm(&parts))
  }
}
