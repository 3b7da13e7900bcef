internal import Hummingbird
internal import ServerCore
internal import SyncProtocol

extension Endpoints {
  /// `POST /v1/challenges`
  func createChallenge(_ request: Request, _ context: ServerContext) async throws -> Response {
    let message: ChallengeRequest = try await message(request, context)
    return try json(try await accounts.createChallenge(message))
  }
}
