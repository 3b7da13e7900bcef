package import JournalSealing
package import JournalStore
package import SecureTransport
package import SyncProtocol

/// A journal's dealings with its server.
///
/// Everything may be done again after it was interrupted, whether or not it had reached the
/// server. Throws `SyncFailure`, `StoreError` for the journal itself, `CancellationError` when the
/// task is cancelled. Nothing that was saved is ever lost by a failure.
package struct SyncClient: Sendable {
  let store: JournalStore
  let folder: String
  let environment: StoreEnvironment
  let transport: any SyncTransport
  let policy: DerivationPolicy

  /// - Parameter folder: the journal's; the files that keep two syncs apart lie there.
  /// - Parameter policy: which key derivations are accepted; weaker ones in tests alone.
  package init(
    store: JournalStore, folder: String, environment: StoreEnvironment = .live,
    transport: any SyncTransport = TLSTransport(), policy: DerivationPolicy = .strict
  ) {
    self.store = store
    self.folder = folder
    self.environment = environment
    self.transport = transport
    self.policy = policy
  }

  /// The files it keeps in the journal's folder.
  package static let fileNames = ["sync.lock", "rehearsal.lock"]

  /// What proves that an account is one's own.
  package enum Secret: Sendable {
    case passphrase(Passphrase)
    case recoveryCode(RecoveryCode)

    var isRecoveryCode: Bool {
      if case .recoveryCode = self { true } else { false }
    }
  }

  /// Which server, and whom to believe that it is.
  package struct Server: Sendable {
    package var address: ServerAddress
    /// `nil`: whom the system trusts. Ask with `serverInfo` first: it fails with `.untrusted`,
    /// which names the fingerprint to ask about.
    package var fingerprint: PublicKeyFingerprint?

    package init(address: ServerAddress, fingerprint: PublicKeyFingerprint? = nil) {
      self.address = address
      self.fingerprint = fingerprint
    }

    var trust: TLSClientContext.Trust { fingerprint.map { .pinned($0) } ?? .system }
  }

  /// Asks a server who it is: one request, to see that it can be reached and trusted before
  /// anybody types a passphrase. Refuses another protocol (`.protocolVersion`).
  package func serverInfo(of server: Server) async throws -> ServerInfo {
    let conversation = conversation(with: server)
    return try await conversation.closing {
      try await $0.call(.server, as: ServerInfo.self)
    }
  }
}

extension SyncClient {
  func conversation(with server: Server, token: String? = nil) -> ServerConversation {
    ServerConversation(
      transport: transport, server: server.address, trust: server.trust, token: token)
  }

  func conversation(of link: ServerLink) -> ServerConversation {
    ServerConversation(
      transport: transport, server: link.server, trust: link.trust, token: link.token)
  }

  /// The link of a journal that is logged in.
  func activeLink() throws -> ServerLink {
    guard let link = try store.serverLink() else { throw SyncFailure(.noAccount) }
    guard link.token != nil else { throw SyncFailure(.loggedOut) }
    return link
  }
}
