internal import HTTPTypes
internal import Hummingbird
internal import SyncProtocol

/// Refuses requests that name another version of the protocol; naming none is fine, for curl.
struct ProtocolVersionMiddleware: RouterMiddleware {
  func handle(
    _ request: Request, context: ServerContext,
    next: (Request, ServerContext) async throws -> Response
  ) async throws -> Response {
    if let version = request.headers[.ebbProtocol], version != String(ProtocolVersion.current) {
      throw ProblemAnswer(
        .protocolVersion,
        detail: "This server speaks version \(ProtocolVersion.current) of the protocol.")
    }
    return try await next(request, context)
  }
}
