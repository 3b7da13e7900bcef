private import Foundation
import JournalSync
import ServerCore
import SwiftProtobuf
import SyncProtocol

/// A server's rules over a storage: what `ServerHTTP` does with requests, without HTTP.
struct SimulatedServer: Sendable {
  static let name = "ebb.example"
  private static let address = ClientAddress("192.0.2.1")

  let accounts: AccountService
  let sync: SyncService

  init(
    storage: any Storage, clock: any ServerClock, random: Randomness, limits: ServerLimits
  ) async throws {
    let news = News()
    accounts = try await AccountService(
      storage: storage, news: news, clock: clock, random: random,
      acceptsServerName: { $0 == Self.name })
    sync = SyncService(storage: storage, news: news, clock: clock, limits: limits)
  }

  /// Reads a request from its bytes, and answers in bytes.
  func answer(_ request: ExchangeRequest) async -> ExchangeResponse {
    do {
      return try await perform(request)
    } catch let problem as ProblemDetails {
      return response(problem)
    } catch let error as StorageError where error.code == .full {
      return response(ProblemDetails(.storageFull))
    } catch {
      return response(ProblemDetails(.internal, detail: "\(error)"))
    }
  }

  private func perform(_ request: ExchangeRequest) async throws -> ExchangeResponse {
    switch request.route {
    case .server:
      return try json(
        ServerInfo(
          name: "ebb-server", version: "1", protocolVersion: ProtocolVersion.current))
    case .health:
      try await accounts.checkHealth()
      return try json(["status": "ok"])
    case .createAccount: return try await createAccount(request)
    case .createChallenge: return try json(try await accounts.createChallenge(message(request)))
    case .createSession: return try await createSession(request)
    case .deleteCurrentSession:
      try await accounts.deleteSession(try await session(request))
      return empty
    case .getKeys:
      guard let keys = try await accounts.keys(of: try await session(request))
      else { throw ProblemDetails(.unauthorized) }
      return try json(keys)
    case .putKeys: return try await putKeys(request)
    case .listDevices:
      guard let devices = try await accounts.devices(of: try await session(request))
      else { throw ProblemDetails(.unauthorized) }
      return try json(devices)
    case .deleteDevice(let installation):
      switch try await accounts.revoke(installation, session: try await session(request)) {
      case .revoked: return empty
      case .unknown: throw ProblemDetails(.notFound)
      case .unauthorized: throw ProblemDetails(.unauthorized)
      }
    case .deleteAccount: return try await deleteAccount(request)
    case .sync: return try await sync(request)
    }
  }
}

extension SimulatedServer {
  private func createAccount(_ request: ExchangeRequest) async throws -> ExchangeResponse {
    switch try await accounts.createAccount(try message(request), from: Self.address) {
    case .created, .existed: return empty
    case .inviteInvalid: throw ProblemDetails(.inviteInvalid)
    case .nameTaken: throw ProblemDetails(.nameTaken)
    case .accountTaken: throw ProblemDetails(.accountTaken)
    case .malformed(let detail): throw ProblemDetails(.malformed, detail: detail)
    case .rateLimited: throw ProblemDetails(.rateLimited)
    }
  }

  private func createSession(_ request: ExchangeRequest) async throws -> ExchangeResponse {
    switch try await accounts.createSession(try message(request), from: Self.address) {
    case .created(let session): return try json(session)
    case .refused(let refusal): throw problem(refusal)
    case .malformed(let detail): throw ProblemDetails(.malformed, detail: detail)
    }
  }

  private func putKeys(_ request: ExchangeRequest) async throws -> ExchangeResponse {
    let session = try await session(request)
    let outcome = try await accounts.putKeys(
      try message(request), session: session, from: Self.address)
    switch outcome {
    case .replaced: return empty
    case .keysChanged: throw ProblemDetails(.keysChanged)
    case .unauthorized: throw ProblemDetails(.unauthorized)
    case .refused(let refusal): throw problem(refusal)
    case .malformed(let detail): throw ProblemDetails(.malformed, detail: detail)
    }
  }

  private func deleteAccount(_ request: ExchangeRequest) async throws -> ExchangeResponse {
    let session = try await session(request)
    let outcome = try await accounts.deleteAccount(
      try message(request), session: session, from: Self.address)
    switch outcome {
    case .deleted: return empty
    case .unauthorized: throw ProblemDetails(.unauthorized)
    case .refused(let refusal): throw problem(refusal)
    }
  }

  private func sync(_ request: ExchangeRequest) async throws -> ExchangeResponse {
    let session = try await session(request)
    guard let message = try? WireSyncRequest(serializedBytes: request.body),
      let syncRequest = SyncRequest(message, account: session.account)
    else { throw ProblemDetails(.malformed) }
    switch try await sync.sync(syncRequest, session: session) {
    case .answer(let answer):
      let rest: [UInt8] = try answer.message.serializedBytes()
      return ExchangeResponse(
        status: 200, fields: Self.fields(MediaType.protobuf), body: answer.operationBytes + rest)
    case .unauthorized: throw ProblemDetails(.unauthorized)
    case .tooLarge: throw ProblemDetails(.tooLarge)
    case .malformedToken: throw ProblemDetails(.malformed)
    case .tooManyWaiters: throw ProblemDetails(.overloaded)
    }
  }

  private func session(_ request: ExchangeRequest) async throws -> Session {
    guard let token = request.token, let session = try await accounts.authorize(token: token)
    else { throw ProblemDetails(.unauthorized) }
    return session
  }
}

extension SimulatedServer {
  /// The same message is the same bytes in every run: a hostile server alters one of them.
  private static var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return encoder
  }

  private static func fields(_ type: String) -> [String: String] {
    [ProtocolVersion.headerName: String(ProtocolVersion.current), "content-type": type]
  }

  private var empty: ExchangeResponse {
    ExchangeResponse(status: 204, fields: Self.fields(MediaType.json))
  }

  private func message<Message: Decodable>(_ request: ExchangeRequest) throws -> Message {
    do {
      return try JSONDecoder().decode(Message.self, from: Data(request.body))
    } catch {
      throw ProblemDetails(.malformed)
    }
  }

  private func json(_ message: some Encodable) throws -> ExchangeResponse {
    ExchangeResponse(
      status: 200, fields: Self.fields(MediaType.json),
      body: Array(try Self.encoder.encode(message)))
  }

  private func problem(_ refusal: LoginRefusal) -> ProblemDetails {
    switch refusal {
    case .loginFailed, .serverName: ProblemDetails(.loginFailed)
    case .rateLimited: ProblemDetails(.rateLimited)
    }
  }

  private func response(_ problem: ProblemDetails) -> ExchangeResponse {
    ExchangeResponse(
      status: problem.status, fields: Self.fields(MediaType.problem),
      body: Array((try? Self.encoder.encode(problem)) ?? Data()))
  }
}
