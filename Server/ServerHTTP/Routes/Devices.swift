internal import Hummingbird
internal import ServerCore
internal import SyncProtocol

extension Endpoints {
  /// `GET /v1/devices`
  func listDevices(_ request: Request, _ context: ServerContext) async throws -> Response {
    try Self.checkAccepts(request, MediaType.json)
    let session = try await session(request, context)
    guard let devices = try await accounts.devices(of: session) else {
      throw ProblemAnswer(.unauthorized)
    }
    return try json(devices)
  }

  /// `DELETE /v1/devices/{installation}`
  func deleteDevice(_ request: Request, _ context: ServerContext) async throws -> Response {
    let session = try await session(request, context)
    let installation = context.parameters.get("installation") ?? ""
    switch try await accounts.revoke(installation, session: session) {
    case .revoked: return Response(status: .noContent)
    case .unknown: throw ProblemAnswer(.notFound)
    case .unauthorized: throw ProblemAnswer(.unauthorized)
    }
  }
}
