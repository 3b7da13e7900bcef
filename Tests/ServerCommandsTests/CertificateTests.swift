import Foundation
import TestSupport
import Testing

@Suite struct CertificateTests {
  /// A new key and a certificate for it, over those that are there.
  private static func makeCertificate(in folder: URL) async throws {
    let made = try await runProgram(
      "openssl",
      [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
        "-subj", "/CN=test", "-addext", "subjectAltName=DNS:journal.example.org", "-days", "1",
        "-keyout", folder.appending(path: "key.pem").path,
        "-out", folder.appending(path: "cert.pem").path,
      ])
    try #require(made.exitCode == 0)
  }

  /// The fingerprint of the key that a client is shown.
  private static func fingerprint(port: String) async throws -> String {
    let shown = try await runProgram(
      "bash",
      [
        "-c",
        "openssl s_client -connect 127.0.0.1:\(port) < /dev/null 2> /dev/null"
          + " | openssl x509 -noout -pubkey | openssl pkey -pubin -outform der | sha256sum",
      ])
    return "sha256:" + (shown.output.split(separator: " ").first.map(String.init) ?? "")
  }

  @Test func `SIGHUP reads the certificate anew, and keeps it when the new one is bad`()
    async throws
  {
    try await withTemporaryFolder { folder in
      try await Self.makeCertificate(in: folder)
      let options = [
        "--tls-cert", folder.appending(path: "cert.pem").path,
        "--tls-key", folder.appending(path: "key.pem").path,
      ]
      try await RunningServer.run(data: folder.appending(path: "data"), options) { server in
        let first = server.fingerprint
        #expect(try await Self.fingerprint(port: server.port) == first)

        try await Self.makeCertificate(in: folder)
        server.signal(SIGHUP)
        try #require(await server.logLine(containing: "certificate read") != nil)
        let second = try await Self.fingerprint(port: server.port)
        #expect(second != first)

        try Data("nonsense".utf8).write(to: folder.appending(path: "cert.pem"))
        server.signal(SIGHUP)
        try #require(await server.logLine(containing: "certificate kept") != nil)
        #expect(try await Self.fingerprint(port: server.port) == second)
        #expect(try await server.get("/healthz") == #"{"status":"ok"}"#)
      }
    }
  }

  @Test func `SIGHUP makes no new key where the own one is gone`() async throws {
    try await withTemporaryFolder { folder in
      try await RunningServer.run(data: folder) { server in
        let key = folder.appending(path: "key.pem")
        try FileManager.default.removeItem(at: key)
        server.signal(SIGHUP)
        try #require(await server.logLine(containing: "certificate kept") != nil)
        #expect(!FileManager.default.fileExists(atPath: key.path))
        #expect(try await Self.fingerprint(port: server.port) == server.fingerprint)
      }
    }
  }
}
