internal import Hummingbird
internal import OperationLog
internal import ServerCore
internal import SyncProtocol

extension Endpoints {
  /// `POST /v1/sessions`
  func createSession(_ request: Request, _ context: ServerContext) async throws -> Response {
    let message: CreateSessionRequest = try await message(request, context)
    switch try await accounts.createSession(message, from: context.address) {
    case .created(let session):
      context.notes.account = AccountID(hexadecimal: message.login.account)
      return try json(session, status: .created)
    case .refused(let refusal): throw refusal.answer
    case .malformed(let detail): throw ProblemAnswer(.malformed, detail: detail)
    }
  }

  /// `DELETE /v1/sessions/current`
  func deleteCurrentSession(
    _ request: Request, _ context: ServerContext
  ) async throws -> Response {
    let session = try await session(request, context)
    try await accounts.deleteSession(session)
    return Response(status: .noContent)
  }
}
