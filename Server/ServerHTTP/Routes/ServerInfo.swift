internal import Hummingbird
internal import ServerCore
internal import SyncProtocol

extension Endpoints {
  /// `GET /v1/server`
  func serverInfo(_ request: Request) throws -> Response {
    try Self.checkAccepts(request, MediaType.json)
    return try json(
      ServerInfo(name: "ebb-server", version: version, protocolVersion: ProtocolVersion.current))
  }

  /// `GET /healthz`: 200 when the storage answers, else the problem that it has.
  func health(_ request: Request) async throws -> Response {
    try Self.checkAccepts(request, MediaType.json)
    try await accounts.checkHealth()
    return try json(["status": "ok"])
  }
}
