private import Foundation
package import JournalStore
package import SecureTransport
package import SyncProtocol

/// What this journal knows of its server and account. Kept in the journal's database.
package struct ServerLink: Codable, Hashable, Sendable {
  package var server: ServerAddress
  /// The pin, `sha256:…`; `nil` where the system trusts the server's certificate.
  package var fingerprint: String?
  package var accountName: String
  /// `nil` once logged out.
  package var token: String?
  /// As the server last gave it, or took it.
  package var keys: KeysDocument
  /// This journal is a copy of another machine's, with whom it shares its login: the next login
  /// is made under an installation id of its own.
  package var sharesLogin: Bool

  package init(
    server: ServerAddress, fingerprint: String?, accountName: String, token: String?,
    keys: KeysDocument, sharesLogin: Bool = false
  ) {
    self.server = server
    self.fingerprint = fingerprint
    self.accountName = accountName
    self.token = token
    self.keys = keys
    self.sharesLogin = sharesLogin
  }

  package var trust: TLSClientContext.Trust {
    fingerprint.flatMap { PublicKeyFingerprint($0) }.map { .pinned($0) } ?? .system
  }
}

extension SettingName {
  static let serverLink = SettingName("sync.link")
  static let pendingRegistration = SettingName("sync.registration")
  static let deviceRecord = SettingName("sync.device-record")
}

extension JournalStore {
  /// A value that another version wrote and this one cannot read is none.
  func decodedSetting<Value: Decodable>(_ name: SettingName, as: Value.Type) throws -> Value? {
    try setting(name).flatMap { try? JSONDecoder().decode(Value.self, from: Data($0)) }
  }

  func setEncodedSetting(_ name: SettingName, _ value: (some Encodable)?) throws {
    try setSetting(name, try value.map { Array(try JSONEncoder().encode($0)) })
  }

  /// Reads the link, `nil` before `register` or `restore`.
  package func serverLink() throws -> ServerLink? {
    try decodedSetting(.serverLink, as: ServerLink.self)
  }

  func setServerLink(_ link: ServerLink?) throws {
    try setEncodedSetting(.serverLink, link)
  }
}

/// A registration that may or may not have reached the server: with it, asking again asks for
/// the very same. The recovery code stays until it was shown.
struct PendingRegistration: Codable {
  var keys: KeysDocument
  var recoveryCode: String
}
