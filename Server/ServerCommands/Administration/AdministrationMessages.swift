/// What is asked of a server, over its socket or of its storage directly.
enum AdministrationRequest: Codable, Hashable, Sendable {
  case invite(days: Int)
  case accounts
  case backup(path: String)
  case check
  /// Of a stopped server alone.
  case repair
}

enum AdministrationAnswer: Codable, Hashable, Sendable {
  case invite(code: String)
  case accounts([AccountRow])
  case done
  case findings([String])
  case repaired(corrections: [String], findings: [String])
  case failure(CommandFailure)

  /// A server of another version may answer anything.
  static let unexpected = CommandFailure(
    .tryAgain, "The running server gave an answer of another version. Restart it and try again.")
}

/// An account as `ebb-server accounts` shows it.
struct AccountRow: Codable, Hashable, Sendable {
  var id: String
  var name: String
  /// RFC 3339, as `lastSeen`.
  var createdAt: String
  var operations: Int
  var bytes: Int
  /// Installations that are logged in.
  var sessions: Int
  var lastSeen: String?

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(name, forKey: .name)
    try container.encode(createdAt, forKey: .createdAt)
    try container.encode(operations, forKey: .operations)
    try container.encode(bytes, forKey: .bytes)
    try container.encode(sessions, forKey: .sessions)
    // Null rather than left out.
    try container.encode(lastSeen, forKey: .lastSeen)
  }
}
