package import JournalModel

/// What the store needs from the world around it, so that tests can be exact.
package struct StoreEnvironment: Sendable {
  /// Unix time in milliseconds.
  package var wallClockMilliseconds: @Sendable () -> Int64
  /// Fresh random bytes, fit for keys.
  package var randomBytes: @Sendable (Int) -> [UInt8]
  /// The machine's id, of which only a keyed hash is stored (as machine-id(5) asks): a store that
  /// finds another one is a clone.
  package var machine: [UInt8]
  /// The machine's name, for the record that Ebb keeps of each installation.
  package var hostName: String
  /// Where whole days start.
  package var zones: ZoneRules
  /// How long a command waits for another one that is writing.
  package var busyMilliseconds: Int
  /// The file system, as far as SQLite does not see to it.
  package var disk: StoreDisk

  package init(
    wallClockMilliseconds: @escaping @Sendable () -> Int64,
    randomBytes: @escaping @Sendable (Int) -> [UInt8],
    machine: [UInt8], hostName: String, zones: ZoneRules, busyMilliseconds: Int = 5_000,
    disk: StoreDisk = .system
  ) {
    self.wallClockMilliseconds = wallClockMilliseconds
    self.randomBytes = randomBytes
    self.machine = machine
    self.hostName = hostName
    self.zones = zones
    self.busyMilliseconds = busyMilliseconds
    self.disk = disk
  }
}
