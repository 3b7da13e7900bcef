import JournalModel
import TestSupport
import Testing

@Suite struct ToneTests {
  /// Every sentence of the catalogues.
  private static let sentences: [String] =
    Prompt.all.map(\.question) + KindSentence.all
    + Rung.allCases.flatMap { [$0.name, $0.example] } + Sign.allCases.map(\.inWords)
    + EmotionWord.all.map(\.word) + EmotionWord.Quarter.allCases.map(\.name)
    + Practice.all.flatMap { practice in
      [practice.name, practice.summary]
        + {
          switch practice.content {
          case .guided(let sentences): sentences
          case .breathing: []
          case .written(let questions): questions.flatMap { [$0.heading, $0.question] }
          }
        }()
    }

  @Test func `no sentence diagnoses, names causes, judges or promises`() {
    #expect(Self.sentences.count > 250)
    for sentence in Self.sentences {
      #expect(Tone.refusedWords(in: sentence) == [], "\(sentence)")
    }
  }

  @Test(arguments: [
    ("You should call her.", ["should"]), ("That is due to your childhood", ["due to"]),
    ("You’ll feel better", ["you'll", "feel better"]), ("A shoulder to lean on", []),
    ("BECAUSE", ["because"]),
  ])
  func `the list is heeded`(sentence: String, words: [String]) {
    #expect(Set(Tone.refusedWords(in: sentence)) == Set(words))
  }

  @Test func `prompts are many, short, and each is there once`() {
    #expect(Prompt.all.count >= 120)
    #expect(Set(Prompt.all.map(\.id)).count == Prompt.all.count)
    #expect(Set(Prompt.all.map { $0.question.lowercased() }).count == Prompt.all.count)
    for prompt in Prompt.all {
      #expect((20...100).contains(prompt.question.count), "\(prompt.id)")
      #expect(prompt.question.last == "?" || prompt.question.last == ".", "\(prompt.id)")
      #expect(!prompt.question.contains("\n"))
      #expect(prompt.tags.first.flatMap(Prompt.Theme.init) != nil)
    }
    for theme in Prompt.Theme.allCases {
      #expect(Prompt.all.count { $0.tags.first == theme.rawValue } >= 14, "\(theme)")
    }
    for sign in Sign.allCases {
      #expect(Prompt.all.count { $0.tags.contains(sign.rawValue) } >= 4, "\(sign)")
    }
  }

  @Test func `the practices have the names that journals keep`() {
    #expect(
      Practice.all.map(\.id) == [
        "grounding", "breathing", "muscles", "sitting", "letter-to-myself", "repair", "reconnect",
        "who-to-let-in", "protecting-or-hiding",
      ])
    #expect(Practice.named("repair")?.isWritten == true)
    #expect(Practice.named("Repair") == nil)
  }

  @Test func `a rhythm leaves out what has no length`() {
    var rhythm = BreathingRhythm()
    #expect(rhythm.phases.map(\.phase) == [.breatheIn, .breatheOut])
    rhythm.holdSeconds = 2
    #expect(rhythm.phases.map(\.seconds) == [4, 2, 6])
  }
}
