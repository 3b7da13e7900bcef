/// A hash of some columns of a row, to be added up: sums of the same rows are the same, whatever
/// their order. Finds accidents, not attackers.
enum RowHash {
  static func of(_ row: ResultRow, columns: Range<Int32>) -> UInt64 {
    columns.reduce(0) { hash, column in
      let bytes = row.withBytes(column) { bytes in
        bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
      }
      return mixed(hash ^ bytes)
    }
  }

  /// SplitMix64's finalizer.
  private static func mixed(_ value: UInt64) -> UInt64 {
    var value = value &+ 0x9e37_79b9_7f4a_7c15
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value >> 31)
  }
}
