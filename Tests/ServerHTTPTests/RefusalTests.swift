import Foundation
import NIOCore
import OperationLog
import ServerCore
import SwiftProtobuf
import SyncProtocol
import Testing

@testable import ServerHTTP

/// What bad input gets.
@Suite struct RefusalTests {
  @Test func `unknown paths, wrong methods and missing sessions are told apart`() async throws {
    try await TestServer.run { server in
      let cases: [(String, String, ProblemType, allow: String?)] = [
        ("GET", "/", .notFound, nil),
        ("GET", "/v1", .notFound, nil),
        ("GET", "/v1/keys/more", .notFound, nil),
        ("GET", "/v1/../healthz", .notFound, nil),
        ("POST", "/nowhere", .notFound, nil),
        ("OPTIONS", "*", .notFound, nil),
        ("POST", "/healthz", .methodNotAllowed, "GET, HEAD"),
        ("GET", "/v1/sync", .methodNotAllowed, "POST"),
        ("PATCH", "/v1/keys", .methodNotAllowed, "GET, HEAD, PUT"),
        ("OPTIONS", "/v1/keys", .methodNotAllowed, "GET, HEAD, PUT"),
        ("TRACE", "/v1/account", .methodNotAllowed, "DELETE"),
        ("GET", "/v1/devices/abc", .methodNotAllowed, "DELETE"),
        ("GET", "/v1/keys", .unauthorized, nil),
        ("PUT", "/v1/keys", .unauthorized, nil),
        ("GET", "/v1/devices", .unauthorized, nil),
        ("DELETE", "/v1/devices/abc", .unauthorized, nil),
        ("DELETE", "/v1/sessions/current", .unauthorized, nil),
        ("DELETE", "/v1/account", .unauthorized, nil),
        ("POST", "/v1/sync", .unauthorized, nil),
        ("POST", "/v1/accounts", .malformed, nil),
      ]
      for (method, path, expected, allow) in cases {
        let response = try await server.request(method, path)
        #expect(try response.problem() == expected, "\(method) \(path)")
        #expect(response.headers["allow"] == allow, "\(method) \(path)")
      }
    }
  }

  @Test(arguments: [
    "", "Bearer", "Bearer ", "Bearer x", "Basic YTpi",
    "bearer \(String(repeating: "A", count: 43))",
    "Bearer \(String(repeating: "é", count: 43))",
  ])
  func `whatever is no token of a session is refused`(authorization: String) async throws {
    try await TestServer.run { server in
      let response = try await server.request(
        "GET", "/v1/keys", headers: ["authorization": authorization])
      #expect(try response.problem() == .unauthorized)
    }
  }

  @Test func `another version of the protocol is refused, none is taken`() async throws {
    try await TestServer.run { server in
      for version in ["2", "0", "x", "1.0"] {
        let response = try await server.request(
          "GET", "/v1/server", headers: ["ebb-protocol": version])
        #expect(try response.problem() == .protocolVersion)
      }
      let same = try await server.request("GET", "/v1/server", headers: ["ebb-protocol": "1"])
      #expect(same.status == 200)
    }
  }

  @Test(arguments: [
    "", "{", "null", "[]", "\"name\"", #"{"name":1}"#, #"{"name":null}"#, #"{"nam":"ada"}"#,
    #"{"name":"ada"}garbage"#, "\u{FEFF}\u{0}", String(repeating: "[", count: 20_000),
    #"{"name":{"\#(String(repeating: "x", count: 9_000))":1}}"#,
  ])
  func `a body that is not the JSON wanted is refused and not repeated`(
    body: String
  ) async throws {
    try await TestServer.run { server in
      let response = try await server.request(
        "POST", "/v1/challenges", headers: ["content-type": "application/json"],
        body: Array(body.utf8))
      #expect(try response.problem() == .malformed)
      #expect(response.body.count < 300)
    }
  }

  @Test func `bytes that are no text are refused`() async throws {
    try await TestServer.run { server in
      let response = try await server.request(
        "POST", "/v1/challenges", headers: ["content-type": "application/json"],
        body: Array(#"{"name":""#.utf8) + [0xFF, 0xFE, 0x80] + Array(#""}"#.utf8))
      #expect(try response.problem() == .malformed)
    }
  }

  @Test(arguments: [
    ["content-type": "text/plain"], [:], ["content-type": "application/jsonx"],
    ["content-type": "application/json", "content-encoding": "gzip"],
    ["content-type": "application/json", "accept": "text/html"],
  ])
  func `other types, and compressed bodies, are refused`(headers: [String: String]) async throws {
    try await TestServer.run { server in
      let response = try await server.request(
        "POST", "/v1/challenges", headers: headers, body: Array(#"{"name":"ada"}"#.utf8))
      #expect(try response.problem() == .malformed)
    }
  }

  @Test(arguments: [
    ["content-type": "application/json; charset=utf-8"],
    ["content-type": "Application/JSON", "accept": "text/html, application/*;q=0.5"],
    ["content-type": "application/json", "accept": "*/*"],
  ])
  func `types may be written in any of their ways`(headers: [String: String]) async throws {
    try await TestServer.run { server in
      let response = try await server.request(
        "POST", "/v1/challenges", headers: headers, body: Array(#"{"name":"ada"}"#.utf8))
      #expect(response.status == 200)
    }
  }

  @Test func `a body that announces too much is refused before it is sent`() async throws {
    try await TestServer.run { server in
      let (_, token) = try await TestAccount.session(at: server)
      let cases = [
        ("/v1/challenges", MediaType.json, ProtocolLimits.accountBodyBytesMax + 1),
        ("/v1/sync", MediaType.protobuf, ProtocolLimits.syncBodyBytesMax + 1),
      ]
      for (path, type, length) in cases {
        let connection = try await server.connect()
        try await connection.send(
          "POST", path,
          headers: [
            "content-type": type, "authorization": "Bearer \(token)",
            "content-length": String(length), "expect": "100-continue",
          ])
        var response = try await connection.response()
        if response.status == 100 { response = try await connection.response() }
        #expect(try response.problem() == .tooLarge)
        #expect(response.headers["connection"] == "close")
        await connection.close()
      }
    }
  }

  @Test func `a body that does not announce its length is cut off at the limit`() async throws {
    var limits = ConnectionLimits.standard
    limits.lingerTimeout = .milliseconds(100)
    try await TestServer.run(limits: limits) { server in
      let connection = try await server.connect()
      try await connection.send(
        "POST", "/v1/challenges",
        headers: ["content-type": "application/json", "transfer-encoding": "chunked"])
      let chunk = "4000\r\n" + String(repeating: "x", count: 0x4000) + "\r\n"
      for _ in 0..<5 { try await connection.send(chunk) }
      let response = try await connection.response()
      #expect(try response.problem() == .tooLarge)
      _ = await connection.readToEnd()
    }
  }

  @Test(arguments: [[1, 2, 3], [0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F], [0x12, 0x02, 0x0A, 0x7F]])
  func `a body that is no sync request is refused`(body: [UInt8]) async throws {
    try await TestServer.run { server in
      let (_, token) = try await TestAccount.session(at: server)
      let response = try await server.request(
        "POST", "/v1/sync", headers: TestServer.syncHeaders(token: token), body: body)
      #expect(try response.problem() == .malformed)
    }
  }

  @Test func `a page token of one's own making is refused`() async throws {
    try await TestServer.run { server in
      let (_, token) = try await TestAccount.session(at: server)
      var message = WireSyncRequest()
      message.token = Data([1, 2, 3])
      let response = try await server.request(
        "POST", "/v1/sync", headers: TestServer.syncHeaders(token: token),
        body: try message.serializedBytes())
      #expect(try response.problem() == .malformed)
    }
  }

  @Test func `logs hold no token, name, body or query`() async throws {
    try await TestServer.run { server in
      let (account, token) = try await TestAccount.session(at: server, name: "plantedname")
      _ = try await server.request(
        "GET", "/v1/keys?plantedquery=1", headers: ["authorization": "Bearer \(token)"])
      _ = try await server.request("GET", "/plantedpath")
      _ = try await server.request("GET", "/v1/devices/plantedpart")
      _ = try await server.request(
        "POST", "/v1/challenges", headers: ["content-type": "application/json"],
        body: Array(#"{"name":["plantedbody"]}"#.utf8))
      let log = server.logs.lines.joined(separator: "\n")
      #expect(log.contains("account=\(account.id)"))
      #expect(log.contains("route=/v1/keys"))
      #expect(!log.contains("planted"))
      #expect(!log.contains(token))
    }
  }
}
