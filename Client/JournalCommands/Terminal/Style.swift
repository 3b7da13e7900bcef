/// Weight and colour, where the terminal has them.
package struct Style: Sendable {
  package let isOn: Bool

  package init(isOn: Bool) { self.isOn = isOn }

  package func strong(_ text: String) -> String { wrap(text, "1") }
  package func faint(_ text: String) -> String { wrap(text, "2") }
  package func added(_ text: String) -> String { wrap(text, "32") }
  /// Struck out as well: not everybody tells red from green.
  package func removed(_ text: String) -> String { wrap(text, "31;9") }
  package func star(_ text: String) -> String { wrap(text, "33") }

  private func wrap(_ text: String, _ code: String) -> String {
    isOn && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
