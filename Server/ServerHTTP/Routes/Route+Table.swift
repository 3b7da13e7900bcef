internal import HTTPTypes
package import SyncProtocol

extension Route {
  /// Every route the server answers, with `{installation}` where a path names one.
  package static let table: [Route] = [
    .server, .health, .createAccount, .createChallenge, .createSession, .deleteCurrentSession,
    .getKeys, .putKeys, .listDevices, .deleteDevice("{installation}"), .deleteAccount, .sync,
  ]

  /// The methods of a path that exists, as an `Allow` header lists them; `nil` for no such path.
  static func allowedMethods(path: String) -> [String]? {
    let segments = path.split(separator: "/", omittingEmptySubsequences: true)
    var methods: [String] = []
    for route in table where route.matches(segments) {
      methods.append(route.method.rawValue)
      if route.method == .get { methods.append("HEAD") }
    }
    return methods.isEmpty ? nil : methods
  }

  private func matches(_ segments: [Substring]) -> Bool {
    let own = path.split(separator: "/")
    return own.count == segments.count
      && zip(own, segments).allSatisfy { $0 == $1 || $0.first == "{" }
  }
}

extension Route.Method {
  var httpMethod: HTTPRequest.Method {
    switch self {
    case .get: .get
    case .post: .post
    case .put: .put
    case .delete: .delete
    }
  }
}
