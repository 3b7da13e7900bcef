internal import Hummingbird
internal import ServerCore
internal import SyncProtocol

extension Endpoints {
  /// `GET /v1/keys`
  func getKeys(_ request: Request, _ context: ServerContext) async throws -> Response {
    try Self.checkAccepts(request, MediaType.json)
    let session = try await session(request, context)
    guard let keys = try await accounts.keys(of: session) else {
      throw ProblemAnswer(.unauthorized)
    }
    return try json(keys)
  }

  /// `PUT /v1/keys`
  func putKeys(_ request: Request, _ context: ServerContext) async throws -> Response {
    let session = try await session(request, context)
    let message: PutKeysRequest = try await message(request, context)
    switch try await accounts.putKeys(message, session: session, from: context.address) {
    case .replaced: return Response(status: .noContent)
    case .keysChanged: throw ProblemAnswer(.keysChanged)
    case .unauthorized: throw ProblemAnswer(.unauthorized)
    case .refused(let refusal): throw refusal.answer
    case .malformed(let detail): throw ProblemAnswer(.malformed, detail: detail)
    }
  }
}
