import Foundation
import TestSupport
import Testing

@testable import SecureTransport

@Suite struct TLSIdentityTests {
  @Test func `a self-signed certificate is for the hosts given and for this machine`() throws {
    let made = try SelfSignedCertificate.make(hosts: [
      "Journal.example.org", "192.0.2.7", "[2001:db8::1]",
    ])
    let identity = try TLSIdentity(
      certificatePEM: made.certificatePEM, privateKeyPEM: made.privateKeyPEM)
    #expect(
      identity.hostNames == [
        "journal.example.org", "192.0.2.7", "2001:db8::1", "localhost", "127.0.0.1", "::1",
      ])
    let years = Double(identity.notAfter) - Date().timeIntervalSince1970
    #expect((3649...3651).contains(years / 86_400))
  }

  @Test func `two certificates never share a key or a serial`() throws {
    let pair = try (0..<2).map { _ in try SelfSignedCertificate.make(hosts: []) }
    let identities = try pair.map {
      try TLSIdentity(certificatePEM: $0.certificatePEM, privateKeyPEM: $0.privateKeyPEM)
    }
    #expect(identities[0].fingerprint != identities[1].fingerprint)
  }

  @Test(arguments: [
    "", " ", "a b", "a,DNS:evil", "näme.example", "-\u{0}", "a..b",
    String(repeating: "a", count: 64),
    "http://host", "host:8443",
  ])
  func `what is no host name gets no certificate`(host: String) {
    #expect(throws: CertificateError.badHostName(host)) {
      try SelfSignedCertificate.make(hosts: [host])
    }
  }

  @Test func `an identity is read from files, and its issuers with it`() throws {
    let folder = try TemporaryFolder()
    let authority = try TestAuthority()
    let issued = try authority.issue(hosts: ["a.example", "127.0.0.1"], until: 5000)
    let identity = try TLSIdentity(
      certificateFile: folder.write("c.pem", issued.certificatePEM + authority.certificatePEM),
      privateKeyFile: folder.write("k.pem", issued.privateKeyPEM))
    #expect(identity.hostNames == ["a.example", "127.0.0.1"])
    #expect(identity.storage.issuers.count == 1)
    #expect(abs(Double(identity.notAfter) - Date().timeIntervalSince1970 - 5000) < 600)
  }

  @Test func `the fingerprint survives a renewal with the same key`() throws {
    let made = try SelfSignedCertificate.make(hosts: ["one.example"])
    let identity = try TLSIdentity(
      certificatePEM: made.certificatePEM, privateKeyPEM: made.privateKeyPEM)
    let folder = try TemporaryFolder()
    let key = try folder.write("k.pem", made.privateKeyPEM)
    let renewed = try runProgram(
      "openssl", ["req", "-x509", "-new", "-key", key, "-subj", "/CN=renewed", "-days", "5"])
    let after = try TLSIdentity(
      certificatePEM: renewed.standardOutput, privateKeyPEM: made.privateKeyPEM)
    #expect(after.fingerprint == identity.fingerprint)
  }

  @Test func `the fingerprint is what openssl computes`() throws {
    let folder = try TemporaryFolder()
    let made = try SelfSignedCertificate.make(hosts: [])
    let identity = try TLSIdentity(
      certificatePEM: made.certificatePEM, privateKeyPEM: made.privateKeyPEM)
    let file = try folder.write("c.pem", made.certificatePEM)
    let shell = "openssl x509 -in '\(file)' -noout -pubkey | openssl pkey -pubin -outform DER"
    let digest = try runProgram("sh", ["-c", "\(shell) | openssl dgst -sha256 -r"])
    let expected = String(decoding: digest.standardOutput.prefix(64), as: UTF8.self)
    #expect(identity.fingerprint.description == "sha256:" + expected)
  }

  @Test func `a self-signed certificate is one that servers use`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("c.pem", SelfSignedCertificate.make(hosts: []).certificatePEM)
    let text = try runProgram("openssl", ["x509", "-in", file, "-noout", "-text"]).output
    for expected in [
      "Version: 3 (0x2)", "NIST CURVE: P-256", "TLS Web Server Authentication", "CA:FALSE",
      "Digital Signature", "ecdsa-with-SHA256",
    ] { #expect(text.contains(expected), "\(expected) in \(text)") }
  }

  @Test func `a missing file is named`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/none.pem"
    #expect(throws: CertificateError.unreadable(path: path, reason: "No such file or directory")) {
      try TLSIdentity(certificateFile: path, privateKeyFile: path)
    }
  }

  @Test func `a folder is no file`() throws {
    let folder = try TemporaryFolder()
    #expect(throws: CertificateError.unreadable(path: folder.path, reason: "Is a directory")) {
      try TLSIdentity(certificateFile: folder.path, privateKeyFile: folder.path)
    }
  }

  @Test(arguments: [0, 1, 100, 300])
  func `a certificate that is cut short is refused`(count: Int) throws {
    let made = try SelfSignedCertificate.make(hosts: [])
    #expect(throws: CertificateError.noCertificate(in: "the certificate given")) {
      try TLSIdentity(
        certificatePEM: Array(made.certificatePEM.prefix(count)),
        privateKeyPEM: made.privateKeyPEM)
    }
    #expect(throws: CertificateError.noPrivateKey(in: "the key given")) {
      try TLSIdentity(
        certificatePEM: made.certificatePEM,
        privateKeyPEM: Array(made.privateKeyPEM.prefix(min(count, 200))))
    }
  }

  @Test func `a chain with a damaged second certificate is refused`() throws {
    let made = try SelfSignedCertificate.make(hosts: [])
    #expect(throws: CertificateError.noCertificate(in: "the certificate given")) {
      try TLSIdentity(
        certificatePEM: made.certificatePEM + made.certificatePEM.prefix(300),
        privateKeyPEM: made.privateKeyPEM)
    }
  }

  @Test func `a key that belongs to another certificate is refused`() throws {
    let one = try SelfSignedCertificate.make(hosts: [])
    let other = try SelfSignedCertificate.make(hosts: [])
    let error = #expect(throws: CertificateError.self) {
      try TLSIdentity(certificatePEM: one.certificatePEM, privateKeyPEM: other.privateKeyPEM)
    }
    #expect(
      error?.description
        == "The private key in the key given does not belong to the certificate in "
        + "the certificate given.")
  }

  @Test func `an encrypted key is refused without asking for its passphrase`() throws {
    let folder = try TemporaryFolder()
    let made = try SelfSignedCertificate.make(hosts: [])
    let key = try folder.write("k.pem", made.privateKeyPEM)
    let encrypted = try runProgram(
      "openssl", ["pkcs8", "-topk8", "-in", key, "-passout", "pass:secret"])
    #expect(throws: CertificateError.encryptedPrivateKey(in: "the key given")) {
      try TLSIdentity(certificatePEM: made.certificatePEM, privateKeyPEM: encrypted.standardOutput)
    }
  }

  @Test func `a key that is too short is refused by the server's settings`() throws {
    let folder = try TemporaryFolder()
    let arguments = ["req", "-x509", "-newkey", "rsa:1024", "-nodes", "-subj", "/CN=short"]
    let key = folder.path + "/k.pem"
    let made = try runProgram("openssl", arguments + ["-keyout", key])
    let identity = try TLSIdentity(
      certificateFile: folder.write("c.pem", made.standardOutput), privateKeyFile: key)
    #expect(throws: CertificateError.refused("ee key too small")) {
      try TLSServerContext(identity: identity)
    }
  }
}
