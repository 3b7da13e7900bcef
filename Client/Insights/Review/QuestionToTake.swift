internal import JournalModel

/// One question to take along, from what the days held: the first of these that fits.
package enum QuestionToTake: Hashable, Sendable {
  /// Something was said, and something else meant.
  case meant(said: String, meant: String)
  /// After a step there was less fear than before it.
  case stepWithLessFear(title: String)
  /// It felt close, and the pull was away or both ways.
  case closeAndAway
  /// A step is planned.
  case planned(title: String)
  /// Somebody was named more often than anybody else.
  case person(name: String)
  case anything

  /// - Parameter moods: oldest first; the newest that fits counts.
  init(moods: [MoodLog], dared: Review.Dared, people: [NamedCount]) {
    let meant = moods.last { log in
      guard let said = log.said, let meant = log.meant else { return false }
      return !said.isEmpty && !meant.isEmpty && said != meant
    }
    let braver = dared.done.last { step in
      guard let before = step.fearBefore, let after = step.fearAfter else { return false }
      return after < before
    }
    if let said = meant?.said, let meant = meant?.meant {
      self = .meant(said: said, meant: meant)
    } else if let braver {
      self = .stepWithLessFear(title: braver.title)
    } else if moods.contains(where: { ($0.closeness ?? 0) >= 6 && $0.pull ?? .toward != .toward }) {
      self = .closeAndAway
    } else if let planned = dared.planned.first {
      self = .planned(title: planned.title)
    } else if let person = people.first {
      self = .person(name: person.name)
    } else {
      self = .anything
    }
  }
}
