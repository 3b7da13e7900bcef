/// The journal on this machine: the operation log, and the state it makes, in one SQLite file.
///
/// Every call is one transaction, and what it wrote is durable when it returns. Any number of
/// processes may use one journal at once: a writer waits for another for some seconds, then throws
/// `StoreError.busy`. Errors are `StoreError`, but for those that a closure passed in throws.
package final class JournalStore: Sendable {
}
