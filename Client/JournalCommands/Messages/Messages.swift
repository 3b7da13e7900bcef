internal import JournalModel

/// Every sentence that Ebb says to people, by topic: one place to read them aloud, change them, or
/// translate them.
///
/// An error says what happened, what is safe, and what to do. Text of a person's own in a message
/// is made visible where the message is printed, not here.
package enum Messages {}

extension Messages {
  static let yesOrNo = "Please type yes or no."

  /// What somebody typed, on one line and as far as it takes to know it again.
  static func cut(_ text: String) -> String { DisplayWidth.cut(Visible.line(text), to: 40) }

  /// A path, on one line and no longer than anybody reads.
  static func cutPath(_ path: String) -> String { DisplayWidth.cut(Visible.line(path), to: 200) }

  /// The same in quotes: “river”.
  static func quoted(_ text: String) -> String { "“\(cut(text))”" }

  /// As a shell takes it, whole: cut, it would be another name.
  static func shellWord(_ name: String) -> String {
    let isPlain = name.allSatisfy { $0.isLetter || $0.isNumber || "-_./".contains($0) }
    return isPlain && !name.hasPrefix("-") ? name : Visible.line(name).shellQuoted
  }

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

  /// “2 entries”, “1 mood log”: of each kind of which there is something.
  static func counts(_ countsByKind: [RecordKind: Int]) -> [String] {
    RecordKind.journal.compactMap { kind in
      guard let number = countsByKind[kind], number > 0 else { return nil }
      return switch kind {
      case .entry: count(number, "entry", "entries")
      case .mood: count(number, "mood log")
      default: count(number, kind.rawValue)
      }
    }
  }

  static func grouped(_ number: Int) -> String { number.grouped }
}
