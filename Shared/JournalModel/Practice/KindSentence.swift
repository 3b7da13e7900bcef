/// The one sentence that a check-in ends with.
package enum KindSentence {
  /// One that fits what was logged; the day decides between those that do.
  package static func after(_ log: MoodLog?, on day: CivilDay) -> String {
    let sentences = group(log)
    return sentences[day.place(among: sentences.count)]
  }

  /// All of them.
  package static let all = strongUrge + torn + near + low + any

  private static func group(_ log: MoodLog?) -> [String] {
    guard let log else { return any }
    if log.urge ?? 0 >= Practice.urgeWorthAPractice { return strongUrge }
    if log.pull == .torn { return torn }
    if log.closeness ?? 0 >= 7 { return near }
    if let score = log.score, score <= 3 { return low }
    return any
  }

  private static let strongUrge = [
    "You stayed long enough to look at it. That is something.",
    "Wanting to get away and looking at it all the same: that takes some courage.",
    "You are allowed to need a moment. It can be a short one.",
  ]
  private static let torn = [
    "Both wishes are yours, and both may be here.",
    "Two directions at once is a lot. Be gentle with yourself.",
  ]
  private static let near = [
    "It was near, and you noticed. Keep a little of it.",
    "Somebody came close today. May some of it stay with you.",
  ]
  private static let low = [
    "A hard hour, and you still took a minute for yourself.",
    "Go easy on yourself tonight.",
  ]
  private static let any = [
    "Thank you for taking the minute.",
    "You looked. For today that is enough.",
    "Be as kind to yourself as you would be to a friend.",
  ]
}
