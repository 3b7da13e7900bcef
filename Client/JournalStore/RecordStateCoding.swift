internal import JournalModel
internal import OperationLog

/// The bytes of a record's state in column `state`: all registers, as merging left them.
///
/// | field | bytes |
/// |---|---|
/// | format | 1: the number 1 |
/// | modified | 8 |
/// | devices | number, then 8 each; operations name a device by its place here |
/// | registers | number, then each: name, stamp, value, `seen`, heads, siblings |
/// | stamp | timestamp (8), operation |
/// | operation | number (place of the device), number (sequence) |
/// | `seen`, heads | number, then operations |
/// | siblings | number, then each: stamp, value |
/// | value | 0 and text; 1 and 8 bytes; 2 false; 3 true; 4 absent; 5 unknown |
/// | name, text | number of bytes, UTF-8 |
///
/// Numbers are LEB128, fields of 8 bytes big-endian. Registers ascend by name, so one state has one
/// encoding. The log can make it anew, so the format may change with a migration.
enum RecordStateCoding {
  static let format: UInt8 = 1

  static func encode(_ state: RecordState) -> [UInt8] {
    var encoder = Encoder()
    for (name, register) in state.registers.sorted(by: { $0.key < $1.key }) {
      encoder.append(register, named: name)
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(encoder.bytes.count + 32)
    bytes.append(format)
    bytes.append(bigEndian: state.modified.rawValue)
    bytes.append(number: UInt64(encoder.devices.count))
    for device in encoder.devices { bytes.append(bigEndian: device.rawValue) }
    bytes.append(number: UInt64(state.registers.count))
    bytes += encoder.bytes
    return bytes
  }

  /// `nil` for bytes that `encode` does not make.
  static func decode(
    _ bytes: UnsafeRawBufferPointer, id: RecordID, kind: RecordKind
  ) -> RecordState? {
    var decoder = Decoder(bytes: bytes)
    guard decoder.byte() == format, let modified = decoder.word(), let devices = decoder.devices()
    else { return nil }
    decoder.deviceTable = devices
    guard let count = decoder.count() else { return nil }
    var registers: [RegisterName: RecordState.Register] = [:]
    registers.reserveCapacity(count)
    for _ in 0..<count {
      guard let name = decoder.text(), let register = decoder.register() else { return nil }
      registers[RegisterName(name)] = register
    }
    guard decoder.isAtEnd, registers.count == count else { return nil }
    return RecordState(
      id: id, kind: kind, registers: registers, modified: Timestamp(rawValue: modified))
  }
}

extension [UInt8] {
  fileprivate mutating func append(number: UInt64) {
    var rest = number
    while rest > 127 {
      append(UInt8(truncatingIfNeeded: rest) | 128)
      rest >>= 7
    }
    append(UInt8(rest))
  }
}

private struct Encoder {
  var bytes: [UInt8] = []
  var devices: [DeviceID] = []

  init() {
    bytes.reserveCapacity(256)
  }

  mutating func append(_ register: RecordState.Register, named name: RegisterName) {
    append(name.rawValue)
    append(register.stamp)
    append(register.value)
    append(register.seen)
    append(register.heads)
    bytes.append(number: UInt64(register.siblings.count))
    for sibling in register.siblings {
      append(sibling.stamp)
      append(sibling.value)
    }
  }

  private mutating func append(_ text: String) {
    let utf8 = text.utf8
    bytes.append(number: UInt64(utf8.count))
    bytes.append(contentsOf: utf8)
  }

  private mutating func append(_ stamp: Stamp) {
    bytes.append(bigEndian: stamp.timestamp.rawValue)
    append(stamp.id)
  }

  private mutating func append(_ operations: [OperationID]) {
    bytes.append(number: UInt64(operations.count))
    for operation in operations { append(operation) }
  }

  private mutating func append(_ operation: OperationID) {
    let place: Int
    if let known = devices.firstIndex(of: operation.device) {
      place = known
    } else {
      place = devices.count
      devices.append(operation.device)
    }
    bytes.append(number: UInt64(place))
    bytes.append(number: operation.sequence.rawValue)
  }

  private mutating func append(_ value: RegisterValue) {
    switch value {
    case .text(let text):
      bytes.append(0)
      append(text)
    case .integer(let integer):
      bytes.append(1)
      bytes.append(bigEndian: UInt64(bitPattern: integer))
    case .boolean(false): bytes.append(2)
    case .boolean(true): bytes.append(3)
    case .absent: bytes.append(4)
    case .unknown: bytes.append(5)
    }
  }
}

/// Reads what a damaged file may hold: never beyond the end.
private struct Decoder {
  let bytes: UnsafeRawBufferPointer
  var position = 0
  var deviceTable: [DeviceID] = []

  init(bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
  }

  var isAtEnd: Bool { position == bytes.count }

  mutating func byte() -> UInt8? {
    guard position < bytes.count else { return nil }
    defer { position += 1 }
    return bytes[position]
  }

  mutating func word() -> UInt64? {
    guard bytes.count - position >= 8 else { return nil }
    defer { position += 8 }
    return UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
  }

  mutating func number() -> UInt64? {
    var number: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 63, by: 7) {
      guard let next = byte() else { return nil }
      number |= UInt64(next & 127) << shift
      if next < 128 { return number }
    }
    return nil
  }

  /// A number of things that take at least a byte each.
  mutating func count() -> Int? {
    guard let number = number(), number <= UInt64(bytes.count - position) else { return nil }
    return Int(number)
  }

  mutating func devices() -> [DeviceID]? {
    guard let count = count() else { return nil }
    var devices: [DeviceID] = []
    for _ in 0..<count {
      guard let id = word() else { return nil }
      devices.append(DeviceID(rawValue: id))
    }
    return devices
  }

  mutating func text() -> String? {
    guard let count = count() else { return nil }
    defer { position += count }
    return String(
      decoding: UnsafeRawBufferPointer(rebasing: bytes[position..<(position + count)]),
      as: UTF8.self)
  }

  mutating func register() -> RecordState.Register? {
    guard let stamp = stamp(), let value = value(), let seen = operations(),
      let heads = operations(), let siblingCount = count()
    else { return nil }
    var siblings: [RecordState.Sibling] = []
    for _ in 0..<siblingCount {
      guard let stamp = self.stamp(), let value = self.value() else { return nil }
      siblings.append(RecordState.Sibling(stamp: stamp, value: value))
    }
    return RecordState.Register(
      stamp: stamp, value: value, seen: seen, heads: heads, siblings: siblings)
  }

  private mutating func stamp() -> Stamp? {
    guard let timestamp = word(), let id = operation() else { return nil }
    return Stamp(timestamp: Timestamp(rawValue: timestamp), id: id)
  }

  private mutating func operation() -> OperationID? {
    guard let place = number(), place < UInt64(deviceTable.count), let sequence = number(),
      sequence <= Sequence.max.rawValue
    else { return nil }
    return OperationID(device: deviceTable[Int(place)], sequence: Sequence(sequence))
  }

  private mutating func operations() -> [OperationID]? {
    guard let count = count() else { return nil }
    guard count > 0 else { return [] }
    var operations: [OperationID] = []
    for _ in 0..<count {
      guard let operation = operation() else { return nil }
      operations.append(operation)
    }
    return operations
  }

  private mutating func value() -> RegisterValue? {
    switch byte() {
    case 0: text().map(RegisterValue.text)
    case 1: word().map { .integer(Int64(bitPattern: $0)) }
    case 2: .boolean(false)
    case 3: .boolean(true)
    case 4: .absent
    case 5: .unknown
    default: nil
    }
  }
}
