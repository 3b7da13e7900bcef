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
