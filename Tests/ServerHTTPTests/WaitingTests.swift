import Foundation
import ServerCore
import SwiftProtobuf
import SyncProtocol
import Testing

@testable import ServerHTTP

/// Requests that wait for news.
@Suite struct WaitingTests {
  private static func wait(
    _ seconds: UInt32, on connection: TestConnection, token: String
  ) async throws {
    var message = WireSyncRequest()
    message.wait = seconds
    try await connection.send(
      "POST", "/v1/sync", headers: TestServer.syncHeaders(token: token),
      body: try message.serializedBytes())
  }

  /// Returns when a request waits on behalf of the account, of which there may be one.
  private static func untilSomebodyWaits(_ server: TestServer, token: String) async throws {
    var message = WireSyncRequest()
    message.wait = 1
    var isRefused = false
    while !isRefused {
      let response = try await server.request(
        "POST", "/v1/sync", headers: TestServer.syncHeaders(token: token),
        body: try message.serializedBytes())
      isRefused = response.status == 503
    }
  }

  private static var oneWaiter: ServerLimits {
    var limits = ServerLimits()
    limits.waitersPerAccountMax = 1
    return limits
  }

  @Test func `what is pushed reaches who waits, who can then ask again`() async throws {
    try await TestServer.run { server in
      let (account, token) = try await TestAccount.session(at: server)
      let waiting = try await server.connect()
      try await Self.wait(50, on: waiting, token: token)
      var push = WireSyncRequest()
      push.operations = try account.operations(1...1)
      push.pushOnly = true
      _ = try await server.sync(push, token: token)
      let response = try await waiting.response()
      #expect(response.status == 200)
      let answer = try WireSyncResponse(serializedBytes: response.body)
      #expect(answer.operations == push.operations)

      try await waiting.send("GET", "/healthz")
      #expect(try await waiting.response().status == 200)
      await waiting.close()
    }
  }

  @Test(arguments: [true, false])
  func `a client that goes makes room for another at once`(isCut: Bool) async throws {
    try await TestServer.run(serverLimits: Self.oneWaiter) { server in
      let (_, token) = try await TestAccount.session(at: server)
      let first = try await server.connect()
      try await Self.wait(50, on: first, token: token)
      try await Self.untilSomebodyWaits(server, token: token)
      if isCut { try await first.cut() } else { await first.close() }

      var message = WireSyncRequest()
      message.wait = 1
      var status = 503
      let start = ContinuousClock.now
      while status == 503 {
        status = try await server.request(
          "POST", "/v1/sync", headers: TestServer.syncHeaders(token: token),
          body: try message.serializedBytes()
        ).status
      }
      #expect(status == 200)
      #expect(ContinuousClock.now - start < .seconds(40))
    }
  }

  @Test func `who waits is answered when the server stops`() async throws {
    try await TestServer.run(serverLimits: Self.oneWaiter) { server in
      let (_, token) = try await TestAccount.session(at: server)
      let waiting = try await server.connect()
      try await Self.wait(50, on: waiting, token: token)
      try await Self.untilSomebodyWaits(server, token: token)
      await server.shutDown()
      #expect(try await waiting.response().status == 200)
      _ = await waiting.readToEnd()
    }
  }

  @Test func `waiting takes no place among the requests under way`() async throws {
    var limits = ConnectionLimits.standard
    limits.requestsMax = 1
    try await TestServer.run(limits: limits, serverLimits: Self.oneWaiter) { server in
      let (account, token) = try await TestAccount.session(at: server)
      let waiting = try await server.connect()
      try await Self.wait(50, on: waiting, token: token)
      try await Self.untilSomebodyWaits(server, token: token)
      #expect(try await server.request("GET", "/healthz").status == 200)
      var push = WireSyncRequest()
      push.operations = try account.operations(1...1)
      push.pushOnly = true
      _ = try await server.sync(push, token: token)
      #expect(try await waiting.response().status == 200)
      await waiting.close()
    }
  }
}
