/// The account plane: who may come in, and with which keys.
///
/// Outcomes that are to be expected are values; what is thrown is a `StorageError`,
/// `DamagedKeys`, or a defect.
package struct AccountService: Sendable {
  let storage: any Storage
  let clock: any ServerClock
  let random: Randomness
  let acceptsServerName: @Sendable (String) -> Bool
  let news: News
  let unknownAccounts: UnknownAccounts
  let challenges: Challenges
  let limiter: LoginLimiter

  /// Reads the server's secret from the storage, or makes it.
  ///
  /// - Parameter acceptsServerName: whether the server goes by a host name (lower case, no port).
  /// - Parameter news: shared with `SyncService`, so that a request that waits hears of the end
  ///   of its session.
  package init(
    storage: any Storage, news: News, clock: any ServerClock = SystemServerClock(),
    random: Randomness = .system, acceptsServerName: @escaping @Sendable (String) -> Bool
  ) async throws {
    self.storage = storage
    self.clock = clock
    self.random = random
    self.acceptsServerName = acceptsServerName
    self.news = news
    unknownAccounts = try UnknownAccounts(secret: try await Self.secret(in: storage, random))
    challenges = Challenges(key: random.bytes(32))
    limiter = LoginLimiter()
  }

  private static func secret(in storage: any Storage, _ random: Randomness) async throws -> [UInt8]
  {
    let name = "secret"
    if let secret = try await storage.read({ try $0.value(named: name) }) { return secret }
    let fresh = random.bytes(32)
    return try await storage.write { transaction in
      if let secret = try transaction.value(named: name) { return secret }
      try transaction.setValue(fresh, named: name)
      return fresh
    }
  }

  /// Whether the storage answers; throws what it says if not.
  package func checkHealth() async throws {
    _ = try await storage.read { try $0.inviteCount() }
  }
}
