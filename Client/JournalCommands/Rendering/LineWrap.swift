/// Breaks long lines at spaces, for terminals only: text that goes to a file stays as it is.
package enum LineWrap {
  /// Lines of at most `columns`; a word that is longer by itself is broken where it must be.
  package static func wrapped(_ line: String, columns: Int) -> [String] {
    guard columns > 0, DisplayWidth.of(line) > columns else { return [line] }
    var lines: [String] = []
    var current = ""
    var width = 0
    for word in words(line) {
      let wordWidth = DisplayWidth.of(word)
      if width + DisplayWidth.of(word.trimmingTrailingSpaces) > columns && width > 0 {
        lines.append(current.trimmingTrailingSpaces)
        current = ""
        width = 0
      }
      if wordWidth <= columns {
        current += word
        width += wordWidth
      } else {
        for character in word {
          let characterWidth = DisplayWidth.of(character)
          if width + characterWidth > columns {
            lines.append(current)
            current = ""
            width = 0
          }
          current.append(character)
          width += characterWidth
        }
      }
    }
    lines.append(current.trimmingTrailingSpaces)
    return lines
  }

  /// The text behind what its first line starts with; its further lines stand below.
  ///
  /// - Parameters:
  ///   - columns: what all of it has to fit into, though a text behind a start gets 20 at least;
  ///     `nil` for any width.
  ///   - start: may have styles.
  static func wrapped(_ text: String, columns: Int?, after start: String = "") -> [String] {
    let width = DisplayWidth.of(start, withStyles: true)
    let lines =
      columns.map { columns in
        wrapped(text, columns: start.isEmpty ? columns : max(columns - width, 20))
      } ?? [text]
    let indent = String(repeating: " ", count: width)
    return zip(lines.indices, lines).map { ($0 == 0 ? start : indent) + $1 }
  }

  /// Words with the spaces after them; the spaces a line begins with belong to its first word.
  private static func words(_ line: String) -> [String] {
    var words: [String] = []
    var word = ""
    var sawLetter = false
    for character in line {
      let isNext =
        character != " " && word.last == " " || word.last.map { mayBreak($0, character) } == true
      if isNext && sawLetter {
        words.append(word)
        word = ""
        sawLetter = false
      }
      if character != " " { sawLetter = true }
      word.append(character)
    }
    words.append(word)
    return words
  }

  /// Whether a line may end between two characters that no space parts: beside those of scripts
  /// without spaces, but not before what closes and after what opens.
  private static func mayBreak(_ before: Character, _ after: Character) -> Bool {
    guard isUnspaced(before) || isUnspaced(after), before != " ", after != " " else { return false }
    return !"、。，．！？：；）」』】〉》〕］｝…‥ーゝゞ々っゃゅょァィゥェォッャュョ,.!?:;)]}%".contains(after)
      && !"（「『【〈《〔［｛([{".contains(before)
  }

  private static func isUnspaced(_ character: Character) -> Bool {
    guard let scalar = character.unicodeScalars.first, scalar.value >= 0x2E80 else { return false }
    return DisplayWidth.of(character) == 2 && !scalar.properties.isEmoji
  }
}

extension StringProtocol where SubSequence == Substring {
  var trimmingTrailingSpaces: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
