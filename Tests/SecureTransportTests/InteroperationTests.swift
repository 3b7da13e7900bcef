import NIOCore
import TestSupport
import Testing

@testable import SecureTransport

/// Other people's TLS against ours: OpenSSL's tools, curl, GnuTLS, and Python's module.
@Suite struct InteroperationTests {
  private let folder: TemporaryFolder
  private let rootFile: String
  private let certificateFile: String
  private let keyFile: String
  private let identity: TLSIdentity

  init() throws {
    folder = try TemporaryFolder()
    let authority = try TestAuthority()
    let issued = try authority.issue(hosts: ["localhost", "127.0.0.1"])
    rootFile = try folder.write("root.pem", authority.certificatePEM)
    certificateFile = try folder.write("certificate.pem", issued.certificatePEM)
    keyFile = try folder.write("key.pem", issued.privateKeyPEM)
    identity = try TLSIdentity(certificateFile: certificateFile, privateKeyFile: keyFile)
  }

  private func withServer(
    body: ByteBuffer = ByteBuffer(string: "hello from here\n"), _ test: (Int) async throws -> Void
  ) async throws {
    let server = try await LoopbackServer(TLSServerContext(identity: identity)) {
      Responder(body: body)
    }
    try await test(server.port)
    try await server.stop()
  }

  // MARK: Their clients

  @Test(arguments: ["1.2", "1.3"])
  func `curl gets 5 MB and trusts the test root`(version: String) async throws {
    let body = ByteBuffer(repeating: 0x61, count: 5_000_000)
    try await withServer(body: body) { port in
      for host in ["localhost", "127.0.0.1"] {
        let curl = try runProgram(
          "curl",
          [
            "-4sS", "--cacert", rootFile, "--tlsv\(version)", "--tls-max", version,
            "https://\(host):\(port)/",
          ])
        #expect(curl.exitCode == 0, "\(curl.error)")
        #expect(curl.standardOutput.count == 5_000_000)
      }
    }
  }

  @Test func `curl without the test root refuses`() async throws {
    try await withServer { port in
      let curl = try runProgram("curl", ["-4sS", "https://localhost:\(port)/"])
      #expect(curl.exitCode == 60)
    }
  }

  @Test func `curl trusts a self-signed certificate that it is given`() async throws {
    let made = try SelfSignedCertificate.make(hosts: ["127.0.0.1"])
    let identity = try TLSIdentity(
      certificatePEM: made.certificatePEM, privateKeyPEM: made.privateKeyPEM)
    let file = try folder.write("self.pem", made.certificatePEM)
    let server = try await LoopbackServer(TLSServerContext(identity: identity)) { Responder() }
    for host in ["localhost", "127.0.0.1"] {
      let curl = try await runProgram(
        "curl", ["-4sS", "--cacert", file, "https://\(host):\(server.port)/"])
      #expect(curl.output == "hello from here\n", "\(curl.error)")
    }
    try await server.stop()
  }

  @Test(arguments: [
    ["-tls1_3"], ["-tls1_2"], ["-groups", "P-256"], ["-groups", "P-384"],
    ["-tls1_2", "-cipher", "ECDHE-ECDSA-CHACHA20-POLY1305"],
    ["-tls1_3", "-ciphersuites", "TLS_AES_256_GCM_SHA384"],
    ["-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-GCM-SHA256"],
  ])
  func `openssl s_client gets an answer`(options: [String]) async throws {
    try await withServer { port in
      let client = try openSSLClient(port, options + ["-alpn", "http/1.1"])
      #expect(client.exitCode == 0, "\(client.error)")
      for expected in ["hello from here", "Verify return code: 0 (ok)", "ALPN protocol: http/1.1"] {
        #expect(client.output.contains(expected), "\(expected) in \(client.output)")
      }
      #expect(!client.output.contains("New Session Ticket"))
      #expect(!client.error.contains("unexpected eof"))
    }
  }

  struct Offer: Sendable {
    var options: [String]
    var complaint: String
  }

  @Test(arguments: [
    Offer(options: ["-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0"], complaint: "protocol version"),
    Offer(options: ["-tls1", "-cipher", "DEFAULT@SECLEVEL=0"], complaint: "protocol version"),
    Offer(options: ["-alpn", "h2,spdy/3"], complaint: "no application protocol"),
    Offer(
      options: ["-tls1_2", "-cipher", "ECDHE-ECDSA-AES256-SHA384"], complaint: "handshake failure"),
    Offer(options: ["-groups", "P-521"], complaint: "handshake failure"),
  ])
  func `openssl s_client is refused with the right alert`(offer: Offer) async throws {
    try await withServer { port in
      let client = try openSSLClient(port, offer.options)
      #expect(client.exitCode != 0)
      #expect(client.error.contains(offer.complaint), "\(client.error)")
      #expect(!client.output.contains("hello"))
    }
  }

  @Test func `no session is resumed`() async throws {
    try await withServer { port in
      for version in ["-tls1_2", "-tls1_3"] {
        let client = try openSSLClient(port, [version, "-reconnect"])
        #expect(client.output.contains("New, TLS"))
        #expect(!client.output.contains("Reused, "))
        #expect(!client.output.contains("TLS session ticket:"))
      }
    }
  }

  @Test func `a client that does not speak of protocols is served`() async throws {
    try await withServer { port in
      let client = try openSSLClient(port, [])
      #expect(client.output.contains("hello from here"))
      #expect(client.output.contains("No ALPN negotiated"))
    }
  }

  @Test func `a renegotiation is refused and the connection goes on`() async throws {
    try await withServer { port in
      let program = """
        import socket, ssl, subprocess, sys
        p = subprocess.Popen(
          ["openssl", "s_client", "-connect", "127.0.0.1:\(port)", "-tls1_2"],
          stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        p.stdin.write(b"R\\n"); p.stdin.flush()
        out = p.communicate()[0]
        print(out.decode())
        """
      let client = try runProgram("python3", ["-c", program])
      #expect(client.output.contains("RENEGOTIATING"))
      #expect(client.output.contains("no renegotiation"), "\(client.output)")
    }
  }

  @Test(arguments: ["NORMAL", "NORMAL:-VERS-ALL:+VERS-TLS1.2", "NORMAL:-VERS-ALL:+VERS-TLS1.3"])
  func `gnutls-cli gets an answer`(priority: String) async throws {
    try await withServer { port in
      let client = try runProgram(
        "gnutls-cli",
        [
          "--x509cafile", rootFile, "--priority", priority, "--alpn", "http/1.1",
          "--port", "\(port)", "localhost",
        ], input: Array("GET / HTTP/1.0\r\n\r\n".utf8))
      #expect(client.exitCode == 0, "\(client.output)\(client.error)")
      for expected in ["The certificate is trusted", "hello from here", "http/1.1"] {
        #expect(client.output.contains(expected), "\(expected) in \(client.output)")
      }
    }
  }

  @Test func `Python gets an answer and a proper end`() async throws {
    let body = ByteBuffer(repeating: 0x62, count: 1_000_000)
    try await withServer(body: body) { port in
      let program = """
        import socket, ssl
        context = ssl.create_default_context(cafile="\(rootFile)")
        context.set_alpn_protocols(["h2", "http/1.1"])
        raw = socket.create_connection(("127.0.0.1", \(port)))
        with context.wrap_socket(
            raw, server_hostname="localhost", suppress_ragged_eofs=False) as s:
          print(s.version(), s.selected_alpn_protocol(), s.compression())
          s.sendall(b"GET / HTTP/1.0\\r\\n\\r\\n")
          count = 0
          while data := s.recv(65536): count += len(data)
          print(count > 1000000)
          s.unwrap()
          print("ended")
        """
      let client = try runProgram("python3", ["-c", program])
      #expect(client.output == "TLSv1.3 http/1.1 None\nTrue\nended\n", "\(client.error)")
    }
  }

  /// Sends a request and waits for the server's end.
  private func openSSLClient(_ port: Int, _ options: [String]) throws -> Ended {
    try runProgram(
      "openssl",
      [
        "s_client", "-connect", "127.0.0.1:\(port)", "-servername", "localhost",
        "-verify_hostname", "localhost", "-CAfile", rootFile, "-verify_return_error", "-ign_eof",
      ] + options, input: Array("GET / HTTP/1.0\r\n\r\n".utf8))
  }

  // MARK: Their servers

  @Test(arguments: [["-tls1_2"], ["-tls1_3"], ["-groups", "P-384"], ["-alpn", "http/1.1"]])
  func `we get an answer from openssl s_server`(options: [String]) async throws {
    let server = try LiveProgram("openssl", serverArguments(options + ["-www"]))
    let client = try await LoopbackClient(
      port: port(of: server), TLSClientContext(trust: .roots(file: rootFile)))
    try await client.channel.writeAndFlush(ByteBuffer(string: "GET / HTTP/1.0\r\n\r\n"))
    let answer = try await client.whole()
    #expect(String(buffer: answer).contains("200 ok"))
  }

  @Test func `openssl s_server with an RSA key is accepted`() async throws {
    let key = folder.path + "/rsa.key"
    let made = try await runProgram(
      "openssl",
      [
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-subj", "/CN=rsa",
        "-addext", "subjectAltName=DNS:localhost", "-days", "5",
      ])
    let file = try folder.write("rsa.pem", made.standardOutput)
    let server = try LiveProgram(
      "openssl",
      ["s_server", "-accept", "127.0.0.1:0", "-cert", file, "-key", key, "-naccept", "1", "-www"])
    let client = try await LoopbackClient(
      port: port(of: server), TLSClientContext(trust: .roots(file: file)))
    try await client.channel.writeAndFlush(ByteBuffer(string: "GET / HTTP/1.0\r\n\r\n"))
    let answer = try await client.whole()
    #expect(String(buffer: answer).contains("200 ok"))
  }

  @Test func `openssl s_server that speaks another protocol is refused`() async throws {
    let server = try LiveProgram("openssl", serverArguments(["-alpn", "h2"]))
    let client = try await LoopbackClient(
      port: port(of: server), TLSClientContext(trust: .roots(file: rootFile)))
    client.channel.writeAndFlush(ByteBuffer(string: "secret request"), promise: nil)
    await #expect(throws: TransportError.handshake("the other side does not speak HTTP/1.1")) {
      try await client.whole()
    }
    #expect(await !server.rest().contains("secret"))
  }

  @Test(arguments: [["-tls1_2"], ["-tls1_3"]])
  func `openssl s_server that we do not trust reads no byte of a request`(
    options: [String]
  ) async throws {
    let server = try LiveProgram("openssl", serverArguments(options))
    let client = try await LoopbackClient(
      port: port(of: server), TLSClientContext(trust: .system))
    let refusal = TransportError.untrusted(.unknownIssuer, presented: identity.fingerprint)
    client.channel.writeAndFlush(ByteBuffer(string: "secret request"), promise: nil)
    await #expect(throws: refusal) { try await client.whole() }
    #expect(await !server.rest().contains("secret"))
  }

  /// The same as above must show the request when the server is trusted, or it would prove nothing.
  @Test func `openssl s_server that we trust reads the request`() async throws {
    let server = try LiveProgram("openssl", serverArguments([]))
    let client = try await LoopbackClient(
      port: port(of: server), TLSClientContext(trust: .pinned(identity.fingerprint)))
    try await client.channel.writeAndFlush(ByteBuffer(string: "secret request\n"))
    try await client.channel.close()
    #expect(await server.rest().contains("secret request"))
  }

  @Test func `openssl s_server that speaks only TLS 1.1 is refused`() async throws {
    let server = try LiveProgram(
      "openssl", serverArguments(["-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0"]))
    let client = try await LoopbackClient(
      port: port(of: server), TLSClientContext(trust: .pinned(identity.fingerprint)))
    let refusal = TransportError.handshake(
      "the other side speaks only a version of TLS that is no longer safe")
    await #expect(throws: refusal) { try await client.whole() }
  }

  @Test(arguments: [(name: "localhost", expected: "localhost"), ("127.0.0.1", "None")])
  func `names are sent to the server, addresses are not`(
    name: String, expected: String
  ) async throws {
    let program = """
      import socket, ssl
      context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
      context.load_cert_chain("\(certificateFile)", "\(keyFile)")
      asked = []
      context.sni_callback = lambda s, name, c: asked.append(name)
      listener = socket.create_server(("127.0.0.1", 0))
      print("port", listener.getsockname()[1], flush=True)
      s = context.wrap_socket(
        listener.accept()[0], server_side=True, suppress_ragged_eofs=False)
      while s.recv(1000): pass
      s.sendall(str(asked[0] if asked else None).encode())
      s.unwrap()
      """
    let server = try LiveProgram("python3", ["-c", program])
    let port = try #require(Int(try await server.wait(for: /port (\d+)\n/).1))
    let client = try await LoopbackClient(
      port: port, TLSClientContext(trust: .roots(file: rootFile)), serverName: name)
    try await client.channel.writeAndFlush(ByteBuffer(string: "hello"))
    try await client.channel.close(mode: .output)
    let answer = try await client.whole()
    #expect(String(buffer: answer) == expected)
  }

  private func serverArguments(_ options: [String]) -> [String] {
    [
      "s_server", "-accept", "127.0.0.1:0", "-naccept", "1", "-cert", certificateFile,
      "-key", keyFile,
    ] + options
  }

  private func port(of server: LiveProgram) async throws -> Int {
    try #require(Int(try await server.wait(for: /ACCEPT .*:(\d+)\n/).1))
  }
}
