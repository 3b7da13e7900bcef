private import Foundation

/// Finds again in a text what a query's words found in it, to show where.
///
/// The index keeps no places. So the text is cut into words as the index does it, without case and
/// diacritics, and compared. Marks decide nothing: a corner where both differ shows a hit unmarked.
package struct SearchMarks: Hashable, Sendable {
  private let phrases: [Phrase]
  private let wordsMax: Int

  fileprivate struct Phrase: Hashable, Sendable {
    var words: [String]
    /// Of the last word, its beginning.
    var isPrefix: Bool
  }

  init(phrases texts: [String]) {
    phrases = texts.compactMap { text in
      var words: [String] = []
      var reader = WordReader(text)
      while let word = reader.next() { words.append(word.folded) }
      let isPrefix = text.reversed().first { !$0.isWhitespace } == "*"
      return words.isEmpty ? nil : Phrase(words: words, isPrefix: isPrefix)
    }
    wordsMax = phrases.map(\.words.count).max() ?? 0
  }

  package var isEmpty: Bool { phrases.isEmpty }

  /// Where the words are, in their order and not overlapping.
  package func ranges(in text: String, limit: Int = .max) -> [Range<String.Index>] {
    guard !isEmpty else { return [] }
    var ranges: [Range<String.Index>] = []
    var last: [WordReader.Word] = []
    var reader = WordReader(text)
    while ranges.count < limit, let word = reader.next() {
      last.append(word)
      if last.count > wordsMax { last.removeFirst() }
      guard
        let range = phrases.compactMap({ $0.range(atEndOf: last) }).min(by: {
          $0.lowerBound < $1.lowerBound
        })
      else { continue }
      if let before = ranges.last, range.lowerBound < before.upperBound {
        ranges[ranges.count - 1] =
          min(before.lowerBound, range.lowerBound)..<max(before.upperBound, range.upperBound)
      } else {
        ranges.append(range)
      }
    }
    return ranges
  }
}

extension SearchMarks.Phrase {
  fileprivate func range(atEndOf last: [WordReader.Word]) -> Range<String.Index>? {
    guard last.count >= words.count else { return nil }
    let candidates = last.suffix(words.count)
    for (index, (word, candidate)) in zip(words, candidates).enumerated() {
      let isEqual = word.utf8.elementsEqual(candidate.folded.utf8)
      let begins =
        isPrefix && index == words.count - 1 && candidate.folded.utf8.starts(with: word.utf8)
      guard isEqual || begins else { return nil }
    }
    guard let first = candidates.first, let end = candidates.last else { return nil }
    return first.range.lowerBound..<end.range.upperBound
  }
}

/// The words of a text; in scripts without spaces, its characters.
private struct WordReader {
  struct Word {
    var folded: String
    var range: Range<String.Index>
  }

  private let text: String
  private var position: String.Index

  init(_ text: String) {
    self.text = text
    position = text.startIndex
  }

  mutating func next() -> Word? {
    let scalars = text.unicodeScalars
    while position < scalars.endIndex, !scalars[position].isWordPart {
      scalars.formIndex(after: &position)
    }
    guard position < scalars.endIndex else { return nil }
    let start = position
    let isUnspaced = scalars[start].isUnspaced
    var isASCII = true
    repeat {
      if !scalars[position].isASCII { isASCII = false }
      scalars.formIndex(after: &position)
    } while position < scalars.endIndex && continues(scalars[position], isUnspaced)
    let word = String(scalars[start..<position])
    let folded = isASCII ? word.lowercased() : SearchFold.folded(word)
    return Word(folded: folded, range: start..<position)
  }

  private func continues(_ scalar: Unicode.Scalar, _ isUnspaced: Bool) -> Bool {
    if scalar.isIgnoredInSearch { return true }
    let isMark = scalar.properties.generalCategory == .nonspacingMark
    return isUnspaced ? isMark : scalar.isWordPart && !scalar.isUnspaced
  }
}
