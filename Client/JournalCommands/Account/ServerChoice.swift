internal import JournalSync
internal import SecureTransport

/// Finds out whether a server can be reached and trusted, before anybody types a passphrase.
struct ServerChoice {
  let context: CommandContext
  let client: SyncClient

  /// A certificate that the system does not trust is asked about once, as ssh does; without a
  /// terminal it is refused, with the fingerprint that would have been asked about.
  func server(_ url: String, fingerprint: String?) throws -> SyncClient.Server {
    var server = SyncClient.Server(address: try ServerAddress(parsing: url))
    if let fingerprint {
      guard let pin = PublicKeyFingerprint(fingerprint) else {
        throw Failure.usage(Messages.Account.notAFingerprint(fingerprint))
      }
      server.fingerprint = pin
    } else if let link = try context.readableServerLink(), link.server == server.address {
      // Once pinned, only the pin counts.
      server.fingerprint = link.fingerprint.flatMap { PublicKeyFingerprint($0) }
    }
    do {
      try check(server)
    } catch let failure as SyncFailure {
      if fingerprint != nil, case .pinChanged(let given, let presented) = failure.code {
        throw Failure(
          .notAllowed,
          Messages.Account.otherFingerprint(given: "\(given)", presented: "\(presented)"))
      }
      guard case .untrusted(let presented, let reason) = failure.code,
        try confirm(server.address, presented, reason)
      else { throw failure }
      server.fingerprint = presented
      try check(server)
    }
    return server
  }

  private func check(_ server: SyncClient.Server) throws {
    let client = client
    _ = try waiting { try await client.serverInfo(of: server) }
  }

  /// `false` if nobody can be asked.
  private func confirm(
    _ address: ServerAddress, _ fingerprint: PublicKeyFingerprint, _ reason: String
  ) throws -> Bool {
    guard context.terminal.canAsk, let question = Question() else { return false }
    question.say(
      Messages.Account.trust(
        host: Visible.line(address.host), reason: Visible.line(reason),
        fingerprint: fingerprint.description))
    guard question.agrees(Messages.Account.trustQuestion, inFull: true) else {
      throw Failure(.notAllowed, Messages.Account.notTrusted)
    }
    return true
  }
}
