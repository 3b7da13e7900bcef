/// Recognises journals that jrnl has encrypted: they are refused, for jrnl itself decrypts them.
enum JrnlSealing {
  static func isSealed(_ beginning: [UInt8]) -> Bool {
    // jrnl 4 and 2; version 1 has no mark, and is not text.
    if beginning.starts(with: Array("JRNLv3".utf8)) { return true }
    return beginning.starts(with: Array("gAAAAA".utf8))
      && beginning.allSatisfy { $0 != 0x20 && ($0 < 0x80) }
  }
}
