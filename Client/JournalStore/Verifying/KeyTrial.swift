internal import JournalSealing
internal import OperationLog

/// Finds out whether a journal's key is right, by its operations, which prove the key as the key
/// proves them. Of account id and key one damaged byte can be found again: there are 12,240 ways.
struct KeyTrial {
  private var samples: [LogRow] = []

  enum Outcome {
    case right
    case mended(AccountID, AccountKey)
    case wrong
  }

  init(_ salvage: Salvage) throws {
    var samples: [LogRow] = []
    // Some may be damaged themselves; a few whole ones do.
    try salvage.operations { row in
      if row.payload != nil, samples.count < 40 { samples.append(row) }
    }
    self.samples = samples
  }

  func key(of journal: JournalRow) -> Outcome {
    if samples.isEmpty || provesMost(journal.account, journal.accountKey) { return .right }
    let account = journal.account.bytes
    let key = journal.accountKey.bytes
    for position in 0..<(account.count + key.count) {
      for flip in 1...255 as ClosedRange<UInt8> {
        var bytes = account + key
        bytes[position] ^= flip
        guard let account = AccountID(bytes.prefix(account.count)),
          let key = AccountKey(Array(bytes.suffix(key.count))), proves(account, key, samplesMax: 2)
        else { continue }
        return .mended(account, key)
      }
    }
    return .wrong
  }

  /// Looks for account id and key on the page that holds them, wherever they lie on it: for a row
  /// whose place or lengths are damaged. They follow each other, after the installation's id.
  func identity(on page: [UInt8]) -> JournalRow? {
    guard !samples.isEmpty else { return nil }
    let counts = (InstallationID.count, AccountID.count, AccountKey.count)
    for start in 0...max(0, page.count - counts.0 - counts.1 - counts.2) {
      let parts = page[start...]
      guard let installation = InstallationID(parts.prefix(counts.0)),
        let account = AccountID(parts.dropFirst(counts.0).prefix(counts.1)),
        let key = AccountKey(Array(parts.dropFirst(counts.0 + counts.1).prefix(counts.2))),
        proves(account, key, samplesMax: 2)
      else { continue }
      return JournalRow(
        installation: installation, account: account, accountKey: key, machine: [], deviceSlot: 0)
    }
    return nil
  }

  /// Whether few are damaged, as damage to operations is. A journal whose key was damaged goes on
  /// with the wrong one, which proves only what was written since.
  private func provesMost(_ account: AccountID, _ key: AccountKey) -> Bool {
    let keys = JournalKeys(accountKey: key, account: account)
    return 2 * samples.count(where: { (try? $0.opened(keys)) != nil }) >= samples.count
  }

  private func proves(_ account: AccountID, _ key: AccountKey, samplesMax: Int = .max) -> Bool {
    let keys = JournalKeys(accountKey: key, account: account)
    return samples.prefix(samplesMax).contains { (try? $0.opened(keys)) != nil }
  }
}
