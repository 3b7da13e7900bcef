/// What a register holds.
package enum RegisterValue: Sendable {
  case text(String)
  case integer(Int64)
  case boolean(Bool)
  /// Explicitly nothing.
  case absent
  /// A case that this version does not know. It wins like any other and is never shown as absent.
  case unknown
}

extension RegisterValue {
  package var text: String? {
    if case .text(let text) = self { text } else { nil }
  }

  package var integer: Int64? {
    if case .integer(let integer) = self { integer } else { nil }
  }

  package var boolean: Bool? {
    if case .boolean(let boolean) = self { boolean } else { nil }
  }
}

extension RegisterValue: Hashable {
  /// Texts are equal when their bytes are: what somebody wrote is kept as it was written.
  package static func == (left: RegisterValue, right: RegisterValue) -> Bool {
    switch (left, right) {
    case (.text(let left), .text(let right)): left.utf8.elementsEqual(right.utf8)
    case (.integer(let left), .integer(let right)): left == right
    case (.boolean(let left), .boolean(let right)): left == right
    case (.absent, .absent), (.unknown, .unknown): true
    default: false
    }
  }

  package func hash(into hasher: inout Hasher) {
    switch self {
    case .text(let text): hasher.combine(bytesOf: text)
    case .integer(let integer): hasher.combine(integer)
    case .boolean(let boolean): hasher.combine(boolean)
    case .absent: hasher.combine(UInt8(0))
    case .unknown: hasher.combine(UInt8(1))
    }
  }
}

extension Hasher {
  /// Feeds the UTF-8 of a text, where `String` itself would feed its normalised form.
  mutating func combine(bytesOf text: String) {
    var text = text
    text.withUTF8 { combine(bytes: UnsafeRawBufferPointer($0)) }
    combine(UInt8(0xff))
  }
}
