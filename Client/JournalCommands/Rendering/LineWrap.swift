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

  /// Words with the spaces after them; the spaces a line begins with belong to its first word.
  private static func words(_ line: String) -> [String] {
    var words: [String] = []
    var word = ""
    var sawLetter = false
    for character in line {
      if character != " " && word.last == " " && sawLetter {
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
}

extension String {
  fileprivate var trimmingTrailingSpaces: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
