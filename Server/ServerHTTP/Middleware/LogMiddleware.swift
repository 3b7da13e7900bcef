internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import OperationLog
internal import SyncProtocol

/// One line for each request, and one where it came upon damage: never its path's parts, query, headers or body.
struct LogMiddleware: RouterMiddleware {
  let logger: Logger

  func handle(
    _ request: Request, context: ServerContext,
    next: (Request, ServerContext) async throws -> Response
  ) async throws -> Response {
    let start = ContinuousClock.now
    let response = try await next(request, context)
    let notes = context.notes
    var metadata: Logger.Metadata = [
      "method": "\(Self.methods.contains(request.method) ? request.method.rawValue : "other")",
      "route": "\(context.endpointPath ?? "none")",
      "status": "\(response.status.code)",
      "milliseconds": "\((ContinuousClock.now - start) / .milliseconds(1))",
      "received": "\(notes.bytesReceived)",
    ]
    if let account = notes.account { metadata["account"] = "\(account)" }
    if let sent = response.body.contentLength { metadata["sent"] = "\(sent)" }
    if let failure = notes.failure { metadata["failure"] = "\(failure)" }
    log(notes.damage, of: notes.account)
    logger.log(level: notes.failure == nil ? .info : .error, "request", metadata: metadata)
    return response
  }

  private func log(_ damage: RequestNotes.Damage, of account: AccountID?) {
    var metadata: Logger.Metadata = [:]
    if let account { metadata["account"] = "\(account)" }
    for correction in damage.corrections {
      logger.error("put right: \(correction)", metadata: metadata)
    }
    guard damage.operationCount > 0 else { return }
    metadata["operations"] = "\(damage.operationCount)"
    logger.error(
      "damaged on the disk, lost here until a machine that has them syncs", metadata: metadata)
  }

  private static let methods: Set<HTTPRequest.Method> = [
    .get, .head, .post, .put, .delete, .options, .patch, .trace, .connect,
  ]
}
