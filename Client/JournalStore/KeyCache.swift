internal import JournalModel
internal import JournalSealing
internal import OperationLog
internal import Synchronization

/// The keys derived last: another process may have joined the journal to an account meanwhile.
final class KeyCache: Sendable {
  private let derived = Mutex<Derived?>(nil)

  private struct Derived {
    let account: AccountID
    let accountKey: AccountKey
    let keys: JournalKeys
  }

  func keys(of journal: JournalRow) -> JournalKeys {
    derived.withLock { derived in
      if let derived, derived.account == journal.account, derived.accountKey == journal.accountKey {
        return derived.keys
      }
      let keys = JournalKeys(accountKey: journal.accountKey, account: journal.account)
      derived = Derived(account: journal.account, accountKey: journal.accountKey, keys: keys)
      return keys
    }
  }
}

extension JournalKeys {
  /// What a journal keeps of the machine that it is on.
  func tag(ofMachine id: [UInt8]) -> [UInt8] {
    let name = RegisterName("machine/" + Hexadecimal.text(of: id))
    guard let nothing = RecordID([UInt8](repeating: 0, count: RecordID.count)) else { return [] }
    return tag(of: nothing, register: name).bytes
  }
}
