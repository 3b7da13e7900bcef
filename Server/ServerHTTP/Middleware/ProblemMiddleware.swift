internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import NIOHTTP1
internal import SecureTransport
internal import ServerCore
internal import SyncProtocol

/// Answers everything thrown further in with problem details, and puts on every answer what all
/// answers carry.
struct ProblemMiddleware: RouterMiddleware {
  func handle(
    _ request: Request, context: ServerContext,
    next: (Request, ServerContext) async throws -> Response
  ) async throws -> Response {
    var response: Response
    do {
      response = try await next(request, context)
    } catch {
      let answer = ProblemAnswer(error, path: request.uri.path)
      if let problem = answer.problem.problem,
        [.internal, .storageFull, .keysDamaged].contains(problem)
      {
        // The type alone of others: what an error says may quote what it was given.
        context.notes.failure =
          (error as? StorageError)?.message ?? String(describing: type(of: error))
      }
      response = answer.response
      if request.method == .head { response = response.createHeadResponse() }
    }
    response.headers[.ebbProtocol] = String(ProtocolVersion.current)
    response.headers[.cacheControl] = "no-store"
    response.headers[.contentTypeOptions] = "nosniff"
    return response
  }
}

/// A problem and the header fields that go with it.
struct ProblemAnswer: Error {
  var problem: ProblemDetails
  var headers: HTTPFields = [:]

  init(_ type: ProblemType, detail: String? = nil, headers: HTTPFields = [:]) {
    problem = ProblemDetails(type, detail: detail)
    self.headers = headers
  }

  init(_ problem: ProblemDetails) {
    self.problem = problem
  }

  /// Any error; what nobody foresaw becomes `internal`, without a word about itself.
  init(_ error: any Error, path: String) {
    switch error {
    case let answer as ProblemAnswer: self = answer
    case let problem as ProblemDetails: self.init(problem)
    case let error as StorageError where error.code == .full: self.init(.storageFull)
    case is DamagedKeys: self.init(.keysDamaged)
    case is HTTPParserError, is TransportError, is IOError, is ChannelError:
      // Nobody may be left to read it: what matters is that it is no failure of the server's.
      self.init(.malformed, detail: "The request ended too early, or is not HTTP/1.1.")
    case let error as any HTTPResponseError where error.status == .notFound:
      if let methods = Route.allowedMethods(path: path) {
        self.init(.methodNotAllowed, headers: [.allow: methods.joined(separator: ", ")])
      } else {
        self.init(.notFound)
      }
    case let error as any HTTPResponseError where error.status == .contentTooLarge:
      self.init(.tooLarge)
    case let error as any HTTPResponseError where (400..<500).contains(error.status.code):
      self.init(.malformed)
    case is CancellationError:
      self.init(.overloaded, detail: "The server is stopping.", headers: [.retryAfter: "5"])
    default: self.init(.internal)
    }
  }

  var response: Response {
    var headers = headers
    headers[.contentType] = MediaType.problem
    switch problem.problem {
    case .unauthorized, .loginFailed: headers[.wwwAuthenticate] = "Bearer"
    case .overloaded where headers[.retryAfter] == nil: headers[.retryAfter] = "1"
    default: break
    }
    return Response(
      status: HTTPResponse.Status(code: problem.status), headers: headers,
      body: ResponseBody(byteBuffer: problem.body))
  }
}
