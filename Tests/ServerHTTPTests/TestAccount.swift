import Crypto
import Foundation
import OperationLog
import ServerCore
import SwiftProtobuf
import SyncProtocol
import Testing

/// Somebody with an account: makes what a client would send.
struct TestAccount {
  let name: String
  let id: AccountID
  let loginKey = Curve25519.Signing.PrivateKey()
  let keys: KeysDocument

  init(name: String) throws {
    self.name = name
    id = try #require(AccountID((0..<16).map { _ in UInt8.random(in: .min ... .max) }))
    let publicKey = Base64Bytes(Array(loginKey.publicKey.rawRepresentation))
    keys = KeysDocument(
      version: 1, account: id.description, salt: Base64Bytes(Array(1...16)),
      parameters: .standard, passphraseLoginKey: publicKey, recoveryLoginKey: publicKey,
      passphraseWrap: Base64Bytes([1]), recoveryWrap: Base64Bytes([2]), canary: Base64Bytes([3]))
  }

  func register(at server: TestServer) async throws {
    let invite = try await server.accounts.createInvite()
    let response = try await server.request(
      "POST", "/v1/accounts",
      json: CreateAccountRequest(name: name, invite: invite.code, keys: keys))
    #expect(response.status == 201)
  }

  /// A fresh challenge, signed for a purpose.
  func sign(
    _ purpose: LoginSignature.Purpose, at server: TestServer, as serverName: String = "localhost"
  ) async throws -> SignedChallenge {
    let response = try await server.request(
      "POST", "/v1/challenges", json: ChallengeRequest(name: name))
    let challenge: ChallengeResponse = try response.json()
    let message = LoginSignature.message(
      purpose: purpose, serverName: serverName, account: id.bytes,
      challenge: challenge.challenge.bytes)
    return SignedChallenge(
      account: id.description, challenge: challenge.challenge, serverName: serverName,
      key: .passphrase, signature: Base64Bytes(Array(try loginKey.signature(for: message))))
  }

  /// Logs in as an installation; the session's token.
  func logIn(
    at server: TestServer, installation: Character = "a"
  ) async throws -> String {
    let login = try await sign(.createSession, at: server)
    let response = try await server.request(
      "POST", "/v1/sessions",
      json: CreateSessionRequest(
        login: login, installation: String(repeating: installation, count: 32)))
    #expect(response.status == 201)
    return try response.json(CreateSessionResponse.self).token
  }

  /// Registered and logged in.
  static func session(
    at server: TestServer, name: String = "ada"
  ) async throws -> (account: TestAccount, token: String) {
    let account = try TestAccount(name: name)
    try await account.register(at: server)
    return (account, try await account.logIn(at: server))
  }

  /// Operations of one device, sequences ascending, with `byteCount` sealed bytes each.
  func operations(
    _ sequences: ClosedRange<UInt64>, device: UInt64 = 7, byteCount: Int = 300
  ) throws -> [WireEnvelope] {
    try sequences.map { sequence in
      let bytes = withUnsafeBytes(of: sequence.bigEndian) { Array($0) }
      let header = OperationHeader(
        account: id, device: DeviceID(rawValue: device), sequence: Sequence(sequence),
        timestamp: Timestamp(rawValue: sequence << 16),
        tags: [try #require(RegisterTag([0, 0, 0, 0] + bytes))], erased: [],
        digest: try #require(OperationDigest(bytes + bytes)))
      return Envelope(header: header, sealed: [UInt8](repeating: 0xAB, count: byteCount)).message
    }
  }
}

extension TestServer {
  func request(
    _ method: String, _ path: String, token: String? = nil, json message: some Encodable
  ) async throws -> TestResponse {
    var headers = ["content-type": MediaType.json]
    if let token { headers["authorization"] = "Bearer \(token)" }
    return try await request(
      method, path, headers: headers, body: Array(try JSONEncoder().encode(message)))
  }

  func sync(_ message: WireSyncRequest, token: String) async throws -> WireSyncResponse {
    let response = try await request(
      "POST", "/v1/sync", headers: Self.syncHeaders(token: token),
      body: try message.serializedBytes())
    try #require(response.status == 200)
    #expect(response.headers["content-type"] == MediaType.protobuf)
    return try WireSyncResponse(serializedBytes: response.body)
  }

  static func syncHeaders(token: String) -> [String: String] {
    ["content-type": MediaType.protobuf, "authorization": "Bearer \(token)"]
  }
}
