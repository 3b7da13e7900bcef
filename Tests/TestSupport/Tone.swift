private import Foundation

/// Words that Ebb does not use when it speaks to somebody about themselves and the people around
/// them: it puts no label on them, names no causes, does not judge and promises nothing.
package enum Tone {
  package static let diagnosing = [
    "disorder", "diagnosis", "symptom", "symptoms", "avoidant", "attachment", "borderline",
    "narcissist", "narcissistic", "trauma", "traumatised", "depressed", "depression",
    "pathological", "dysfunctional", "codependent", "neurotic", "normal", "abnormal", "disordered",
    "clinical", "toxic", "issues",
  ]

  package static let causal = [
    "because", "therefore", "hence", "causes", "caused", "causing", "due to", "leads to",
    "led to", "results in", "as a result", "thanks to", "that is why", "which is why", "makes you",
    "made you", "the reason is", "owing to",
  ]

  package static let judging = [
    "should", "shouldn't", "must", "ought", "have to", "wrong", "fault", "blame", "lazy", "weak",
    "selfish", "failure", "failed", "stupid", "pathetic", "dramatic", "too sensitive", "immature",
    "cowardly", "at least you", "you always", "you never", "only yourself", "excuse", "excuses",
    "bad habit", "streak", "well done", "good job",
  ]

  package static let promising = [
    "heal", "heals", "healed", "healing", "cure", "cures", "cured", "guarantee", "guaranteed",
    "you will", "you'll", "overcome", "fix", "fixed", "recover", "recovery", "promise", "promises",
    "get better", "feel better", "works for everyone",
  ]

  package static let refused = diagnosing + causal + judging + promising

  /// Those that stand in a sentence, as whole words.
  package static func refusedWords(in sentence: String) -> [String] {
    let plain = sentence.lowercased().replacing("’", with: "'")
    let words = plain.split { !($0.isLetter || $0 == "'") }
    let spaced = " " + words.joined(separator: " ") + " "
    return refused.filter { spaced.contains(" \($0) ") }
  }
}
