/// What a server answers to a request it refuses: RFC 9457, type `application/problem+json`.
package struct ProblemDetails: Codable, Hashable, Sendable, Error {
  /// Which problem, for programs: `urn:ebb:problem:NAME`.
  package var type: String
  /// Which problem, for people.
  package var title: String
  package var status: Int
  /// What about this request, in one plain sentence. Never anything the journal holds.
  package var detail: String?

  package init(_ problem: ProblemType, detail: String? = nil) {
    type = problem.urn
    title = problem.title
    status = problem.status
    self.detail = detail
  }

  /// `nil` for a problem that this version does not know.
  package var problem: ProblemType? {
    guard type.hasPrefix(ProblemType.prefix) else { return nil }
    return ProblemType(rawValue: String(type.dropFirst(ProblemType.prefix.count)))
  }
}

/// The problems a server names.
package enum ProblemType: String, CaseIterable, Sendable {
  case malformed
  case tooLarge = "too-large"
  case notFound = "not-found"
  case methodNotAllowed = "method-not-allowed"
  case protocolVersion = "protocol-version"
  /// No session, an ended one, or one of another account.
  case unauthorized
  /// Unknown account and wrong passphrase alike.
  case loginFailed = "login-failed"
  case inviteInvalid = "invite-invalid"
  case nameTaken = "name-taken"
  /// The account is there already, under another name or with other keys.
  case accountTaken = "account-taken"
  /// The keys document has changed since the version that the request names.
  case keysChanged = "keys-changed"
  /// The server's disk has damaged the keys document, without which nobody can log in.
  case keysDamaged = "keys-damaged"
  case rateLimited = "rate-limited"
  case storageFull = "storage-full"
  case overloaded
  case `internal`

  package static let prefix = "urn:ebb:problem:"

  package var urn: String { Self.prefix + rawValue }

  package var status: Int {
    switch self {
    case .malformed, .protocolVersion: 400
    case .unauthorized, .loginFailed: 401
    case .inviteInvalid: 403
    case .notFound: 404
    case .methodNotAllowed: 405
    case .nameTaken, .accountTaken, .keysChanged: 409
    case .tooLarge: 413
    case .rateLimited: 429
    case .internal, .keysDamaged: 500
    case .overloaded: 503
    case .storageFull: 507
    }
  }

  package var title: String {
    switch self {
    case .malformed: "The request cannot be read."
    case .tooLarge: "The request is too large."
    case .notFound: "There is nothing at this address."
    case .methodNotAllowed: "This address does not take that method."
    case .protocolVersion: "This server speaks another version of the protocol."
    case .unauthorized: "The session is missing or has ended."
    case .loginFailed: "The account or the passphrase is wrong."
    case .inviteInvalid: "The invite is unknown, used or expired."
    case .nameTaken: "This account name is taken."
    case .accountTaken: "This account is here already, under another name or with other keys."
    case .keysChanged: "The keys have been changed since."
    case .keysDamaged: "The server's disk has damaged the keys of this account."
    case .rateLimited: "Too many attempts; wait a little."
    case .storageFull: "The server has no room left."
    case .overloaded: "There is too much to do; try again."
    case .internal: "Something went wrong; nothing was changed."
    }
  }
}
