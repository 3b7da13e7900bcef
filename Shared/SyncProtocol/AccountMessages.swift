// The JSON messages of the account plane. Bytes are standard base64 with padding; ids are
// lower-case hexadecimal.

/// The answer to `GET /v1/server`.
package struct ServerInfo: Codable, Hashable, Sendable {
  package var name: String
  package var version: String
  package var protocolVersion: Int

  package init(name: String, version: String, protocolVersion: Int) {
    self.name = name
    self.version = version
    self.protocolVersion = protocolVersion
  }

  private enum CodingKeys: String, CodingKey {
    case name
    case version
    case protocolVersion = "protocol"
  }
}

/// `POST /v1/accounts`: answered with 201, and again with 200 when the very same is asked again.
package struct CreateAccountRequest: Codable, Hashable, Sendable {
  package var name: String
  /// `nil` for an account that exists already under this name and these keys.
  package var invite: String?
  package var keys: KeysDocument

  package init(name: String, invite: String?, keys: KeysDocument) {
    self.name = name
    self.invite = invite
    self.keys = keys
  }
}

/// `POST /v1/challenges`.
package struct ChallengeRequest: Codable, Hashable, Sendable {
  package var name: String

  package init(name: String) {
    self.name = name
  }
}

/// What a login is derived from. For unknown names the server makes all of it from a secret.
package struct ChallengeResponse: Codable, Hashable, Sendable {
  /// 32 bytes, used once, within two minutes.
  package var challenge: Base64Bytes
  package var account: String
  package var salt: Base64Bytes
  package var parameters: DerivationParameters

  package init(
    challenge: Base64Bytes, account: String, salt: Base64Bytes, parameters: DerivationParameters
  ) {
    self.challenge = challenge
    self.account = account
    self.salt = salt
    self.parameters = parameters
  }
}

/// A challenge signed by one of the account's login keys.
package struct SignedChallenge: Codable, Hashable, Sendable {
  package var account: String
  package var challenge: Base64Bytes
  /// The host in the client's URL: lower case, without port.
  package var serverName: String
  package var key: LoginKeyKind
  /// Ed25519, over `LoginSignature.message`.
  package var signature: Base64Bytes

  package init(
    account: String, challenge: Base64Bytes, serverName: String, key: LoginKeyKind,
    signature: Base64Bytes
  ) {
    self.account = account
    self.challenge = challenge
    self.serverName = serverName
    self.key = key
    self.signature = signature
  }
}

/// Which of the two login keys on file signed.
package enum LoginKeyKind: String, Codable, Sendable {
  case passphrase
  case recovery
}

/// `POST /v1/sessions`.
package struct CreateSessionRequest: Codable, Hashable, Sendable {
  package var login: SignedChallenge
  /// 32 hexadecimal digits. A new session of an installation ends its old ones.
  package var installation: String

  package init(login: SignedChallenge, installation: String) {
    self.login = login
    self.installation = installation
  }
}

package struct CreateSessionResponse: Codable, Hashable, Sendable {
  /// Sent as `Authorization: Bearer TOKEN`: 256 random bits, base64url without padding.
  package var token: String
  package var keys: KeysDocument

  package init(token: String, keys: KeysDocument) {
    self.token = token
    self.keys = keys
  }
}

/// `PUT /v1/keys`: replaces version `replaces` of the document.
package struct PutKeysRequest: Codable, Hashable, Sendable {
  /// `nil` to give back, to a server whose disk has damaged it, the very document that it had: all
  /// that a session is good for.
  package var login: SignedChallenge?
  package var replaces: Int
  package var keys: KeysDocument

  package init(login: SignedChallenge?, replaces: Int, keys: KeysDocument) {
    self.login = login
    self.replaces = replaces
    self.keys = keys
  }
}

/// `DELETE /v1/account`.
package struct DeleteAccountRequest: Codable, Hashable, Sendable {
  package var login: SignedChallenge

  package init(login: SignedChallenge) {
    self.login = login
  }
}

/// The answer to `GET /v1/devices`: the account's installations. Their names are sealed.
package struct DeviceList: Codable, Hashable, Sendable {
  package var devices: [Device]

  package init(devices: [Device]) {
    self.devices = devices
  }

  package struct Device: Codable, Hashable, Sendable {
    /// The installation's id.
    package var id: String
    /// Unix time in milliseconds.
    package var lastSeen: Int64
    package var current: Bool
    package var revoked: Bool
    /// Whether it has no session: revoked, or logged out. Older servers do not say.
    package var loggedOut: Bool?

    package init(id: String, lastSeen: Int64, current: Bool, revoked: Bool, loggedOut: Bool) {
      self.id = id
      self.lastSeen = lastSeen
      self.current = current
      self.revoked = revoked
      self.loggedOut = loggedOut
    }
  }
}
