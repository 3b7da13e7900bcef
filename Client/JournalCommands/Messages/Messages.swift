/// Every sentence that Ebb says to people, by topic: one place to read them aloud, change them, or
/// translate them.
///
/// An error says what happened, what is safe, and what to do. Text of a person's own in a message
/// is made visible where the message is printed, not here.
package enum Messages {}

extension Messages {
  static let yesOrNo = "Please type yes or no."

  /// “a, b and c”.
  static func list(_ words: [String], _ last: String = "and") -> String {
    words.count < 2
      ? words.joined()
      : words.dropLast().joined(separator: ", ") + " \(last) " + words[words.count - 1]
  }

  /// “1 entry”, “1,449 entries”.
  static func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
    "\(grouped(number)) \(number == 1 ? one : many ?? one + "s")"
  }

  static func grouped(_ number: Int) -> String {
    var text = ""
    for (index, digit) in String(number.magnitude).reversed().enumerated() {
      if index > 0 && index.isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return (number < 0 ? "-" : "") + String(text.reversed())
  }
}
