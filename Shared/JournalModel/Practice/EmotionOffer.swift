/// Which words for feelings to offer: Ebb's, those that the user takes first, and before them some
/// of the user's own, where their logs place them.
///
/// A word of the user's that Ebb does not know is placed by the logs it stands in: pleasant where
/// their mean score is above 5, stirred where their mean energy is. Without a score in any of them
/// it is offered without a place.
package struct EmotionOffer: Hashable, Sendable {
  package let wordsByQuarter: [EmotionWord.Quarter: [String]]
  /// The user's own words that no log places.
  package let unplaced: [String]

  /// - Parameters:
  ///   - logs: the user's, of some weeks or months.
  ///   - wordsMax: how many of Ebb's to offer in each quarter.
  ///   - ownMax: how many of the user's own besides, and without a place.
  package init(learnedFrom logs: some Sequence<MoodLog>, wordsMax: Int = 5, ownMax: Int = 3) {
    var usesByWord: [String: Uses] = [:]
    for log in logs {
      for word in log.emotions {
        usesByWord[word.lowercased(), default: Uses(word: word)].add(log)
      }
    }
    let own = usesByWord.values.sorted { ($1.count, $0.word) < ($0.count, $1.word) }
    let known = Dictionary(
      EmotionWord.all.map { ($0.word, $0.quarter) }, uniquingKeysWith: { first, _ in first })
    var words: [EmotionWord.Quarter: [String]] = [:]
    var ownWords: [EmotionWord.Quarter: [String]] = [:]
    var unplaced: [String] = []
    for uses in own {
      if let quarter = known[uses.word.lowercased()] {
        words[quarter, default: []].append(uses.word)
      } else if let quarter = uses.quarter {
        ownWords[quarter, default: []].append(uses.word)
      } else {
        unplaced.append(uses.word)
      }
    }
    for emotion in EmotionWord.all where usesByWord[emotion.word] == nil {
      words[emotion.quarter, default: []].append(emotion.word)
    }
    wordsByQuarter = ownWords.mapValues { Array($0.prefix(ownMax)) }
      .merging(words.mapValues { Array($0.prefix(wordsMax)) }) { $0 + $1 }
    self.unplaced = Array(unplaced.prefix(ownMax))
  }

  /// How often a word was logged, and how it was then.
  private struct Uses {
    let word: String
    var count = 0
    var scores: [Int] = []
    var energies: [Int] = []

    init(word: String) { self.word = word }

    mutating func add(_ log: MoodLog) {
      count += 1
      if let score = log.score { scores.append(score) }
      if let energy = log.energy { energies.append(energy) }
    }

    var quarter: EmotionWord.Quarter? {
      scores.isEmpty
        ? nil : EmotionWord.Quarter(isPleasant: isHigh(scores), isStirred: isHigh(energies))
    }

    private func isHigh(_ values: [Int]) -> Bool { values.reduce(0, +) > 5 * values.count }
  }
}
