internal import JournalModel

/// Looks through the registers of an encoded state without making it: what a hundred thousand
/// records say in one field, in a tenth of the time.
///
/// See `RecordStateCoding` for the bytes.
struct RegisterScan {
  /// A register's value where it lies.
  enum Value {
    case text(UnsafeRawBufferPointer)
    case integer(Int64)
    case boolean(Bool)
    case none

    var isTrue: Bool { if case .boolean(true) = self { true } else { false } }
  }

  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  /// Visits all registers, ascending by name. Throws for bytes that no state has.
  static func visit(
    _ bytes: UnsafeRawBufferPointer,
    _ body: (_ name: UnsafeRawBufferPointer, _ value: Value) -> Void
  ) throws {
    var scan = RegisterScan(bytes: bytes)
    guard scan.all(body) else { throw DamagedRow() }
  }

  private init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  private mutating func all(_ body: (UnsafeRawBufferPointer, Value) -> Void) -> Bool {
    guard byte() == RecordStateCoding.format, skip(8), let devices = number(), skip(devices, of: 8),
      let count = number()
    else { return false }
    for _ in 0..<count {
      guard let name = slice(), skipStamp(), let found = self.value() else { return false }
      body(name, found)
      guard skipOperations(), skipOperations(), let siblings = number() else { return false }
      for _ in 0..<siblings {
        guard skipStamp(), self.value() != nil else { return false }
      }
    }
    return position == bytes.count
  }

  private mutating func byte() -> UInt8? {
    guard position < bytes.count else { return nil }
    defer { position += 1 }
    return bytes[position]
  }

  /// LEB128, at most as many as there are bytes.
  private mutating func number() -> Int? {
    guard let number = longNumber(), number <= UInt64(bytes.count) else { return nil }
    return Int(number)
  }

  private mutating func longNumber() -> UInt64? {
    var number: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 63, by: 7) {
      guard let next = byte() else { return nil }
      number |= UInt64(next & 127) << shift
      if next < 128 { return number }
    }
    return nil
  }

  private mutating func skip(_ count: Int, of size: Int = 1) -> Bool {
    guard count <= (bytes.count - position) / size else { return false }
    position += count * size
    return true
  }

  private mutating func slice() -> UnsafeRawBufferPointer? {
    guard let count = number() else { return nil }
    let start = position
    guard skip(count) else { return nil }
    return UnsafeRawBufferPointer(rebasing: bytes[start..<position])
  }

  private mutating func skipStamp() -> Bool { skip(8) && skipOperation() }

  private mutating func skipOperation() -> Bool { longNumber() != nil && longNumber() != nil }

  private mutating func skipOperations() -> Bool {
    guard let count = number() else { return false }
    for _ in 0..<count where !skipOperation() { return false }
    return true
  }

  private mutating func value() -> Value? {
    switch byte() {
    case 0: return slice().map(Value.text)
    case 1:
      let start = position
      guard skip(8) else { return nil }
      return .integer(
        Int64(
          bitPattern: UInt64(
            bigEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))))
    case 2: return .boolean(false)
    case 3: return .boolean(true)
    case 4, 5: return Value.none
    default: return nil
    }
  }
}

extension UnsafeRawBufferPointer {
  func equals(_ name: RegisterName) -> Bool { elementsEqual(name.rawValue.utf8) }

  /// The register of which these bytes are the name.
  var register: RegisterName { RegisterName(String(decoding: self, as: UTF8.self)) }
}
