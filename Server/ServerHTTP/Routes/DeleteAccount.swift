internal import Hummingbird
internal import ServerCore
internal import SyncProtocol

extension Endpoints {
  /// `DELETE /v1/account`
  func deleteAccount(_ request: Request, _ context: ServerContext) async throws -> Response {
    let session = try await session(request, context)
    let message: DeleteAccountRequest = try await message(request, context)
    switch try await accounts.deleteAccount(message, session: session, from: context.address) {
    case .deleted: return Response(status: .noContent)
    case .unauthorized: throw ProblemAnswer(.unauthorized)
    case .refused(let refusal): throw refusal.answer
    }
  }
}
