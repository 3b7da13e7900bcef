import Foundation
import NIOCore
import ServerCore
import SwiftProtobuf
import Synchronization
import SyncProtocol
import Testing

@testable import ServerHTTP

/// How connections are kept, and how slow, greedy and broken ones are held off.
@Suite struct ConnectionTests {
  /// Long for everything but what a test is about.
  private static func limits(_ change: (inout ConnectionLimits) -> Void) -> ConnectionLimits {
    var limits = ConnectionLimits.standard
    limits.headTimeout = .minutes(10)
    limits.idleTimeout = .minutes(10)
    limits.bodyGrace = .minutes(10)
    limits.writeStallTimeout = .minutes(10)
    change(&limits)
    return limits
  }

  private static let good = "GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n"

  @Test func `a connection serves many requests, also sent ahead`() async throws {
    try await TestServer.run { server in
      let connection = try await server.connect()
      for _ in 0..<3 {
        try await connection.send("GET", "/healthz")
        #expect(try await connection.response().status == 200)
      }
      try await connection.send(Self.good + Self.good + "GET /nowhere HTTP/1.1\r\n\r\n" + Self.good)
      var statuses: [Int] = []
      for _ in 0..<4 { statuses.append(try await connection.response().status) }
      #expect(statuses == [200, 200, 404, 200])
      await connection.close()
    }
  }

  @Test(arguments: [
    "GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
    "GET /healthz HTTP/1.1\r\nhost: x\r\nConnection: Keep-Alive, Close\r\n\r\n",
    "GET /healthz HTTP/1.0\r\n\r\n",
    "GET /healthz HTTP/1.0\r\nconnection: keep-alive\r\n\r\n",
  ])
  func `a client that wants the connection to end gets that`(request: String) async throws {
    try await TestServer.run(limits: Self.limits { _ in }) { server in
      let connection = try await server.connect()
      try await connection.send(request)
      #expect(try await connection.response().status == 200)
      _ = await connection.readToEnd()
    }
  }

  @Test(arguments: [
    Unparseable("no HTTP", "nonsense\r\n\r\n"),
    Unparseable("another version", "GET /healthz HTTP/9.9\r\n\r\n"),
    Unparseable("control character", "GET /\u{1} HTTP/1.1\r\n\r\n"),
    Unparseable("header without colon", "GET / HTTP/1.1\r\nno colon\r\n\r\n"),
    Unparseable("negative length", "GET / HTTP/1.1\r\ncontent-length: -1\r\n\r\n"),
    Unparseable(
      "two lengths", "POST / HTTP/1.1\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx"),
    Unparseable(
      "length and chunks",
      "POST / HTTP/1.1\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n"),
    Unparseable(
      "broken chunks",
      "POST /v1/challenges HTTP/1.1\r\ncontent-type: application/json\r\n"
        + "transfer-encoding: chunked\r\n\r\nnot a length\r\n"),
    Unparseable(
      "long header", "GET / HTTP/1.1\r\nx: \(String(repeating: "x", count: 20_000))\r\n\r\n",
      .tooLarge),
    Unparseable(
      "long path", "GET /\(String(repeating: "x", count: 20_000)) HTTP/1.1\r\n\r\n", .tooLarge),
    Unparseable(
      "many headers", "GET / HTTP/1.1\r\n\(String(repeating: "x: y\r\n", count: 200))\r\n",
      .tooLarge),
  ])
  func `what cannot be parsed is answered, and the connection ended`(
    request: Unparseable
  ) async throws {
    try await TestServer.run(limits: Self.limits { _ in }) { server in
      let connection = try await server.connect()
      try await connection.send(Self.good)
      #expect(try await connection.response().status == 200)
      try await connection.send(request.text)
      let response = try await connection.response()
      #expect(try response.problem() == request.problem)
      #expect(response.headers["connection"] == "close")
      #expect(await connection.readToEnd().isEmpty)
    }
  }

  @Test func `garbage behind good requests leaves those their answers`() async throws {
    try await TestServer.run { server in
      let connection = try await server.connect()
      try await connection.send(Self.good + Self.good + "nonsense\r\n\r\n")
      var statuses: [Int] = []
      for _ in 0..<3 { statuses.append(try await connection.response().status) }
      #expect(statuses == [200, 200, 400])
      _ = await connection.readToEnd()
    }
  }

  @Test func `a client that asks whether to go on is told so`() async throws {
    try await TestServer.run { server in
      let connection = try await server.connect()
      let body = #"{"name":"ada"}"#
      try await connection.send(
        "POST", "/v1/challenges",
        headers: [
          "content-type": "application/json", "expect": "100-continue",
          "content-length": String(body.utf8.count),
        ])
      #expect(try await connection.response().status == 100)
      try await connection.send(body)
      #expect(try await connection.response().status == 200)
      await connection.close()
    }
  }

  @Test func `headers that do not come in time end the connection`() async throws {
    let limits = Self.limits { $0.headTimeout = .milliseconds(300) }
    try await TestServer.run(limits: limits) { server in
      let silent = try await server.connect()
      let slow = try await server.connect()
      // On a busy machine the time may be over before this is sent.
      try? await slow.send("GET /healthz HTTP/1.1\r\nx: y\r\n")
      #expect(await silent.readToEnd().isEmpty)
      #expect(await slow.readToEnd().isEmpty)
    }
  }

  @Test func `an idle connection ends`() async throws {
    let limits = Self.limits { $0.idleTimeout = .milliseconds(100) }
    try await TestServer.run(limits: limits) { server in
      let connection = try await server.connect()
      try await connection.send(Self.good)
      #expect(try await connection.response().status == 200)
      #expect(await connection.readToEnd().isEmpty)
    }
  }

  @Test func `a body that comes too slowly is refused`() async throws {
    let limits = Self.limits {
      $0.bodyGrace = .milliseconds(100)
      $0.bodyRateInterval = .milliseconds(20)
      // The rest of the body is waited for when the answer is written, not before.
      $0.lingerTimeout = .milliseconds(1)
    }
    try await TestServer.run(limits: limits) { server in
      let connection = try await server.connect()
      try await connection.send(
        "POST", "/v1/challenges",
        headers: ["content-type": "application/json", "content-length": "1000"])
      // On a busy machine the time may be over before this is sent.
      try? await connection.send("{")
      let response = try await connection.response()
      #expect(try response.problem() == .malformed)
      #expect(response.headers["connection"] == "close")
      _ = await connection.readToEnd()
    }
  }

  @Test func `a client that does not read its answer is let go`() async throws {
    let limits = Self.limits {
      $0.writeStallTimeout = .milliseconds(200)
      $0.connectionsPerAddressMax = 2
    }
    try await TestServer.run(limits: limits) { server in
      let (account, token) = try await TestAccount.session(at: server)
      for start in stride(from: UInt64(1), to: 21, by: 10) {
        var push = WireSyncRequest()
        push.operations = try account.operations(start...(start + 9), byteCount: 400_000)
        push.pushOnly = true
        _ = try await server.sync(push, token: token)
      }
      let greedy = try await server.connect()
      try await greedy.send(Self.good)
      #expect(try await greedy.response().status == 200)
      try await greedy.stopReading()
      for _ in 0..<4 {
        // On a busy machine it may have been let go before this is sent.
        try? await greedy.send(
          "POST", "/v1/sync",
          headers: TestServer.syncHeaders(token: token).merging(["content-length": "0"]) { $1 })
      }
      let second = try await server.connect()
      try await second.send(Self.good)
      #expect(try await second.response().status == 200)
      // There is room for another only when the first is gone.
      try await Self.connectionUntilServed(by: server)
      await second.close()
      await greedy.close()
    }
  }

  /// Connects until there is room for one connection more.
  private static func connectionUntilServed(by server: TestServer) async throws {
    var isServed = false
    while !isServed {
      guard let connection = try? await server.connect() else { continue }
      try? await connection.send(good)
      isServed = (try? await connection.response())?.status == 200
      await connection.close()
    }
  }

  @Test func `one address cannot take all connections`() async throws {
    let limits = Self.limits { $0.connectionsPerAddressMax = 2 }
    try await TestServer.run(limits: limits) { server in
      let first = try await server.connect()
      let second = try await server.connect()
      try await first.send(Self.good)
      try await second.send(Self.good)
      #expect(try await first.response().status == 200)
      #expect(try await second.response().status == 200)
      let third = try? await server.connect()
      #expect(await third?.readToEnd() ?? [] == [])

      // One that ends makes room for another, as soon as the server has seen it.
      await first.close()
      try await Self.connectionUntilServed(by: server)
      await second.close()
    }
  }

  @Test func `more requests than the server takes at a time are turned away`() async throws {
    let limits = Self.limits { $0.requestsMax = 1 }
    let storage = HeldStorage()
    try await TestServer.run(limits: limits, storage: storage) { server in
      storage.hold()
      let slow = try await server.connect()
      try await slow.send("GET", "/healthz")
      await storage.untilSomebodyIsHeld()
      let response = try await server.request("GET", "/v1/server")
      #expect(try response.problem() == .overloaded)
      #expect(response.headers["retry-after"] == "1")
      storage.release()
      #expect(try await slow.response().status == 200)
      await slow.close()
    }
  }

  @Test func `a body that comes slowly takes no place among the requests under way`() async throws {
    let limits = Self.limits { $0.requestsMax = 1 }
    try await TestServer.run(limits: limits) { server in
      let slow = try await server.connect()
      try await slow.send(
        "POST", "/v1/challenges",
        headers: [
          "content-type": "application/json", "content-length": "14", "expect": "100-continue",
        ])
      #expect(try await slow.response().status == 100)
      // The slow one's place is free as soon as its head was read.
      var statuses: [Int] = []
      for _ in 0..<20 { statuses.append(try await server.request("GET", "/healthz").status) }
      #expect(statuses.last == 200)
      try await slow.send(#"{"name":"ada"}"#)
      #expect(try await slow.response().status == 200)
      await slow.close()
    }
  }

  @Test func `connections that are cut disturb nobody`() async throws {
    try await TestServer.run { server in
      let (account, token) = try await TestAccount.session(at: server)
      var push = WireSyncRequest()
      push.operations = try account.operations(1...100, byteCount: 10_000)
      let body: [UInt8] = try push.serializedBytes()
      let head =
        "POST /v1/sync HTTP/1.1\r\ncontent-type: \(MediaType.protobuf)\r\n"
        + "authorization: Bearer \(token)\r\ncontent-length: \(body.count)\r\n\r\n"
      let whole = Array(head.utf8) + body
      for count in [1, 10, head.utf8.count, head.utf8.count + 1, whole.count / 2, whole.count - 1] {
        let connection = try await server.connect()
        try await connection.send(whole.prefix(count))
        if count.isMultiple(of: 2) {
          try await connection.cut()
        } else {
          await connection.close()
        }
        #expect(try await server.request("GET", "/healthz").status == 200)
      }
      // Half a push is no push, and no failure of the server's.
      #expect(try await server.sync(WireSyncRequest(), token: token).heads.isEmpty)
      #expect(!server.logs.lines.contains { $0.contains("failure=") })
    }
  }
}

/// Answers no question while it is held.
private final class HeldStorage: Storage {
  private let storage = InMemoryStorage()
  private let isHeld = Mutex(false)
  private let (held, heldFound) = AsyncStream.makeStream(of: Void.self)
  private let (releases, released) = AsyncStream.makeStream(of: Void.self)

  func hold() { isHeld.withLock { $0 = true } }

  func untilSomebodyIsHeld() async { _ = await held.first { true } }

  func release() {
    isHeld.withLock { $0 = false }
    released.finish()
  }

  func read<Value: Sendable>(
    _ body: @escaping @Sendable (any StorageReading) throws -> Value
  ) async throws -> Value {
    if isHeld.withLock({ $0 }) {
      heldFound.yield()
      for await _ in releases {}
    }
    return try await storage.read(body)
  }

  func write<Value: Sendable>(
    _ body: @escaping @Sendable (any StorageWriting) throws -> Value
  ) async throws -> Value {
    try await storage.write(body)
  }

  func scrub() async throws {}
}

struct Unparseable: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let text: String
  let problem: ProblemType

  init(_ description: String, _ text: String, _ problem: ProblemType = .malformed) {
    testDescription = description
    self.text = text
    self.problem = problem
  }
}
