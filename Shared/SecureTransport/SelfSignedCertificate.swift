import COpenSSL

/// Makes a server's first certificate, for servers that have none from an authority: clients trust
/// it by its fingerprint.
package enum SelfSignedCertificate {
  private static let validityDays = 3650

  /// A P-256 key and an X.509 v3 certificate for `hosts` (DNS names or IP addresses) and for this
  /// machine itself, valid for ten years, as PEM text.
  package static func make(
    hosts: [String]
  ) throws(CertificateError) -> (certificatePEM: [UInt8], privateKeyPEM: [UInt8]) {
    Library.start()
    let names = try alternativeNames(hosts + ["localhost", "127.0.0.1", "::1"])
    defer { GENERAL_NAMES_free(names) }
    guard let key = COpenSSL_EC_gen("P-256"), let certificate = X509_new() else {
      throw .refused("the library made no key")
    }
    defer {
      EVP_PKEY_free(key)
      X509_free(certificate)
    }
    guard describe(certificate, names: names, key: key),
      X509_sign(certificate, key, EVP_sha256()) > 0
    else { throw .refused("the library could not make it") }
    return (
      PEM.text { PEM_write_bio_X509($0, certificate) },
      PEM.text { PEM_write_bio_PKCS8PrivateKey($0, key, nil, nil, 0, nil, nil) }
    )
  }

  private static func alternativeNames(
    _ hosts: [String]
  ) throws(CertificateError) -> OpaquePointer? {
    var hostNames: [HostName] = []
    for host in hosts {
      guard let name = HostName(host) else { throw .badHostName(host) }
      if !hostNames.contains(name) { hostNames.append(name) }
    }
    let names = GENERAL_NAMES_new()
    for name in hostNames { COpenSSL_general_names_push(names, name.makeGeneralName()) }
    return names
  }

  /// Fills in all but the signature; false if the library refuses something.
  private static func describe(
    _ certificate: OpaquePointer, names: OpaquePointer?, key: OpaquePointer
  ) -> Bool {
    // A day back, for clients whose clocks are behind.
    X509_gmtime_adj(X509_getm_notBefore(certificate), -86_400)
    X509_time_adj_ex(X509_getm_notAfter(certificate), Int32(validityDays), 0, nil)
    let subject = X509_get_subject_name(certificate)
    return X509_set_version(certificate, 2) == 1  // counted from 0: version 3
      && setRandomSerial(certificate)
      && X509_NAME_add_entry_by_NID(
        subject, NID_commonName, MBSTRING_ASC, "ebb-server", -1, -1, 0) == 1
      && X509_set_issuer_name(certificate, subject) == 1
      && X509_set_pubkey(certificate, key) == 1
      && X509_add1_ext_i2d(
        certificate, NID_subject_alt_name, names.map(UnsafeMutableRawPointer.init), 0, 0) == 1
      && add(NID_basic_constraints, "critical,CA:FALSE", to: certificate)
      && add(NID_key_usage, "critical,digitalSignature", to: certificate)
      && add(NID_ext_key_usage, "serverAuth", to: certificate)
      && add(NID_subject_key_identifier, "hash", to: certificate)
  }

  private static func setRandomSerial(_ certificate: OpaquePointer) -> Bool {
    let serial = BN_new()
    defer { BN_free(serial) }
    return BN_rand(serial, 127, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1
      && BN_to_ASN1_INTEGER(serial, X509_get_serialNumber(certificate)) != nil
  }

  private static func add(_ nid: Int32, _ value: String, to certificate: OpaquePointer) -> Bool {
    var context = X509V3_CTX()
    X509V3_set_ctx(&context, certificate, certificate, nil, nil, 0)
    guard let found = X509V3_EXT_conf_nid(nil, &context, nid, value) else { return false }
    defer { X509_EXTENSION_free(found) }
    return X509_add_ext(certificate, found, -1) == 1
  }
}
