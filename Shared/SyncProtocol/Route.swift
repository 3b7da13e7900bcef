/// Every address of the server; both sides take method and path from here.
package enum Route: Hashable, Sendable {
  /// Version, protocol and server name. Needs no session.
  case server
  /// The server is up and its storage answers. Needs no session.
  case health
  /// Makes an account. Needs an invite.
  case createAccount
  /// Asks for a challenge to sign. Needs no session.
  case createChallenge
  /// Trades a signed challenge for a session.
  case createSession
  /// Ends the session that asks.
  case deleteCurrentSession
  case getKeys
  /// Replaces the keys document. Needs a fresh signed challenge too.
  case putKeys
  case listDevices
  /// Ends the sessions of an installation.
  case deleteDevice(String)
  /// Deletes the account and all it holds. Needs a fresh signed challenge too.
  case deleteAccount
  case sync

  package var method: Method {
    switch self {
    case .server, .health, .getKeys, .listDevices: .get
    case .createAccount, .createChallenge, .createSession, .sync: .post
    case .putKeys: .put
    case .deleteCurrentSession, .deleteDevice, .deleteAccount: .delete
    }
  }

  package var path: String {
    switch self {
    case .server: "/v1/server"
    case .health: "/healthz"
    case .createAccount: "/v1/accounts"
    case .createChallenge: "/v1/challenges"
    case .createSession: "/v1/sessions"
    case .deleteCurrentSession: "/v1/sessions/current"
    case .getKeys, .putKeys: "/v1/keys"
    case .listDevices: "/v1/devices"
    case .deleteDevice(let installation): "/v1/devices/\(installation)"
    case .deleteAccount: "/v1/account"
    case .sync: "/v1/sync"
    }
  }

  package enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case delete = "DELETE"
  }
}
