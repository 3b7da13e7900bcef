/// Weight and colour, where the terminal has them.
package struct Style: Sendable {
  package let isOn: Bool

  package init(isOn: Bool) { self.isOn = isOn }

  package func strong(_ text: String) -> String { wrap(text, "1") }
  /// What a search found.
  package func marked(_ text: String) -> String { wrap(text, "1;4") }
  package func faint(_ text: String) -> String { wrap(text, "2") }
  package func added(_ text: String) -> String { wrap(text, "32") }
  package func removed(_ text: String) -> String { wrap(text, "31") }
  package func star(_ text: String) -> String { wrap(text, "33") }

  /// A mean score's number: low, middling or high.
  package func mood(_ text: String, score: Double) -> String {
    wrap(text, score < 4 ? "31" : score < 7 ? "33" : "32")
  }

  /// Text with several looks at once.
  package func text(_ text: String, _ attributes: TextAttributes) -> String {
    let codes = attributes.codes
    return codes.isEmpty ? text : wrap(text, codes.joined(separator: ";"))
  }

  private func wrap(_ text: String, _ code: String) -> String {
    isOn && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}

/// How a stretch of text looks.
package struct TextAttributes: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let strong = TextAttributes(rawValue: 1)
  package static let emphasis = TextAttributes(rawValue: 2)
  /// Underlined.
  package static let link = TextAttributes(rawValue: 4)
  package static let struck = TextAttributes(rawValue: 8)
  package static let code = TextAttributes(rawValue: 16)

  fileprivate var codes: [String] {
    let all: [(TextAttributes, String)] = [
      (.strong, "1"), (.emphasis, "3"), (.link, "4"), (.struck, "9"), (.code, "36"),
    ]
    return all.filter { contains($0.0) }.map(\.1)
  }
}
