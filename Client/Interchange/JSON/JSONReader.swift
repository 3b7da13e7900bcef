/// Reads JSON (RFC 8259) piece by piece, so that of a large document only one element needs to be
/// held at a time.
///
/// It also takes what is wrong without being unclear, for an entry is worth more than a rule:
/// control characters in strings, and numbers such as `01`, `.5` and `1.`.
///
/// Written by hand: Foundation's reader holds the whole document many times over.
struct JSONReader {
  let bytes: [UInt8]
  private(set) var position: Int
  private var depth = 0
  private var counted = (position: 0, line: 1)

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    position = bytes.starts(with: TextEncoding.utf8Mark) ? 3 : 0
  }

  /// Deeper than anybody nests, and far from the end of the stack.
  static let depthMax = 200

  /// The line that the reader has come to, from 1.
  mutating func line() -> Int {
    while counted.position < position {
      if bytes[counted.position] == 0x0a { counted.line += 1 }
      counted.position += 1
    }
    return counted.line
  }

  /// The byte that comes next after white space.
  mutating func next() -> UInt8? {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0a, 0x0d: position += 1
      default: return bytes[position]
      }
    }
    return nil
  }

  /// The end of the document.
  mutating func finish() throws {
    if next() != nil { throw error(.unexpected) }
  }

  /// - Throws: `JSONError`, like all that follows.
  mutating func value() throws -> JSONValue {
    switch next() {
    case nil: throw error(.endsEarly)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "{"):
      var members: [JSONValue.Member] = []
      try forEachMember { key, reader in
        members.append(.init(key: key, value: try reader.value()))
      }
      return .object(members)
    case UInt8(ascii: "["):
      var elements: [JSONValue] = []
      try forEachElement { reader in elements.append(try reader.value()) }
      return .array(elements)
    case UInt8(ascii: "t"): return try word("true", .boolean(true))
    case UInt8(ascii: "f"): return try word("false", .boolean(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return .number(try number())
    }
  }

  /// The elements of the array that comes next; `body` reads one each time.
  mutating func forEachElement(_ body: (inout JSONReader) throws -> Void) throws {
    try open("[")
    if next() == UInt8(ascii: "]") { return close() }
    repeat { try body(&self) } while try takesSeparator(before: "]")
  }

  /// The members of the object that comes next; `body` gets the name and reads the value.
  mutating func forEachMember(_ body: (String, inout JSONReader) throws -> Void) throws {
    try open("{")
    if next() == UInt8(ascii: "}") { return close() }
    repeat {
      guard next() != nil else { throw error(.endsEarly) }
      guard next() == UInt8(ascii: "\"") else { throw error(.unexpected) }
      let key = try string()
      guard let colon = next() else { throw error(.endsEarly) }
      guard colon == UInt8(ascii: ":") else { throw error(.unexpected) }
      position += 1
      try body(key, &self)
    } while try takesSeparator(before: "}")
  }

  private mutating func open(_ bracket: Unicode.Scalar) throws {
    guard let byte = next() else { throw error(.endsEarly) }
    guard byte == UInt8(ascii: bracket) else { throw error(.unexpected) }
    guard depth < Self.depthMax else { throw error(.tooDeep) }
    depth += 1
    position += 1
  }

  private mutating func close() {
    depth -= 1
    position += 1
  }

  /// Whether another follows; else the end was taken.
  private mutating func takesSeparator(before end: Unicode.Scalar) throws -> Bool {
    guard let byte = next() else { throw error(.endsEarly) }
    if byte == UInt8(ascii: end) {
      close()
      return false
    }
    guard byte == UInt8(ascii: ",") else { throw error(.unexpected) }
    position += 1
    return true
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) throws -> JSONValue {
    for index in 0..<word.utf8CodeUnitCount {
      guard position < bytes.count else { throw error(.endsEarly) }
      guard bytes[position] == word.utf8Start[index] else { throw error(.unexpected) }
      position += 1
    }
    return value
  }

  private mutating func number() throws -> String {
    let start = position
    while position < bytes.count, Self.isOfNumber(bytes[position]) { position += 1 }
    let digits = String(decoding: bytes[start..<position], as: UTF8.self)
    guard !digits.isEmpty, Double(digits) != nil else {
      throw error(position == bytes.count ? .endsEarly : .unexpected)
    }
    return digits
  }

  private static func isOfNumber(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }

  private func error(_ reason: JSONError.Reason) -> JSONError {
    JSONError(position: position, reason: reason)
  }
}

// Strings.
extension JSONReader {
  private mutating func string() throws -> String {
    position += 1
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        let text = try checked(bytes[start..<position], from: start)
        position += 1
        return text
      case UInt8(ascii: "\\"): return try escapedString(from: start)
      default: position += 1
      }
    }
    throw error(.endsEarly)
  }

  private mutating func escapedString(from start: Int) throws -> String {
    var text = Array(bytes[start..<position])
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return try checked(text[...], from: start)
      case UInt8(ascii: "\\"): text += try escaped()
      default: text.append(byte)
      }
    }
    throw error(.endsEarly)
  }

  private mutating func escaped() throws -> [UInt8] {
    guard position < bytes.count else { throw error(.endsEarly) }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "n"): return [0x0a]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "r"): return [0x0d]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0c]
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "u"): return Array(String(try escapedScalar()).utf8)
    default: throw error(.unexpected)
    }
  }

  /// Half of a pair alone is U+FFFD, as everywhere else.
  private mutating func escapedScalar() throws -> Unicode.Scalar {
    let unit = try codeUnit()
    if let scalar = Unicode.Scalar(unit) { return scalar }
    guard unit < 0xdc00, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
      bytes[position + 1] == UInt8(ascii: "u")
    else { return "\u{FFFD}" }
    let before = position
    position += 2
    let second = try codeUnit()
    guard (0xdc00...0xdfff).contains(second) else {
      position = before
      return "\u{FFFD}"
    }
    return Unicode.Scalar(0x10000 + (unit - 0xd800) << 10 + (second - 0xdc00)) ?? "\u{FFFD}"
  }

  private mutating func codeUnit() throws -> UInt32 {
    guard position + 4 <= bytes.count else { throw error(.endsEarly) }
    var unit: UInt32 = 0
    for byte in bytes[position..<position + 4] {
      guard let digit = Self.digit(byte) else { throw error(.unexpected) }
      unit = unit << 4 | digit
    }
    position += 4
    return unit
  }

  private static func digit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte) - 48
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte) - 87
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte) - 55
    default: nil
    }
  }

  /// Text that was written from `start` on. Escapes are ASCII, so the first wrong byte of the text is
  /// that of what was written too.
  private func checked(_ text: ArraySlice<UInt8>, from start: Int) throws -> String {
    if let string = String(validating: text, as: UTF8.self) { return string }
    do throws(CheckedText.WrongByte) {
      return try CheckedText.string(bytes[start..<position])
    } catch {
      throw JSONError(position: start + error.position - 1, reason: .notText)
    }
  }
}

/// Why a document is not JSON, and where: bytes from 0.
struct JSONError: Error, Hashable {
  let position: Int
  let reason: Reason

  enum Reason: Hashable {
    case endsEarly
    case unexpected
    case tooDeep
    case notText
  }
}

extension JSONError {
  /// A plain clause.
  var clause: String {
    switch reason {
    case .endsEarly: "it ends in the middle"
    case .unexpected: "it is not JSON"
    case .tooDeep: "it is nested too deeply"
    case .notText: "it is not UTF-8"
    }
  }
}
