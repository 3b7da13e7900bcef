/// The texts that stand in quotes in a Swift source, in their order: those joined by `+` as one,
/// with `…` for what is filled in.
///
/// Enough of the language for this project's own sources, and no more.
package struct SwiftTexts {
  package private(set) var texts: [String] = []
  private let source: [Character]
  private var place = 0

  package init(in source: String) {
    self.source = Array(source)
    var isJoined = false
    while let next = self.source.dropFirst(place).first {
      if next == "/", isNext("//") {
        skipLine()
      } else if next == "\"" {
        let text = self.text()
        if isJoined { texts[texts.count - 1] += text } else { texts.append(text) }
        isJoined = skipsPlus()
      } else {
        isJoined = false
        place += 1
      }
    }
  }

  private func isNext(_ text: String) -> Bool { source.dropFirst(place).starts(with: text) }

  private mutating func skipLine() {
    while place < source.count, !source[place].isNewline { place += 1 }
  }

  /// Over what joins this text to the next; stays where it is if nothing does.
  private mutating func skipsPlus() -> Bool {
    let between = source.dropFirst(place).prefix { $0.isWhitespace || $0 == "+" }
    guard between.contains("+"), source.dropFirst(between.endIndex).first == "\"" else {
      return false
    }
    place = between.endIndex
    return true
  }

  /// From its quotes on.
  private mutating func text() -> String {
    let quotes = isNext("\"\"\"") ? "\"\"\"" : "\""
    place += quotes.count
    var text = ""
    while place < source.count, !isNext(quotes) {
      if source[place] == "\\", place + 1 < source.count {
        text += escaped()
      } else {
        text.append(source[place])
        place += 1
      }
    }
    place += quotes.count
    return text
  }

  private mutating func escaped() -> String {
    let character = source[place + 1]
    place += 2
    switch character {
    case "(":
      skipFilling()
      return "…"
    case "n": return "\n"
    // A line that goes on.
    case _ where character.isNewline: return ""
    default: return String(character)
    }
  }

  /// Over what is filled in, to behind its bracket.
  private mutating func skipFilling() {
    var depth = 1
    while depth > 0, place < source.count {
      if source[place] == "\"" {
        _ = text()
        continue
      }
      if source[place] == "(" { depth += 1 }
      if source[place] == ")" { depth -= 1 }
      place += 1
    }
  }
}
