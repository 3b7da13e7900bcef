internal import JournalStore
internal import JournalSync

extension CommandContext {
  /// The journal's dealings with its server; the journal is made if there is none.
  func syncClient() throws -> SyncClient {
    SyncClient(store: try openedJournal(), folder: folders.data)
  }

  /// As `syncClient`, for what makes no sense without an account.
  func syncClientWithAccount() throws -> SyncClient {
    // Asking for a sync is no reason to begin a journal.
    guard try journalToRead() != nil else { throw SyncFailure(.noAccount) }
    return try syncClient()
  }

  /// Before anybody types a passphrase.
  func requireLogin() throws {
    guard let link = try serverLink() else { throw SyncFailure(.noAccount) }
    guard link.token != nil else { throw SyncFailure(.loggedOut) }
  }

  /// For what needs a server, whether or not this machine is logged in.
  func requireLink() throws {
    guard try serverLink() != nil else { throw SyncFailure(.noAccount) }
  }

  /// What is known of server and account; `nil` before there is one.
  func serverLink() throws -> ServerLink? { try journalToRead()?.serverLink() }

  /// The same for who is about to make another: `nil` also where it cannot be read.
  func readableServerLink() throws -> ServerLink? { try journalToRead()?.readableServerLink() }

  /// Unix milliseconds; `nil` if this journal was never synced.
  func lastSync() throws -> Int64? {
    guard let journal = try journalToRead() else { return nil }
    return SyncClient(store: journal, folder: folders.data).lastSync()
  }

  /// What syncs in the background had to say.
  func untoldWarnings() throws -> [String] {
    guard let journal = try journalToRead() else { return [] }
    return try SyncClient(store: journal, folder: folders.data).untoldWarnings()
  }

  /// Unix milliseconds; `nil` if this journal was never restored for practice.
  func lastRehearsal() throws -> Int64? {
    guard let journal = try journalToRead() else { return nil }
    return try SyncClient(store: journal, folder: folders.data).lastRehearsal()
  }

  /// Starts a sync that nobody waits for, once there is an account and unless `config.toml` says
  /// no. It never delays or fails a write: what is wrong with it shows in the next `ebb sync`.
  ///
  /// Without an account, too, `config.toml` is read: what is wrong with it is told by the first
  /// command that saves something, and not by the first that it costs a sync.
  func syncInBackground() {
    guard settings.syncsAutomatically, let journal, (try? journal.hasServerLink) == true,
      (try? journal.serverLink())??.token != nil
    else { return }
    BackgroundSync.startIfNeeded(folder: folders.data, environment: environment.variables)
  }
}
