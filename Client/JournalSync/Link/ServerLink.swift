private import Foundation
package import JournalStore
package import OperationLog
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
  /// Whose login this is.
  package var installation: String
  /// This journal is a copy, and its login is that of the journal it was copied from: which goes
  /// on, until there is a login of its own.
  package var sharesLogin: Bool
  /// A server that never had this journal: what it lacks it has not lost.
  package var isNewServer: Bool

  package init(
    server: ServerAddress, fingerprint: String?, accountName: String, token: String?,
    keys: KeysDocument, installation: InstallationID, isNewServer: Bool
  ) {
    self.server = server
    self.fingerprint = fingerprint
    self.accountName = accountName
    self.token = token
    self.keys = keys
    self.installation = installation.description
    sharesLogin = false
    self.isNewServer = isNewServer
  }

  package var trust: TLSClientContext.Trust {
    fingerprint.flatMap { PublicKeyFingerprint($0) }.map { .pinned($0) } ?? .system
  }
}

extension SettingName {
  static let serverLink = SettingName("sync.link")
  static let pendingRegistration = SettingName("sync.registration")
  static let deviceRecord = SettingName("sync.device-record")
  static let revokedMachines = SettingName("sync.revoked")
  static let formerInstallation = SettingName("sync.former-installation")
  static let doubtedClock = SettingName("sync.doubted-clock")
  static let heard = SettingName("sync.heard")
  static let toldKeptFiles = SettingName("sync.told-kept-files")
  static let untoldWarnings = SettingName("sync.untold-warnings")
}

extension JournalStore {
  /// A value that another version wrote and this one cannot read is none.
  func decodedSetting<Value: Decodable & Sendable>(
    _ name: SettingName, as: Value.Type
  ) throws -> Value? {
    try setting(name) { try? JSONDecoder().decode(Value.self, from: Data($0)) }
  }

  func setEncodedSetting(_ name: SettingName, _ value: (some Encodable)?) throws {
    try setSetting(name, try value.map { try Self.encodedSetting($0) })
  }

  static func encodedSetting(_ value: some Encodable) throws -> [UInt8] {
    Array(try JSONEncoder().encode(value))
  }

  /// Reads the link, `nil` before `register` or `restore`. Throws `.linkDamaged` if it cannot be
  /// read or is lost: taken for none, a journal would silently be synced no more.
  package func serverLink() throws -> ServerLink? {
    let link = try readableServerLink()
    if link == nil, try hasHadServerLink { throw SyncFailure(.linkDamaged) }
    return link
  }

  /// The link for who is about to make another: `nil` also where it cannot be read.
  package func readableServerLink() throws -> ServerLink? {
    try decodedSetting(.serverLink, as: ServerLink.self)
  }

  /// Whether there is one: quicker than to read it.
  package var hasServerLink: Bool {
    get throws { try setting(.serverLink) != nil }
  }

  /// Whether there must have been one: a journal that leaves its account forgets what the server had
  /// accepted.
  package var hasLostLink: Bool {
    get throws {
      try !hasServerLink && acceptedByDevice().values.contains { $0 > .none }
    }
  }

  /// Whether there is one, readable or not, or must have been.
  package var hasHadServerLink: Bool { get throws { try hasServerLink || hasLostLink } }

  func setServerLink(_ link: ServerLink?) throws {
    try setEncodedSetting(.serverLink, link)
  }

  /// Changes the link as it is now, if there is one that can be read.
  func updateServerLink(_ change: (inout ServerLink) -> Void) throws {
    try updateSetting(.serverLink) { bytes in
      guard let bytes, var link = try? JSONDecoder().decode(ServerLink.self, from: Data(bytes))
      else { return bytes }
      change(&link)
      return Array(try JSONEncoder().encode(link))
    }
  }

  /// Logs in with a link: this journal is known as its installation from then on, which tells whose
  /// place it takes, if anybody's.
  func logIn(_ link: ServerLink, as installation: InstallationID, instead: InstallationID?) throws {
    let encoder = JSONEncoder()
    let former = instead.map {
      DeviceRecord.Former(installation: installation.description, former: $0.description)
    }
    try setInstallation(
      installation,
      with: [
        .serverLink: Array(try encoder.encode(link)),
        .formerInstallation: try former.map { Array(try encoder.encode($0)) },
      ])
  }
}

/// A registration that may or may not have reached the server: with it, asking again asks for
/// the very same. The recovery code stays until it was shown.
struct PendingRegistration: Codable {
  var keys: KeysDocument
  var recoveryCode: String
}
