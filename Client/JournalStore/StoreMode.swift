/// What a command means to do with the journal it opens.
package enum StoreMode: Sendable {
  /// Reads and writes; makes folder, journal, keys and ids where there are none.
  case readWrite
  /// Reads and writes a journal that is there; `StoreError.missing` when there is none.
  case existing
  /// Only reads, from a read-only disk too; `StoreError.missing` when there is no journal.
  case readOnly
}
