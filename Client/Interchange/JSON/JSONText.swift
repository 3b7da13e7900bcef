/// A JSON value that keeps its keys in the order they are given, and its own text.
///
/// The order is part of the documented shapes. Written by hand: loading a general encoder costs
/// more than a command's whole work.
package indirect enum JSONText: Sendable, Equatable {
  case null
  case boolean(Bool)
  case integer(Int64)
  /// Written with four decimals at most; `null` for what is no number.
  case number(Double)
  case string(String)
  case array([JSONText])
  case object([(key: String, value: JSONText)])

  package static func == (left: JSONText, right: JSONText) -> Bool { left.text == right.text }

  package static func optional(_ text: String?) -> JSONText { text.map(JSONText.string) ?? .null }

  package static func optional(_ number: (some BinaryInteger)?) -> JSONText {
    number.map { .integer(Int64($0)) } ?? .null
  }

  package static func integer(_ number: Int) -> JSONText { .integer(Int64(number)) }

  package static func strings(_ texts: [String]) -> JSONText { .array(texts.map(JSONText.string)) }

  /// The value on one line.
  package var text: String {
    var text = ""
    write(to: &text)
    return text
  }

  package func write(to text: inout String) {
    switch self {
    case .null: text += "null"
    case .boolean(let value): text += value ? "true" : "false"
    case .integer(let number): text += String(number)
    case .number(let number):
      let rounded = (number * 10_000).rounded() / 10_000
      text += number.isFinite ? "\(rounded == 0 ? 0 : rounded)" : "null"
    case .string(let string): Self.write(string, to: &text)
    case .array(let values):
      text += "["
      for (index, value) in values.enumerated() {
        if index > 0 { text += "," }
        value.write(to: &text)
      }
      text += "]"
    case .object(let members):
      text += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { text += "," }
        Self.write(member.key, to: &text)
        text += ":"
        member.value.write(to: &text)
      }
      text += "}"
    }
  }

  /// Characters that turn the direction of writing are escaped too, so that JSON on a terminal is
  /// as harmless as text; everything else stands as it is.
  private static func write(_ string: String, to text: inout String) {
    text.appendQuoted(string) { $0.turnsDirection }
  }
}
