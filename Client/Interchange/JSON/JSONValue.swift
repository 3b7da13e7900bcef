/// A JSON value as it was written: numbers as their digits, members in their order.
package enum JSONValue: Hashable, Sendable {
  case null
  case boolean(Bool)
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([Member])

  package struct Member: Hashable, Sendable {
    package var key: String
    package var value: JSONValue
  }
}

extension JSONValue {
  /// A member of an object; of several with one name the last.
  package subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.key == key }?.value
  }

  package var string: String? {
    if case .string(let string) = self { string } else { nil }
  }

  package var boolean: Bool? {
    if case .boolean(let boolean) = self { boolean } else { nil }
  }

  package var double: Double? {
    if case .number(let digits) = self { Double(digits) } else { nil }
  }

  /// A whole number, however written: `3`, `3.0`.
  package var integer: Int? { double.flatMap { Int(exactly: $0) } }

  package var elements: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  package var members: [Member]? {
    if case .object(let members) = self { members } else { nil }
  }

  package var strings: [String]? { elements?.compactMap(\.string) }

  /// Nothing is said by it: `null`, `""`, `[]`, `{}`.
  package var isEmpty: Bool {
    switch self {
    case .null: true
    case .string(let string): string.isBlankText
    case .array(let elements): elements.allSatisfy(\.isEmpty)
    case .object(let members): members.allSatisfy(\.value.isEmpty)
    case .boolean, .number: false
    }
  }

  /// The value as people read it: `clear, 12`, and of an object `wind: 3, sky: clear`.
  package var plainText: String {
    switch self {
    case .null: ""
    case .boolean(let boolean): boolean ? "yes" : "no"
    case .number(let digits): digits
    case .string(let string): string
    case .array(let elements):
      elements.filter { !$0.isEmpty }.map(\.plainText).joined(separator: ", ")
    case .object(let members):
      members.filter { !$0.value.isEmpty }.map { "\($0.key): \($0.value.plainText)" }
        .joined(separator: ", ")
    }
  }
}
