/// A word for what somebody feels, and where it stands between pleasant and unpleasant, calm and
/// stirred.
///
/// The two dimensions are those of J. A. Russell, "A circumplex model of affect", Journal of
/// Personality and Social Psychology 39 (1980); the words and their places are Ebb's.
package struct EmotionWord: Hashable, Sendable {
  package let word: String
  package let quarter: Quarter

  /// One of the four fields that the two dimensions make.
  package enum Quarter: String, CaseIterable, Sendable {
    case pleasantCalm
    case pleasantStirred
    case unpleasantCalm
    case unpleasantStirred

    package init(isPleasant: Bool, isStirred: Bool) {
      self =
        isPleasant
        ? (isStirred ? .pleasantStirred : .pleasantCalm)
        : (isStirred ? .unpleasantStirred : .unpleasantCalm)
    }

    package var isPleasant: Bool { self == .pleasantCalm || self == .pleasantStirred }

    /// In a few words, for the line that lists its emotions.
    package var name: String {
      switch self {
      case .pleasantCalm: "pleasant, calm"
      case .pleasantStirred: "pleasant, stirred"
      case .unpleasantCalm: "unpleasant, calm"
      case .unpleasantStirred: "unpleasant, stirred"
      }
    }
  }

  /// Those that are offered to somebody whose own words are not known yet, likely ones first.
  package static let all: [EmotionWord] =
    words(.pleasantCalm, "calm content safe tender grateful relieved close rested")
    + words(.pleasantStirred, "happy hopeful glad playful moved curious proud alive")
    + words(.unpleasantCalm, "sad lonely tired numb empty flat distant sorry")
    + words(.unpleasantStirred, "anxious torn angry ashamed hurt restless jealous trapped")

  private static func words(_ quarter: Quarter, _ list: String) -> [EmotionWord] {
    list.split(separator: " ").map { EmotionWord(word: String($0), quarter: quarter) }
  }
}

/// Which words for feelings to offer: the user's own first, where their own logs place them.
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
  ///   - wordsMax: how many to offer in each quarter, and without a place.
  package init(learnedFrom logs: some Sequence<MoodLog>, wordsMax: Int = 6) {
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
    var unplaced: [String] = []
    for uses in own {
      if let quarter = known[uses.word.lowercased()] ?? uses.quarter {
        words[quarter, default: []].append(uses.word)
      } else {
        unplaced.append(uses.word)
      }
    }
    for emotion in EmotionWord.all where usesByWord[emotion.word] == nil {
      words[emotion.quarter, default: []].append(emotion.word)
    }
    wordsByQuarter = words.mapValues { Array($0.prefix(wordsMax)) }
    self.unplaced = Array(unplaced.prefix(wordsMax))
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
