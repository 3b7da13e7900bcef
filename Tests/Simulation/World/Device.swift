import JournalModel
import JournalSealing
import JournalStore
import JournalSync
import OperationLog
import TestSupport

/// A machine with a journal: its disk, its clock, and the process that runs on it.
final class Device: @unchecked Sendable {
  let name: String
  let machine: String
  let disk: SimulatedDisk
  let clock: SimulatedClock
  /// A folder of the real disk, for the lock that keeps two syncs apart.
  let lockFolder: String
  private let environment: StoreEnvironment
  private var store: JournalStore?
  /// Requests on their way, as they were sent.
  var exchanges: [Exchange] = []
  /// What the process does with the server just now.
  var errand: (name: String, outcome: Outcome<SyncReport>)?
  /// What is being erased by the errand, if it is one that erases.
  var erasing: Erasing?
  var standing = Standing.never
  /// Of the last errand that went well.
  var lastReport = SyncReport()
  var backups: [Backup] = []

  /// What its owner was last told about account and server.
  enum Standing: Hashable {
    /// It has no account yet.
    case never
    case joined
    /// It must log in again.
    case loggedOut
    /// The server does not know the account.
    case accountMissing
  }

  struct Backup {
    let image: SimulatedDisk.Image
    let standing: Standing
  }

  /// - Parameter machine: what it takes for its machine's id; a virtual machine's copy has the same.
  init(
    name: String, machine: String, time: SimulatedTime, lockFolder: String,
    random: inout SeededGenerator
  ) {
    self.name = name
    self.machine = machine
    self.lockFolder = lockFolder
    let disk = SimulatedDisk(seed: random.next())
    let clock = SimulatedClock(time)
    let source = RandomSource(seed: random.next())
    self.disk = disk
    self.clock = clock
    environment = StoreEnvironment(
      wallClockMilliseconds: { clock.now }, randomBytes: source.bytes,
      machine: Array(machine.utf8), hostName: name, zones: .utc, busyMilliseconds: 0,
      disk: disk.storeDisk)
  }

  /// The journal, opened if it is not.
  func journal() throws -> JournalStore {
    if let store { return store }
    let opened = try JournalStore.open(folder: disk.folder, environment: environment)
    store = opened
    return opened
  }

  /// Looks into the journal from outside of what happens, by its process's connection, with all
  /// faults put off.
  ///
  /// Where a disk failed so that not even the rollback could be written, SQLite answers the
  /// connection's next read with that old error, and lets go of it then. The process has not come
  /// so far yet.
  func undisturbed<Value>(_ body: (JournalStore) throws -> Value) throws -> Value {
    try disk.undisturbed {
      do {
        return try body(try journal())
      } catch let error as StoreError where error.code == .inputOutput && disk.hasFailed {
        return try body(try journal())
      }
    }
  }

  /// The process that had the journal open has ended.
  func closeJournal() {
    store = nil
  }

  func client() throws -> SyncClient {
    SyncClient(
      store: try journal(), folder: lockFolder, environment: environment,
      transport: SimulatedTransport(device: self), policy: .feignedForTests)
  }
}
