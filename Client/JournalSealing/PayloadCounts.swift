internal import OperationLog

/// How many writes and `seen` a payload's message holds, counted before it is decoded.
///
/// Two bytes make an empty write, which takes some hundred bytes of memory when decoded: a
/// payload of 4 MiB could make a reader take hundreds of megabytes.
struct PayloadCounts {
  /// As many as a header has room for tags.
  static let writesMax = OperationHeader.tagsMax
  /// Of all writes together.
  static let seenMax = 65_535

  private(set) var writes = 0
  private(set) var seen = 0

  /// Walks over the message's fields. What is malformed ends the walk: decoding tells it better.
  init(message: [UInt8]) {
    message.withUnsafeBufferPointer { bytes in
      var fields = FieldWalk(bytes: bytes, range: 0..<bytes.count)
      while let (number, content) = fields.next() {
        guard number == FieldNumber.writes else { continue }
        writes += 1
        var inner = FieldWalk(bytes: bytes, range: content)
        while let (number, _) = inner.next() {
          if number == FieldNumber.seen { seen += 1 }
        }
      }
    }
  }

  /// Numbers of payload.proto.
  private enum FieldNumber {
    static let writes: UInt64 = 3
    static let seen: UInt64 = 15
  }
}

/// The fields of a protobuf message: number, and where the content of one with a length lies.
private struct FieldWalk {
  let bytes: UnsafeBufferPointer<UInt8>
  var range: Range<Int>

  mutating func next() -> (number: UInt64, content: Range<Int>)? {
    guard let key = varint() else { return nil }
    var content = range.lowerBound..<range.lowerBound
    switch key & 7 {
    case 0: guard varint() != nil else { return nil }
    case 1: guard skip(8) else { return nil }
    case 2:
      guard let count = varint().flatMap({ Int(exactly: $0) }) else { return nil }
      let start = range.lowerBound
      guard skip(count) else { return nil }
      content = start..<range.lowerBound
    // Groups: what they hold is walked over as if it stood here.
    case 3, 4: break
    case 5: guard skip(4) else { return nil }
    default: return nil
    }
    return (key >> 3, content)
  }

  private mutating func skip(_ count: Int) -> Bool {
    guard count <= range.count else { return false }
    range = (range.lowerBound + count)..<range.upperBound
    return true
  }

  private mutating func varint() -> UInt64? {
    var value: UInt64 = 0
    var position = range.lowerBound
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard position < range.upperBound else { return nil }
      let byte = bytes[position]
      position += 1
      value |= UInt64(byte & 127) << shift
      if byte < 128 {
        range = position..<range.upperBound
        return value
      }
    }
    return nil
  }
}
