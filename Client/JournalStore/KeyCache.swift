internal import JournalModel
internal import JournalSealing
internal import OperationLog
internal import Synchronization

/// The keys derived last: another process may have joined the journal to an account meanwhile.
final class KeyCache: Sendable {
  private let machine: [UInt8]
  private let derived = Mutex<Derived?>(nil)

  struct Derived {
    fileprivate let account: AccountID
    fileprivate let accountKey: AccountKey
    let keys: JournalKeys
    /// What the journal keeps of the machine that it is on.
    let machineTag: [UInt8]
  }

  /// - Parameter machine: the machine's id.
  init(machine: [UInt8]) {
    self.machine = machine
  }

  func derived(of journal: JournalRow) -> Derived {
    derived.withLock { derived in
      if let derived, derived.account == journal.account, derived.accountKey == journal.accountKey {
        return derived
      }
      let keys = JournalKeys(accountKey: journal.accountKey, account: journal.account)
      let new = Derived(
        account: journal.account, accountKey: journal.accountKey, keys: keys,
        machineTag: keys.tag(ofMachine: machine))
      derived = new
      return new
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
