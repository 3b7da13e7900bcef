import Foundation
import OperationLog
import ServerCore
import SyncProtocol
import Testing

@testable import ServerHTTP

@Suite struct RouteTests {
  @Test func `an account is made, logged in, used, and deleted`() async throws {
    try await TestServer.run { server in
      let (account, token) = try await TestAccount.session(at: server)
      let bearer = ["authorization": "Bearer \(token)"]

      let keys: KeysDocument = try await server.request("GET", "/v1/keys", headers: bearer).json()
      #expect(keys == account.keys)
      let devices: DeviceList = try await server.request("GET", "/v1/devices", headers: bearer)
        .json()
      #expect(devices.devices.map(\.current) == [true])

      var next = account.keys
      next.version = 2
      let replaced = try await server.request(
        "PUT", "/v1/keys", token: token,
        json: PutKeysRequest(
          login: try await account.sign(.putKeys, at: server), replaces: 1, keys: next))
      #expect(replaced.status == 204)
      #expect(replaced.headers["content-length"] == nil)
      next.canary = Base64Bytes([9])
      let stale = try await server.request(
        "PUT", "/v1/keys", token: token,
        json: PutKeysRequest(
          login: try await account.sign(.putKeys, at: server), replaces: 1, keys: next))
      #expect(try stale.problem() == .keysChanged)

      let deleted = try await server.request(
        "DELETE", "/v1/account", token: token,
        json: DeleteAccountRequest(login: try await account.sign(.deleteAccount, at: server)))
      #expect(deleted.status == 204)
      let after = try await server.request("GET", "/v1/keys", headers: bearer)
      #expect(try after.problem() == .unauthorized)
    }
  }

  @Test func `the same account asked for again is answered again`() async throws {
    try await TestServer.run { server in
      let account = try TestAccount(name: "ada")
      try await account.register(at: server)
      let again = CreateAccountRequest(name: "ada", invite: nil, keys: account.keys)
      #expect(try await server.request("POST", "/v1/accounts", json: again).status == 200)
      let other = CreateAccountRequest(
        name: "ada", invite: try await server.accounts.createInvite().code,
        keys: try TestAccount(name: "ada").keys)
      let taken = try await server.request("POST", "/v1/accounts", json: other)
      #expect(try taken.problem() == .nameTaken)
      let uninvited = CreateAccountRequest(
        name: "bea", invite: "AAAA-BBBB-CCCC-DDDD", keys: try TestAccount(name: "bea").keys)
      let refused = try await server.request("POST", "/v1/accounts", json: uninvited)
      #expect(try refused.problem() == .inviteInvalid)
    }
  }

  @Test func `a session ends when it is ended, or its installation revoked`() async throws {
    try await TestServer.run { server in
      let (account, first) = try await TestAccount.session(at: server)
      let second = try await account.logIn(at: server, installation: "b")
      let revoked = try await server.request(
        "DELETE", "/v1/devices/" + String(repeating: "a", count: 32),
        headers: ["authorization": "bearer \(second)"])
      #expect(revoked.status == 204)
      let asFirst = try await server.request(
        "GET", "/v1/devices", headers: ["authorization": "Bearer \(first)"])
      #expect(try asFirst.problem() == .unauthorized)
      #expect(asFirst.headers["www-authenticate"] == "Bearer")

      let bearer = ["authorization": "Bearer \(second)"]
      #expect(
        try await server.request("DELETE", "/v1/sessions/current", headers: bearer).status == 204)
      let asSecond = try await server.request("GET", "/v1/keys", headers: bearer)
      #expect(try asSecond.problem() == .unauthorized)
    }
  }

  @Test func `logins that fail are slowed down, with the time to wait`() async throws {
    try await TestServer.run(clock: StoppedClock()) { server in
      let account = try TestAccount(name: "ada")
      try await account.register(at: server)
      var login = try await account.sign(.createSession, at: server)
      login.signature = Base64Bytes([UInt8](repeating: 0, count: 64))
      let request = CreateSessionRequest(
        login: login, installation: String(repeating: "a", count: 32))
      var problems: [ProblemType] = []
      var last: TestResponse?
      for _ in 0..<6 {
        let response = try await server.request("POST", "/v1/sessions", json: request)
        problems.append(try response.problem())
        last = response
      }
      #expect(problems.prefix(5).allSatisfy { $0 == .loginFailed })
      #expect(problems.last == .rateLimited)
      #expect(last?.headers["retry-after"].flatMap { Int($0) } ?? 0 >= 1)
    }
  }

  @Test func `a login for a server of another name is refused`() async throws {
    try await TestServer.run { server in
      let account = try TestAccount(name: "ada")
      try await account.register(at: server)
      let login = try await account.sign(.createSession, at: server, as: "elsewhere.example")
      let response = try await server.request(
        "POST", "/v1/sessions",
        json: CreateSessionRequest(
          login: login, installation: String(repeating: "a", count: 32)))
      #expect(try response.problem() == .loginFailed)
      #expect(try response.json(ProblemDetails.self).detail?.contains("--host") == true)
    }
  }

  @Test func `what one machine pushes another pulls, byte for byte`() async throws {
    try await TestServer.run { server in
      let (account, token) = try await TestAccount.session(at: server)
      var push = WireSyncRequest()
      push.operations = try account.operations(1...2000, byteCount: 1000)
      push.pushOnly = true
      let pushed = try await server.sync(push, token: token)
      #expect(pushed.refusals.isEmpty)

      let pulled = try await server.sync(WireSyncRequest(), token: token)
      #expect(pulled.operations == push.operations)
      #expect(pulled.heads == pushed.heads)
      #expect(pulled.token.isEmpty)
    }
  }

  @Test func `the server says what it is, and that it is well`() async throws {
    try await TestServer.run { server in
      let info: ServerInfo = try await server.request("GET", "/v1/server").json()
      #expect(info == ServerInfo(name: "ebb-server", version: "1.2.3", protocolVersion: 1))
      let health = try await server.request("GET", "/healthz")
      #expect(health.status == 200)
      #expect(try health.json() == ["status": "ok"])
    }
  }

  @Test func `HEAD answers as GET without a body`() async throws {
    try await TestServer.run { server in
      let connection = try await server.connect()
      for path in ["/healthz", "/v1/server", "/nowhere", "/v1/keys"] {
        try await connection.send("GET", path)
        let get = try await connection.response()
        try await connection.send("HEAD", path)
        let head = try await connection.response(toHead: true)
        #expect(head.status == get.status)
        #expect(head.headers["content-length"] == get.headers["content-length"])
      }
      await connection.close()
    }
  }
}
