/// Recognises journals that jrnl has encrypted: they are refused, for jrnl itself decrypts them.
enum JrnlSealing {
  static func isSealed(_ beginning: [UInt8]) -> Bool {
    // jrnl 4 and 2.
    if beginning.starts(with: Array("JRNLv3".utf8)) { return true }
    return beginning.starts(with: Array("gAAAAA".utf8))
      && beginning.allSatisfy { $0 != 0x20 && ($0 < 0x80) }
  }

  /// jrnl 1 wrote bytes without a mark. A file that is named like text and holds what no text in any
  /// encoding does is taken for such a one.
  static func isSealedByFirstVersion(_ beginning: [UInt8], _ fileExtension: String) -> Bool {
    guard ["txt", "journal", "jrnl"].contains(fileExtension), beginning.count >= 32,
      TextEncoding.marked(beginning) == nil
    else { return false }
    let controls = beginning.count { $0 < 0x20 && !(0x09...0x0d).contains($0) }
    // Of random bytes every ninth is one.
    return controls * 20 > beginning.count && beginning.contains { $0 >= 0x80 }
  }
}
