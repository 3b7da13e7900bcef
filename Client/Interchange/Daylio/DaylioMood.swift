/// A word for a mood, as Daylio's owners have them on five levels.
enum DaylioMood: Equatable {
  /// One of Daylio's own, in one of its languages: the score says it all.
  case level(Int)
  /// A feeling whose level is known.
  case feeling(Int)
  /// Any other word that somebody chose.
  case unknown

  init(_ word: String) {
    let word = Self.normal(word)
    if let level = Self.levels[word] {
      self = .level(level)
    } else if let level = Self.feelings[word] ?? Self.feelings[Self.withoutDegree(word)] {
      self = .feeling(level)
    } else if let level = Self.levels[Self.withoutDegree(word)] {
      self = .feeling(level)
    } else {
      self = .unknown
    }
  }

  /// From 1 to 10: twice the level, of which 5 is the best.
  static func score(level: Int) -> Int { level * 2 }

  /// Of a word that nothing is known of.
  static let middle = 3

  private static func normal(_ word: String) -> String {
    word.lowercased().split(whereSeparator: { $0.isWhitespace || $0 == "_" || $0 == "!" })
      .joined(separator: " ")
  }

  /// `very tired` is on the level of `tired`.
  private static func withoutDegree(_ word: String) -> String {
    let words = word.split(separator: " ")
    let rest = words.drop { degrees.contains(String($0)) }
    return rest.isEmpty ? word : rest.joined(separator: " ")
  }

  private static let degrees: Set = [
    "very", "a", "bit", "vaguely", "somewhat", "slightly", "so", "really", "pretty", "rather",
    "quite", "kind", "kinda", "of", "little", "extremely", "too", "feeling",
  ]
}

// The words. Daylio's own levels are named as its translations name them.
extension DaylioMood {
  private static let levels = table([
    5: """
    rad, awesome, great, amazing, super, excellent, fantastisch, großartig, fantastique, génial, \
    excellent, genial, increíble, fantástico, ottimo, fantastico, radical, ótimo, incrível, \
    geweldig, świetnie, super, doskonale, супер, отлично, прекрасно, чудово, skvěle, skvělý, \
    fantastisk, strålende, toppen, loistava, mahtava, szuper, harika, muhteşem, 最高, 超棒, 很棒, \
    최고, superb, excelent, рад
    """,
    4: """
    good, gut, bien, bon, bueno, bene, buono, bom, bem, goed, dobrze, dobry, dobrý, dobře, \
    хорошо, хороший, добре, god, bra, godt, hyvä, jó, iyi, 良い, いい, 好, 不错, 좋음, 좋아, bine
    """,
    3: """
    meh, ok, okay, o.k., so-so, so so, average, neutral, normal, okey, mittel, geht so, naja, \
    na ja, bof, moyen, comme ci comme ça, regular, más o menos, así así, così così, normale, \
    mais ou menos, médio, gaat wel, mwah, tak sobie, średnio, так себе, нормально, нормально так, \
    jde to, ujde to, nic moc, ok, sådär, så där, ganske ok, menetelee, elmegy, idare eder, \
    şöyle böyle, 普通, まあまあ, 一般, 还行, 보통, 그저 그래, așa și așa
    """,
    2: """
    bad, schlecht, mauvais, mal, malo, male, cattivo, mau, ruim, slecht, źle, zły, плохо, \
    погано, špatně, špatný, dålig, dårlig, huono, rossz, kötü, 悪い, 不好, 糟糕, 나쁨, rău
    """,
    1: """
    awful, terrible, horrible, lausig, furchtbar, schrecklich, mies, atroce, affreux, pésimo, \
    fatal, pessimo, terribile, orribile, péssimo, horrível, terrível, verschrikkelijk, vreselijk, \
    afschuwelijk, okropnie, fatalnie, ужасно, жахливо, hrozně, příšerně, hemskt, forfærdelig, \
    forferdelig, kamala, kauhea, szörnyű, berbat, 最悪, 很糟, 非常糟糕, 최악, groaznic
    """,
  ])

  private static let feelings = table([
    5: """
    happy, joyful, blissful, ecstatic, excited, elated, thrilled, delighted, euphoric, in love, \
    overjoyed, wonderful, perfect, inspired, best
    """,
    4: """
    grateful, thankful, proud, hopeful, loving, loved, cozy, content, cheerful, calm, peaceful, \
    relieved, confident, motivated, productive, energetic, rested, social, laughing, amused, \
    captivated, in awe, kind, independent, optimistic, playful, satisfied, strong, connected, \
    refreshed, relaxed, appreciated, fine, well, nice
    """,
    3: """
    focused, busy, reflective, pensive, nostalgic, surprised, intrigued, curious, indifferent, \
    bored, conflicted, mixed, confused, groggy, sleepy, hungry, restless, uneasy, numb, blank, \
    fatigued, in a hurry, quiet, fluctuating
    """,
    2: """
    sad, tired, stressed, anxious, worried, nervous, lonely, angry, annoyed, irritated, \
    frustrated, disappointed, guilty, ashamed, jealous, envy, envious, hurt, rejected, \
    misunderstood, helpless, insecure, scared, afraid, overwhelmed, exhausted, sick, unwell, \
    upset, down, gloomy, distracted, impatient, grumpy, moody, uncomfortable, incompetent, \
    aching, cold, unmotivated, low, torn
    """,
    1: """
    depressed, hopeless, desperate, furious, devastated, heartbroken, worthless, miserable, \
    terrified, mortified, hollow, empty, trapped, lifeless, crying, panic, panicked, broken, \
    enraged, nauseous, suicidal, worst
    """,
  ])

  private static func table(_ words: [Int: String]) -> [String: Int] {
    var levels: [String: Int] = [:]
    for (level, list) in words {
      for word in list.split(separator: ",") { levels[word.trimmedOfWhiteSpace] = level }
    }
    return levels
  }
}
