import JournalSealing
import JournalStore
import OperationLog

/// A claim of the server's to have another operation under a name of this machine's.
struct Doubt {
  let id: OperationID
  /// It showed the operation; ours had been accepted by some server, and keeps its name.
  var isShown = false
}

/// Copies. Two journals that write under one device id are told apart by what they wrote, never by
/// what a server says of it.
extension SyncRun {
  /// Has another round ask for the operation itself; `nil` if that was done already.
  mutating func doubt(_ id: OperationID) throws -> Next? {
    guard doubt == nil else { return nil }
    doubt = Doubt(id: id)
    return try allow(.doubt)
  }

  /// What to ask beyond: of a device in doubt all from the doubtful operation on, which a server
  /// that has another one sends along.
  func asked(_ known: [DeviceKnowledge]) throws -> [DeviceKnowledge] {
    guard let id = doubt?.id,
      let own = try store.operations(
        of: id.device, id.sequence...id.sequence, limitOperations: 1, limitBytes: .max
      ).first
    else { return known }
    return known.map { knowledge in
      guard knowledge.device == id.device else { return knowledge }
      var asked = knowledge
      asked.sequences = KnownSequences(gapless: id.sequence)
      asked.digest = own.header.digest
      return asked
    }
  }

  /// Notes what an answer has shown of the operation in doubt, and what that did here.
  mutating func note(_ outcome: ApplyOutcome) throws {
    for id in outcome.contradictions where id != doubt?.id { try tellContested(id) }
    if let device = outcome.newDevice { try tellFork(device) }
    if let id = doubt?.id, outcome.contradictions.contains(id) { doubt?.isShown = true }
  }

  /// Is told with each sync from now on: once both sides have gone on from there, nothing shows it.
  mutating func tellContested(_ id: OperationID) throws {
    if let digest = try store.digest(of: id) { missing.contest(id, by: digest) }
    report.warn(.differs(id))
  }

  /// Goes on under a new device id if the server has shown what it claims, and names it if not.
  mutating func settleFork(_ heads: Heads) throws -> Next? {
    if let doubt, !hasForked {
      if doubt.isShown {
        guard try doubt.id.device == store.device else {
          try tellContested(doubt.id)
          return nil
        }
        try tellFork(try store.fork(from: doubt.id))
      } else if heads.damaged.contains(doubt.id) {
        try makeWay(forDamaged: doubt.id)
      } else {
        report.warn(.unfounded(doubt.id))
      }
    }
    guard hasForked else { return nil }
    (doubt, hasForked) = (nil, false)
    return try allow(.fork)
  }

  /// Another machine has seen more under the present id than this journal ever wrote under it: this
  /// one was put back, and the server with it. What it writes now has to bear another id.
  mutating func partFromOwnFuture(of device: DeviceID) throws -> Next {
    let released = try store.released(of: device)
    try tellFork(try store.fork(from: OperationID(device: device, sequence: released.next)))
    (doubt, hasForked) = (nil, false)
    return try allow(.fork)
  }

  /// Says how far it knows a device of which the server has another operation: if its machine was put
  /// back, it hears so that it was.
  mutating func tellContested() async throws {
    guard try deviceRecord.writeIfUntold(of: contestedElsewhere) else { return }
    while try await round(isLive: false) == .again {}
  }

  /// A server cannot show what its disk has damaged, and keeps the name for whoever has it. What
  /// was written here has to be sent under another one.
  private mutating func makeWay(forDamaged id: OperationID) throws {
    report.warn(.damagedThere(id))
    guard try id.sequence > store.released(of: id.device) else { return }
    _ = try store.fork(from: id)
    try goOnAsFork()
  }

  private mutating func tellFork(_ device: DeviceID) throws {
    report.takeBack {
      switch $0 {
      case .forked, .parted: true
      default: false
      }
    }
    report.warn(hasNewLogin ? .parted(newDevice: device) : .forked(newDevice: device))
    try goOnAsFork()
    if !hasNewLogin { try shareLogin() }
  }

  /// What it says of itself from now on is another installation's, and said at once: an erase has
  /// to wait for this machine too.
  private mutating func goOnAsFork() throws {
    hasForked = true
    if hasNewLogin, let own = InstallationID(hexadecimal: link.installation) {
      // Whose place it was to take has turned out to be another machine.
      try store.setInstallation(own)
      try store.setSetting(.formerInstallation, nil)
    }
    try deviceRecord.follow(client)
    try deviceRecord.writeIfDue()
  }

  /// A journal that came here from another machine, or from a backup, goes on with the login it
  /// was copied with: only somebody who knows the passphrase can give it its own.
  mutating func tellCopy() throws {
    guard try !link.sharesLogin && link.installation != store.installation.description
    else { return }
    report.warn(.copied(newDevice: try store.device))
    try shareLogin()
  }

  private mutating func shareLogin() throws {
    try changeLink { $0.sharesLogin = true }
  }
}
