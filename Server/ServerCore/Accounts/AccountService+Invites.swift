extension AccountService {
  package static let inviteDaysDefault = 7

  /// Makes an invite, good for one account.
  package func createInvite(validDays: Int = inviteDaysDefault) async throws -> Invite {
    let now = clock.now()
    let days = Int64(min(max(validDays, 1), 36_500))
    let invite = Invite(
      code: InviteCode.random(random), expiresAt: now + days * 24 * 60 * 60 * 1000)
    try await keep(invite, at: now)
    return invite
  }

  /// The invite of a server that never had one: `nil` once there is an account or an invite.
  package func firstInvite() async throws -> Invite? {
    let isFirst = try await storage.read {
      try $0.inviteCount() == 0 && $0.accounts().isEmpty
    }
    return isFirst ? try await createInvite() : nil
  }

  private func keep(_ invite: Invite, at now: Int64) async throws {
    guard let hash = InviteCode.hash(invite.code) else { return }
    try await storage.write { transaction in
      // Those that ended a while ago are of no more use to anybody.
      try transaction.removeInvites(expiredBefore: now - 30 * 24 * 60 * 60 * 1000)
      try transaction.addInvite(
        StoredInvite(hash: hash, expiresAt: invite.expiresAt, isUsed: false))
    }
  }
}
