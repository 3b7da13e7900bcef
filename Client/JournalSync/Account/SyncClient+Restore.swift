import JournalSealing
import JournalStore
import OperationLog
import SecureTransport
import SyncProtocol

/// What to restore with.
package struct Restoration: Sendable {
  package var server: SyncClient.Server
  package var accountName: String
  package var secret: SyncClient.Secret
  /// What to log in as; `nil` for an installation that there never was.
  var installation: InstallationID?

  package init(server: SyncClient.Server, accountName: String, secret: SyncClient.Secret) {
    self.server = server
    self.accountName = accountName
    self.secret = secret
  }
}

package struct RestorationOutcome: Sendable {
  package var link: ServerLink
  package var report: SyncReport
  /// Operations that this machine had written on its own and brings along.
  package var joined: Int
}

extension SyncClient {
  /// Says that another machine may hold this login too, as after a backup was restored; whether there
  /// is one.
  package func shareLogin() throws -> Bool {
    guard var link = try store.readableServerLink() else { return false }
    link.sharesLogin = true
    try store.setServerLink(link)
    return link.token != nil
  }

  /// Logs this journal in to an account that exists, and brings both to the same: into an empty
  /// journal, into one that has been written in without an account, and again into one that was
  /// logged out, revoked, or whose server was set up anew.
  ///
  /// Once logged in, an interrupted restore is carried on by `sync` as well. The first `sync` tells
  /// the other machines of this one, for which every erase has to wait from then on.
  package func restore(
    _ restoration: Restoration, progress: SyncProgress? = nil
  ) async throws -> RestorationOutcome {
    let conversation = conversation(with: restoration.server)
    return try await conversation.closing { conversation in
      let arrival = try await logIn(restoration, conversation)
      await conversation.setToken(arrival.link.token)
      var report = try await underLock {
        try await SyncRun(
          client: self, link: arrival.link, conversation: conversation, progress: progress,
          hasNewLogin: true
        ).run(isRestoring: true)
      }
      if arrival.hasPutKeysBack { report.warn(.keysPutBack) }
      return RestorationOutcome(
        link: try store.serverLink() ?? arrival.link, report: report, joined: arrival.joined)
    }
  }

  private struct Arrival {
    let link: ServerLink
    let joined: Int
    let hasPutKeysBack: Bool
  }

  private func logIn(
    _ restoration: Restoration, _ conversation: ServerConversation
  ) async throws -> Arrival {
    let login = Login(
      conversation: conversation, accountName: restoration.accountName, policy: policy)
    let (challenge, account) = try await login.challenge()
    let root = try login.root(of: restoration.secret, challenge, account: account)
    let old = try store.readableServerLink()
    let replaced = try DeviceRecord.replacedByLogin(store)
    // A copy may have logged in under the same id, or may do so later; two that share one would end
    // each other's sessions for ever. So each restore has an id of its own.
    let installation = try restoration.installation ?? store.newInstallation()
    try store.verifyWritable()
    let session: CreateSessionResponse
    do {
      session = try await login.createSession(
        challenge, installation: installation, root: root)
    } catch let failure as SyncFailure where failure.code == .loginFailed {
      guard let known = old?.keys, known.account == account.description,
        known.salt != challenge.salt || restoration.secret.isRecoveryCode,
        opens(restoration.secret, known)
      else { throw failure }
      throw SyncFailure(.otherSecret, cause: failure)
    }
    await conversation.setToken(session.token)
    do {
      let ring = try SyncFailure.mappingKeys { try KeyRing(unlocking: session.keys, with: root) }
      let (keys, hasPutKeysBack) = try await keysToGoOnWith(
        ring, known: old.flatMap(vouchedKeys), root: root, login)
      let joined = try join(ring)
      let link = ServerLink(
        server: restoration.server.address,
        fingerprint: restoration.server.fingerprint?.description,
        accountName: restoration.accountName, token: session.token, keys: keys,
        installation: installation, isNewServer: old?.server != restoration.server.address)
      try store.logIn(link, as: installation, instead: replaced)
      return Arrival(link: link, joined: joined, hasPutKeysBack: hasPutKeysBack)
    } catch {
      // What cannot be used should not stay open. If this fails too, the first error matters.
      _ = try? await conversation.perform(.deleteCurrentSession)
      throw error
    }
  }

  /// What is known of the keys, unless the disk has changed it.
  private func vouchedKeys(of link: ServerLink) -> KeysDocument? {
    (try? ownRing(link.keys))?.document
  }

  private func join(_ ring: KeyRing) throws -> Int {
    guard try store.account != ring.account else { return 0 }
    do {
      return try store.join(account: ring.account, key: ring.accountKey)
    } catch let error as StoreError where error.code == .otherAccount {
      throw SyncFailure(.otherAccount, cause: error)
    }
  }
}
