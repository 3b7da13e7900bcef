internal import Hummingbird
internal import ServerCore
internal import SyncProtocol

/// What the routes are made of. Each has a file of its own.
struct Endpoints: Sendable {
  let accounts: AccountService
  let sync: SyncService
  let gate: RequestGate
  let version: String

  func add(to router: Router<ServerContext>) {
    for route in Route.table {
      router.on(RouterPath(route.path), method: route.method.httpMethod) { request, context in
        try await answer(route, request, context)
      }
    }
  }

  private func answer(
    _ route: Route, _ request: Request, _ context: ServerContext
  ) async throws -> Response {
    switch route {
    case .server: try serverInfo(request)
    case .health: try await health(request)
    case .createAccount: try await createAccount(request, context)
    case .createChallenge: try await createChallenge(request, context)
    case .createSession: try await createSession(request, context)
    case .deleteCurrentSession: try await deleteCurrentSession(request, context)
    case .getKeys: try await getKeys(request, context)
    case .putKeys: try await putKeys(request, context)
    case .listDevices: try await listDevices(request, context)
    case .deleteDevice: try await deleteDevice(request, context)
    case .deleteAccount: try await deleteAccount(request, context)
    case .sync: try await sync(request, context)
    }
  }

  /// The session of the request's bearer token.
  ///
  /// Throws `unauthorized` for none, a malformed one, or one that has ended.
  func session(_ request: Request, _ context: ServerContext) async throws -> Session {
    guard let token = Self.bearerToken(request.headers[.authorization]),
      let session = try await accounts.authorize(token: token)
    else { throw ProblemAnswer(.unauthorized) }
    context.notes.account = session.account
    return session
  }

  private static func bearerToken(_ field: String?) -> String? {
    guard let field, field.prefix(7).lowercased() == "bearer " else { return nil }
    return String(field.dropFirst(7).drop { $0 == " " })
  }
}

extension LoginRefusal {
  /// The problem a refused signature is answered with.
  var answer: ProblemAnswer {
    switch self {
    case .loginFailed: ProblemAnswer(.loginFailed)
    case .serverName:
      ProblemAnswer(
        .loginFailed,
        detail: "This server does not go by that name. Start it with --host and the name.")
    case .rateLimited(let seconds): .rateLimited(retryAfterSeconds: seconds)
    }
  }
}

extension ProblemAnswer {
  static func rateLimited(retryAfterSeconds seconds: Int) -> ProblemAnswer {
    ProblemAnswer(
      .rateLimited, detail: "Try again in \(seconds) second\(seconds == 1 ? "" : "s").",
      headers: [.retryAfter: String(seconds)])
  }
}
