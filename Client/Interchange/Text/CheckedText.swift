/// Text that was proved to be UTF-8.
enum CheckedText {
  /// Where text stops being UTF-8: from 1.
  struct WrongByte: Error, Hashable {
    let position: Int
  }

  /// - Throws: `WrongByte`.
  static func string(_ bytes: some BidirectionalCollection<UInt8>) throws(WrongByte) -> String {
    if let string = String(validating: bytes, as: UTF8.self) { return string }
    var decoder = UTF8()
    var iterator = CountingIterator(base: bytes.makeIterator())
    var good = 0
    while case .scalarValue = decoder.decode(&iterator) { good = iterator.count }
    throw WrongByte(position: good + 1)
  }

  private struct CountingIterator<Base: IteratorProtocol>: IteratorProtocol {
    var base: Base
    var count = 0

    mutating func next() -> Base.Element? {
      guard let element = base.next() else { return nil }
      count += 1
      return element
    }
  }
}
