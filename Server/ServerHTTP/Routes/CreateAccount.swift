internal import Hummingbird
internal import ServerCore
internal import SyncProtocol

extension Endpoints {
  /// `POST /v1/accounts`
  func createAccount(_ request: Request, _ context: ServerContext) async throws -> Response {
    let message: CreateAccountRequest = try await message(request, context)
    switch try await accounts.createAccount(message, from: context.address) {
    case .created(let account):
      context.notes.account = account
      return Response(status: .created)
    case .existed(let account):
      context.notes.account = account
      return Response(status: .ok)
    case .inviteInvalid: throw ProblemAnswer(.inviteInvalid)
    case .nameTaken: throw ProblemAnswer(.nameTaken)
    case .accountTaken: throw ProblemAnswer(.accountTaken)
    case .malformed(let detail): throw ProblemAnswer(.malformed, detail: detail)
    case .rateLimited(let seconds): throw ProblemAnswer.rateLimited(retryAfterSeconds: seconds)
    }
  }
}
