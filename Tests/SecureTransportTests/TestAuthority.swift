import COpenSSL
import Testing

@testable import SecureTransport

/// An authority that issues any certificate a test asks for: expired, for other names, and so on.
struct TestAuthority {
  let certificatePEM: [UInt8]
  private let keyPEM: [UInt8]

  init() throws {
    (certificatePEM, keyPEM) = try makeCertificate(
      Request(name: "Test Root", isAuthority: true), issuer: nil)
  }

  /// PEM text of a P-256 certificate and its key; validity in seconds from now.
  func issue(
    hosts: [String], name: String = "Test Server", from start: Int = -3600, until end: Int = 86_400
  ) throws -> (certificatePEM: [UInt8], privateKeyPEM: [UInt8]) {
    try makeCertificate(
      Request(name: name, hosts: hosts, start: start, end: end),
      issuer: (certificatePEM, keyPEM))
  }

  func identity(
    hosts: [String], name: String = "Test Server", from start: Int = -3600,
    until end: Int = 86_400
  ) throws -> TLSIdentity {
    let issued = try issue(hosts: hosts, name: name, from: start, until: end)
    return try TLSIdentity(
      certificatePEM: issued.certificatePEM, privateKeyPEM: issued.privateKeyPEM)
  }
}

/// A P-256 certificate that signs itself, already expired if `end` is negative.
func makeSelfSigned(hosts: [String], until end: Int = 86_400) throws -> TLSIdentity {
  let made = try makeCertificate(
    Request(name: "Alone", hosts: hosts, start: -7200, end: end), issuer: nil)
  return try TLSIdentity(certificatePEM: made.certificatePEM, privateKeyPEM: made.privateKeyPEM)
}

private struct Request {
  var name: String
  var hosts: [String] = []
  var start = -3600
  var end = 86_400
  var isAuthority = false
}

private func makeCertificate(
  _ request: Request, issuer: (certificatePEM: [UInt8], keyPEM: [UInt8])?
) throws -> (certificatePEM: [UInt8], privateKeyPEM: [UInt8]) {
  Library.start()
  let key = try #require(COpenSSL_EC_gen("P-256"))
  let certificate = try #require(X509_new())
  var issuerKey = key
  var issuerCertificate = certificate
  if let issuer {
    issuerKey = try PEM.privateKey(in: issuer.keyPEM, source: "issuer")
    issuerCertificate = try PEM.certificates(in: issuer.certificatePEM, source: "issuer")[0]
  }
  defer {
    if issuer != nil {
      X509_free(issuerCertificate)
      EVP_PKEY_free(issuerKey)
    }
    X509_free(certificate)
    EVP_PKEY_free(key)
  }
  X509_set_version(certificate, 2)
  ASN1_INTEGER_set_int64(X509_get_serialNumber(certificate), .random(in: 1 ... .max))
  X509_gmtime_adj(X509_getm_notBefore(certificate), request.start)
  X509_gmtime_adj(X509_getm_notAfter(certificate), request.end)
  let subject = X509_get_subject_name(certificate)
  X509_NAME_add_entry_by_NID(subject, NID_commonName, MBSTRING_ASC, request.name, -1, -1, 0)
  X509_set_issuer_name(certificate, X509_get_subject_name(issuerCertificate))
  X509_set_pubkey(certificate, key)
  var extensions = [
    (NID_basic_constraints, "critical,CA:\(request.isAuthority ? "TRUE" : "FALSE")")
  ]
  if !request.hosts.isEmpty {
    let names = request.hosts.map { host in
      if case .ip? = HostName(host) { "IP:\(host)" } else { "DNS:\(host)" }
    }
    extensions.append((NID_subject_alt_name, names.joined(separator: ",")))
  }
  for (nid, value) in extensions {
    let made = try #require(X509V3_EXT_conf_nid(nil, nil, nid, value))
    X509_add_ext(certificate, made, -1)
    X509_EXTENSION_free(made)
  }
  try #require(X509_sign(certificate, issuerKey, EVP_sha256()) > 0)
  return (
    PEM.text { PEM_write_bio_X509($0, certificate) },
    PEM.text { PEM_write_bio_PKCS8PrivateKey($0, key, nil, nil, 0, nil, nil) }
  )
}
