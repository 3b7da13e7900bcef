/// Apple's property lists as XML, with the values of JSON; dates stay in their text.
///
/// Written by hand: Foundation's reader takes a list nested as deeply as the stack allows, and then
/// falls over.
enum PropertyList {
  /// - Throws: `PropertyListError`, `CheckedText.WrongByte`.
  static func value(_ bytes: [UInt8]) throws -> JSONValue {
    _ = try CheckedText.string(bytes)
    var reader = PropertyListReader(bytes)
    return try reader.document()
  }
}

struct PropertyListError: Error, Hashable {
  var line: Int
  var clause: String
}

private struct PropertyListReader {
  private let bytes: [UInt8]
  private var position: Int
  private var depth = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    position = 0
  }

  private static let depthMax = 50

  mutating func document() throws(PropertyListError) -> JSONValue {
    guard case .open("plist") = try tag(), case .open(let name) = try tag() else {
      throw error("it is no property list")
    }
    return try value(name)
  }

  private enum Tag: Equatable {
    case open(String)
    case close(String)
    case empty(String)
  }

  private mutating func value(_ name: String) throws(PropertyListError) -> JSONValue {
    guard depth < Self.depthMax else { throw error("it is nested too deeply") }
    depth += 1
    defer { depth -= 1 }
    switch name {
    case "dict": return try dictionary()
    case "array": return try array()
    case "string", "date", "data": return .string(try text(name))
    case "integer", "real":
      let digits = try text(name).trimmedOfWhiteSpace
      return Double(digits) == nil ? .string(digits) : .number(digits)
    case "true", "false":
      _ = try text(name)
      return .boolean(name == "true")
    default: throw error("“\(name)” is no part of a property list")
    }
  }

  private mutating func dictionary() throws(PropertyListError) -> JSONValue {
    var members: [JSONValue.Member] = []
    while true {
      let next = try tag()
      if next == .close("dict") { return .object(members) }
      guard next == .open("key") else { throw error("a key is missing") }
      members.append(.init(key: try text("key"), value: try value()))
    }
  }

  private mutating func array() throws(PropertyListError) -> JSONValue {
    var elements: [JSONValue] = []
    while true {
      let next = try tag()
      if next == .close("array") { return .array(elements) }
      elements.append(try value(next))
    }
  }

  private mutating func value() throws(PropertyListError) -> JSONValue {
    try value(try tag())
  }

  private mutating func value(_ tag: Tag) throws(PropertyListError) -> JSONValue {
    switch tag {
    case .open(let name): try value(name)
    case .empty("true"): .boolean(true)
    case .empty("false"): .boolean(false)
    case .empty("dict"): .object([])
    case .empty("array"): .array([])
    case .empty: .string("")
    case .close: throw error("a value is missing")
    }
  }

  /// The next tag; comments, declarations and what stands between tags are passed over.
  private mutating func tag() throws(PropertyListError) -> Tag {
    while true {
      guard let start = bytes[position...].firstIndex(of: UInt8(ascii: "<")) else {
        position = bytes.count
        throw error("it ends in the middle")
      }
      position = start + 1
      if bytes[position...].starts(with: "!--".utf8) {
        try skip("-->")
        continue
      }
      let inside = try upTo(">")
      if inside.hasPrefix("?") || inside.hasPrefix("!") { continue }
      let name = inside.prefix { !$0.isWhitespace && $0 != "/" }
      if inside.hasPrefix("/") { return .close(inside.dropFirst().trimmedOfWhiteSpace) }
      return inside.hasSuffix("/") ? .empty(String(name)) : .open(String(name))
    }
  }

  /// The characters of an element up to its end.
  private mutating func text(_ name: String) throws(PropertyListError) -> String {
    var text = ""
    while true {
      guard let words = Self.decoded(try upTo("<")) else {
        throw error("it has an entity unknown here")
      }
      text += words
      if bytes[position...].starts(with: "![CDATA[".utf8) {
        position += 8
        text += try upTo("]]>")
      } else if bytes[position...].starts(with: "!--".utf8) {
        try skip("-->")
      } else {
        guard try upTo(">").trimmedOfWhiteSpace == "/" + name else {
          throw error("“\(name)” has no end")
        }
        return text
      }
    }
  }

  private mutating func skip(_ end: String) throws(PropertyListError) { _ = try upTo(end) }

  /// What stands before the end, which is passed.
  private mutating func upTo(_ end: String) throws(PropertyListError) -> String {
    let mark = Array(end.utf8)
    var index = position
    while index < bytes.count, let first = bytes[index...].firstIndex(of: mark[0]) {
      if bytes[first...].starts(with: mark) {
        defer { position = first + mark.count }
        return String(decoding: bytes[position..<first], as: UTF8.self)
      }
      index = first + 1
    }
    position = bytes.count
    throw error("it ends in the middle")
  }

  /// `nil` for an entity that XML does not have by itself.
  private static func decoded(_ text: String) -> String? {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    var decoded = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "&") {
      decoded += rest[..<start]
      guard let end = rest[start...].firstIndex(of: ";"),
        let character = XMLEntity.text(rest[start..<end].dropFirst())
      else { return nil }
      decoded += character
      rest = rest[rest.index(after: end)...]
    }
    return decoded + rest
  }

  private func error(_ clause: String) -> PropertyListError {
    let line = bytes[..<min(position, bytes.count)].count { $0 == 0x0a } + 1
    return PropertyListError(line: line, clause: clause)
  }
}

/// What stands between `&` and `;`.
enum XMLEntity {
  static func text(_ name: Substring) -> String? {
    switch name {
    case "lt": return "<"
    case "gt": return ">"
    case "amp": return "&"
    case "quot": return "\""
    case "apos": return "'"
    default:
      guard name.hasPrefix("#") else { return nil }
      let digits = name.dropFirst()
      let isHexadecimal = digits.hasPrefix("x") || digits.hasPrefix("X")
      let number = isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
      return number.flatMap(Unicode.Scalar.init).map { String(Character($0)) }
    }
  }
}
