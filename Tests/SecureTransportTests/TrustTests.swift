import NIOCore
import NIOEmbedded
import Testing

@testable import SecureTransport

/// Who is believed, and that nobody else learns a byte of a request.
@Suite struct TrustTests {
  struct Accepted: Sendable {
    var hosts: [String]
    var serverName: String
  }

  @Test(arguments: [
    Accepted(hosts: ["localhost"], serverName: "localhost"),
    Accepted(hosts: ["localhost"], serverName: "LocalHost."),
    Accepted(hosts: ["a.example", "b.example"], serverName: "b.example"),
    Accepted(hosts: ["*.example.org"], serverName: "journal.example.org"),
    Accepted(hosts: ["127.0.0.1"], serverName: "127.0.0.1"),
    Accepted(hosts: ["2001:db8::7"], serverName: "[2001:db8:0::7]"),
  ])
  func `a certificate from a trusted root for the name is accepted`(accepted: Accepted) throws {
    let folder = try TemporaryFolder()
    let authority = try TestAuthority()
    let roots = try folder.write("root.pem", authority.certificatePEM)
    let pair = try TLSPair(
      server: TLSServerContext(identity: authority.identity(hosts: accepted.hosts)),
      client: TLSClientContext(trust: .roots(file: roots)), serverName: accepted.serverName)
    pair.client.writeAndFlush(ByteBuffer(string: "request"), promise: nil)
    try pair.pump()
    #expect(pair.serverRecord.text == "request")
    #expect(pair.clientRecord.errors.isEmpty)
  }

  @Test func `only the pin counts, whatever names and dates say`() throws {
    let identity = try makeSelfSigned(hosts: ["elsewhere.example"], until: -3600)
    let pair = try TLSPair(
      server: TLSServerContext(identity: identity),
      client: TLSClientContext(trust: .pinned(identity.fingerprint)))
    try pair.pump()
    #expect(pair.clientRecord.handshakes.count == 1)
    #expect(pair.clientHandler.peerFingerprint == identity.fingerprint)
  }

  struct Refused: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var hosts = ["localhost"]
    var name = "Test Server"
    var start = -7200
    var end = 86_400
    var serverName = "localhost"
    var reason: DistrustReason
  }

  @Test(arguments: [
    Refused(
      testDescription: "wrong host", hosts: ["other.example"], reason: .wrongHost("localhost")),
    Refused(
      testDescription: "no name but the subject's", hosts: [], name: "localhost",
      reason: .wrongHost("localhost")),
    Refused(
      testDescription: "a name for an address", serverName: "127.0.0.1",
      reason: .wrongHost("127.0.0.1")),
    Refused(
      testDescription: "another address", hosts: ["127.0.0.2"], serverName: "127.0.0.1",
      reason: .wrongHost("127.0.0.1")),
    Refused(
      testDescription: "a wildcard for two labels", hosts: ["*.example.org"],
      serverName: "a.b.example.org", reason: .wrongHost("a.b.example.org")),
    Refused(
      testDescription: "a partial wildcard", hosts: ["j*.example.org"],
      serverName: "journal.example.org", reason: .wrongHost("journal.example.org")),
    Refused(testDescription: "expired", end: -3600, reason: .expired),
    Refused(testDescription: "not yet valid", start: 3600, reason: .notYetValid),
  ])
  func `a certificate from a trusted root is refused if something else is wrong`(
    refused: Refused
  ) throws {
    let folder = try TemporaryFolder()
    let authority = try TestAuthority()
    let roots = try folder.write("root.pem", authority.certificatePEM)
    let identity = try authority.identity(
      hosts: refused.hosts, name: refused.name, from: refused.start, until: refused.end)
    try expectRefusal(
      identity, .roots(file: roots), serverName: refused.serverName,
      .untrusted(refused.reason, presented: identity.fingerprint))
  }

  @Test func `an issuer that the system does not know is refused`() throws {
    let identity = try TestAuthority().identity(hosts: ["localhost"])
    try expectRefusal(
      identity, .system, .untrusted(.unknownIssuer, presented: identity.fingerprint))
  }

  @Test func `a certificate that signs itself is refused`() throws {
    let identity = try makeSelfSigned(hosts: ["localhost"])
    try expectRefusal(identity, .system, .untrusted(.selfSigned, presented: identity.fingerprint))
  }

  @Test func `a changed pin is refused, even for a trusted certificate`() throws {
    let expected = try makeSelfSigned(hosts: ["localhost"]).fingerprint
    let identity = try makeSelfSigned(hosts: ["localhost"])
    try expectRefusal(
      identity, .pinned(expected),
      .pinMismatch(expected: expected, presented: identity.fingerprint))
  }

  @Test func `a file of roots that holds none is an error`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("empty.pem", [])
    #expect(throws: CertificateError.noCertificate(in: file)) {
      try TLSClientContext(trust: .roots(file: file))
    }
  }

  private func expectRefusal(
    _ identity: TLSIdentity, _ trust: TLSClientContext.Trust, serverName: String = "localhost",
    _ error: TransportError
  ) throws {
    let pair = try TLSPair(
      server: TLSServerContext(identity: identity), client: TLSClientContext(trust: trust),
      serverName: serverName)
    let written = pair.client.writeAndFlush(ByteBuffer(string: "secret request"))
    try pair.pump()
    #expect(throws: error) { try written.now() }
    #expect(pair.clientRecord.transportErrors == [error])
    #expect(pair.clientRecord.handshakes.isEmpty && !pair.client.isActive)
    #expect(pair.serverRecord.text.isEmpty && pair.serverRecord.handshakes.isEmpty)
    #expect(pair.serverRecord.transportErrors.count == 1)
    #expect(!error.description.isEmpty)
  }
}
