import OperationLog
import SyncProtocol
import Testing

@testable import JournalSync

struct `A connection` {
  /// In the handshake, in a head, in a body: wherever the cut falls, all comes in the end.
  @Test(arguments: [100, 900, 1_500, 2_500, 6_000, 12_000, 20_000, 30_000])
  func `may be cut after any number of bytes`(bytes: Int) async throws {
    try await withServer { server, folder in
      let a = try Machine(in: folder, "a")
      try await a.restore(from: server)
      for number in 0..<60 { try a.write("Entry \(number)") }
      _ = try await a.client.sync()
      try await Relay.run(to: server.port, cutAfter: bytes) { relay in
        let b = try Machine(in: folder, "b")
        do {
          try await b.restore(from: server, port: relay.port)
        } catch let failure as SyncFailure {
          // Before anything was sent: nothing is tried again by itself.
          #expect(failure.code == .unreachable)
          try await b.restore(from: server, port: relay.port)
        }
        #expect(try await b.client.sync().warnings.isEmpty)
        _ = try await a.client.sync()
        try expectConverged(a, b)
      }
    }
  }

  @Test func `goes through the proxy that the environment names`() async throws {
    try await withServer { server, folder in
      try await Relay.run(to: server.port, isProxy: true) { proxy in
        // Not this machine by name, for which no proxy is asked.
        let transport = TLSTransport(environment: [
          "https_proxy": "http://u:p@127.0.0.1:\(proxy.port)"
        ])
        let a = try Machine(in: folder, "a", transport: transport)
        let address = try ServerAddress(parsing: "https://ebb.example:8443")
        let info = try await a.client.serverInfo(
          of: SyncClient.Server(address: address, fingerprint: server.fingerprint))
        #expect(info.name.isEmpty == false)
        let request = try #require(proxy.requests.first)
        #expect(request.hasPrefix("CONNECT ebb.example:8443 HTTP/1.1\r\n"))
        #expect(request.contains("proxy-authorization: Basic dTpw\r\n"))
        #expect(!request.contains("/v1/"))
      }
    }
  }

  @Test func `that is idle is made anew when the server has closed it`() async throws {
    try await withServer { server, folder in
      let a = try Machine(in: folder, "a")
      try await Relay.run(to: server.port) { relay in
        try await a.restore(from: server, port: relay.port)
        let conversation = a.client.conversation(of: try a.client.activeLink())
        _ = try await conversation.sync(.init())
        relay.cutNow()
        _ = try await conversation.sync(.init())
        #expect(await conversation.requests == 3)
        await conversation.close()
      }
    }
  }
}
