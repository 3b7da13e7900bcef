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

  /// What Ebb says in passing: a command in backquotes stays whole where it fits, and whatever is
  /// longer than a line, such as a path, too, so that it can be copied.
  ///
  /// - Parameters:
  ///   - columns: `nil` for any width.
  ///   - start: of the first line; what is said stands behind it, and its further lines below.
  static func sentences(
    _ text: String, columns: Int?, after start: String = ""
  ) -> [String] {
    guard let columns, columns > 0 else { return [start + text] }
    let room = max(columns - DisplayWidth.of(start, withStyles: true), 20)
    let below = String(repeating: " ", count: DisplayWidth.of(start, withStyles: true))
    var lines: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let indent = String(line.prefix { $0 == " " })
      var current = ""
      for word in phrases(String(line), within: room) {
        let width = DisplayWidth.of(current + word.trimmingTrailingSpaces)
        if width > room, current.contains(where: { $0 != " " }) {
          lines.append(current.trimmingTrailingSpaces)
          current = indent
        }
        current += word
      }
      lines.append(current.trimmingTrailingSpaces)
    }
    return zip(lines.indices, lines).map { ($0 == 0 ? start : $1.isEmpty ? "" : below) + $1 }
  }

  /// Words, and as one of them what stands between backquotes if it fits.
  private static func phrases(_ line: String, within columns: Int) -> [String] {
    var phrases: [String] = []
    var words = words(line)[...]
    while let word = words.popFirst() {
      var phrase = word
      if isOpen(word),
        let end = words.firstIndex(where: isOpen)
      {
        let whole = words[...end].reduce(word, +)
        if DisplayWidth.of(whole.trimmingTrailingSpaces) <= columns {
          phrase = whole
          words = words[(end + 1)...]
        }
      }
      phrases.append(phrase)
    }
    return phrases
  }

  /// Whether a backquote in it has its counterpart in another word.
  private static func isOpen(_ word: String) -> Bool {
    !word.count(where: { $0 == "`" }).isMultiple(of: 2)
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
