import Foundation
import TestSupport
import Testing

@Suite struct ServeTests {
  private static func permissions(_ url: URL) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: url.path)
    return try #require(attributes[.posixPermissions] as? Int)
  }

  @Test func `the first start makes all that is missing, the second keeps it`() async throws {
    try await withTemporaryFolder { folder in
      let data = folder.appending(path: "a/b")
      var fingerprint = ""
      try await RunningServer.run(data: data) { server in
        #expect(server.url == "https://127.0.0.1:\(server.port)")
        #expect(server.fingerprint.wholeMatch(of: /sha256:[0-9a-f]{64}/) != nil)
        #expect(server.invite?.wholeMatch(of: /[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/) != nil)
        #expect(try await server.get("/healthz") == #"{"status":"ok"}"#)
        #expect(try Self.permissions(data) == 0o700)
        for file in try FileManager.default.contentsOfDirectory(atPath: data.path) {
          #expect(try Self.permissions(data.appending(path: file)) == 0o600, "\(file)")
        }
        fingerprint = server.fingerprint
      }
      try await RunningServer.run(data: data, ["--host", "Journal.Example.org"]) { server in
        #expect(server.url == "https://journal.example.org:\(server.port)")
        #expect(server.fingerprint == fingerprint)
        #expect(server.invite == nil)
      }
    }
  }

  @Test func `the data goes where XDG_DATA_HOME says`() async throws {
    try await withTemporaryFolder { folder in
      let ended = try await runProgram(
        try BuiltProducts.program("ebb-server").path, ["check"],
        environment: ["XDG_DATA_HOME": folder.path])
      #expect(ended.exitCode == 1)
      #expect(ended.error.contains(folder.path + "/ebb-server"))
    }
  }

  @Test func `a second server on the same folder is told so`() async throws {
    try await withTemporaryFolder { folder in
      let data = folder.appending(path: "data")
      try await RunningServer.run(data: data) { server in
        let second = try await ebbServer("serve", "--data", data.path, "--listen", "127.0.0.1:0")
        #expect(second.exitCode == 75)
        #expect(second.output.isEmpty)
        #expect(second.error.split(separator: "\n").count == 1)
        #expect(try await server.get("/healthz") == #"{"status":"ok"}"#)
      }
    }
  }

  @Test func `a port that is in use is named`() async throws {
    try await withTemporaryFolder { folder in
      try await RunningServer.run(data: folder.appending(path: "first")) { server in
        let second = try await ebbServer(
          "serve", "--data", folder.appending(path: "second").path,
          "--listen", "127.0.0.1:\(server.port)")
        #expect(second.exitCode == 69)
        #expect(
          second.error == "ebb-server: Another program listens on 127.0.0.1:\(server.port)."
            + " Stop it, or choose another --listen.\n")
        #expect(second.output.isEmpty)
      }
    }
  }

  @Test(arguments: [
    ["serve", "--listen", "8443"], ["serve", "--tls-cert", "x"], ["serve", "--host", "https://x"],
    ["serve", "--nonsense"], ["nonsense"], ["invite", "--expires", "0"], ["backup"], ["--data"],
    ["serve", "--data", ""], ["serve", "--listen", "host.invalid:0"],
  ])
  func `bad options are refused`(arguments: [String]) async throws {
    try await withTemporaryFolder { folder in
      let ended = try await runProgram(
        try BuiltProducts.program("ebb-server").path, arguments,
        environment: ["XDG_DATA_HOME": folder.path, "PATH": "/usr/bin:/bin"])
      #expect(ended.exitCode == 64)
      #expect(ended.output.isEmpty)
      #expect(ended.error.hasPrefix("ebb-server: "))
    }
  }

  @Test(arguments: ["--help", "serve --help", "invite --help", "backup --help", "check --help"])
  func `help has examples`(arguments: String) async throws {
    let words = arguments.split(separator: " ").map(String.init)
    let ended = try await runProgram(try BuiltProducts.program("ebb-server").path, words)
    #expect(ended.exitCode == 0)
    #expect(ended.output.contains("EXAMPLES:"))
    // A value as Swift prints it.
    #expect(!ended.output.contains("ListenAddress("))
    #expect(ended.error.isEmpty)
  }

  @Test func `the version is told`() async throws {
    let ended = try await ebbServer("--version")
    #expect(ended.exitCode == 0)
    #expect(ended.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
  }

  @Test func `a certificate that is not there is named, and nothing served`() async throws {
    try await withTemporaryFolder { folder in
      let ended = try await ebbServer(
        "serve", "--data", folder.appending(path: "data").path, "--listen", "127.0.0.1:0",
        "--tls-cert", "/nowhere/cert.pem", "--tls-key", "/nowhere/key.pem")
      #expect(ended.exitCode == 65)
      #expect(ended.error.contains("/nowhere/cert.pem"))
      #expect(ended.output.isEmpty)
    }
  }

  @Test func `a request that is under way is finished before the server stops`() async throws {
    try await withTemporaryFolder { folder in
      try await RunningServer.run(data: folder.appending(path: "data")) { server in
        let client = try SlowClient(port: server.port)
        try client.send(
          "POST /v1/challenges HTTP/1.1\r\nhost: localhost\r\nexpect: 100-continue\r\n"
            + "content-type: application/json\r\ncontent-length: 14\r\n\r\n")
        try #require(await client.line(containing: "100 Continue") != nil)
        server.signal(SIGTERM)
        // No one else is let in any more.
        while !(try await server.get("/healthz")).isEmpty {}
        try client.send(#"{"name":"ada"}"#)
        #expect(await client.line(containing: "200 OK") != nil)
        client.end()
      }
    }
  }
}
