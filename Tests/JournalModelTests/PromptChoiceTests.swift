import JournalModel
import Testing

@Suite struct PromptChoiceTests {
  private static let today = CivilDay(clampingDaysSinceEpoch: 20_778)

  private func choice(
    daysAgo: Int = 1, _ change: (inout MoodDraft) -> Void
  ) throws -> PromptChoice {
    var choice = PromptChoice(today: Self.today)
    choice.moods = [try Records.mood(on: Self.today.adding(days: -daysAgo), change)]
    return choice
  }

  @Test func `nothing in the last days asks about any day`() throws {
    #expect(PromptChoice(today: Self.today).subjects == ["everyday"])
    #expect(try choice(daysAgo: 7) { $0.urge = 9 }.subjects == ["everyday"])
    #expect(try choice(daysAgo: -1) { $0.urge = 9 }.subjects == ["everyday"])
  }

  @Test func `what was logged says what a question is about`() throws {
    #expect(try choice(daysAgo: 2) { $0.urge = 7 }.subjects == ["noticing", "everyday"])
    #expect(try choice(daysAgo: 3) { $0.urge = 7 }.subjects == ["everyday"])
    #expect(try choice { $0.urge = 6 }.subjects == ["everyday"])
    #expect(try choice { $0.pull = .torn }.subjects == ["origins", "everyday"])
    #expect(try choice { $0.pull = .toward }.subjects == ["everyday"])
    #expect(try choice { $0.closeness = 7 }.subjects == ["gratitude", "everyday"])
    #expect(
      try choice {
        $0.score = 4
        $0.emotions = ["sorry"]
        $0.said = "go"
        $0.meant = "stay"
      }.subjects == ["repair", "couple", "everyday"])
  }

  @Test func `the sign logged most often comes before the others`() throws {
    var choice = try choice {
      $0.urge = 2
      $0.signs = ["withdrawal", "defence"]
    }
    #expect(choice.subjects == ["defence", "everyday"])
    choice.moods.append(
      try Records.mood(on: Self.today) {
        $0.urge = 2
        $0.signs = ["withdrawal"]
      })
    #expect(choice.subjects == ["withdrawal", "everyday"])
    let prompt = try #require(choice.pick(from: Prompt.all))
    #expect(prompt.tags == ["signs", "withdrawal"])
  }

  @Test(arguments: [(-3, true), (-4, false), (3, true), (4, false)])
  func `a step of these days asks about the ladder`(day: Int, isNear: Bool) throws {
    let date = JournalDate(day: Self.today.adding(days: day), timeZone: "UTC")
    var choice = PromptChoice(today: Self.today)
    choice.steps = [try Records.step { $0.due = date }]
    #expect(choice.subjects == (isNear ? ["ladder", "everyday"] : ["everyday"]))
    choice.steps = [try Records.step { $0.doneAt = date }]
    #expect(choice.subjects == (isNear ? ["ladder", "everyday"] : ["everyday"]))
    choice.steps = [
      try Records.step {
        $0.due = date
        $0.isSkipped = true
      }
    ]
    #expect(choice.subjects == ["everyday"])
  }

  @Test func `the same day asks the same, and nothing twice in a month`() throws {
    var lastAnswered: [String: CivilDay] = [:]
    var asked: [String] = []
    for day in 0..<300 {
      var choice = PromptChoice(today: Self.today.adding(days: day))
      choice.lastAnswered = lastAnswered
      let prompt = try #require(choice.pick(from: Prompt.all))
      #expect(choice.pick(from: Prompt.all) == prompt)
      if let last = lastAnswered[prompt.id] {
        #expect(choice.today.daysSinceEpoch - last.daysSinceEpoch >= PromptChoice.restDays)
      }
      lastAnswered[prompt.id] = choice.today
      asked.append(prompt.id)
    }
    #expect(Set(asked.prefix(30)).count == 30)
  }

  @Test func `when all are answered, nothing is asked`() throws {
    var choice = PromptChoice(today: Self.today)
    for prompt in Prompt.all {
      choice.lastAnswered[prompt.id] = Self.today.adding(days: -29)
    }
    #expect(choice.pick(from: Prompt.all) == nil)
    choice.lastAnswered["origins-2"] = Self.today.adding(days: -30)
    #expect(choice.pick(from: Prompt.all)?.id == "origins-2")
  }
}

@Suite struct EmotionOfferTests {
  private static let day = CivilDay(clampingDaysSinceEpoch: 20_778)

  @Test func `without logs, Ebb's own words are offered`() {
    let offer = EmotionOffer(learnedFrom: [MoodLog](), wordsMax: 3)
    #expect(offer.wordsByQuarter[.pleasantCalm] == ["calm", "content", "safe"])
    #expect(offer.wordsByQuarter[.unpleasantStirred] == ["anxious", "torn", "angry"])
    #expect(offer.unplaced == [])
  }

  @Test func `some words of one's own come first, where one's logs place them, and push none away`()
    throws
  {
    let logs = [
      try Records.mood(on: Self.day) {
        $0.score = 2
        $0.energy = 8
        $0.emotions = ["ragged", "Torn"]
      },
      try Records.mood(on: Self.day) {
        $0.score = 9
        $0.emotions = ["ragged", "cosy"]
      },
      try Records.mood(on: Self.day) {
        $0.score = 1
        $0.emotions = ["ragged"]
      },
      try Records.mood(on: Self.day) {
        $0.urge = 1
        $0.emotions = ["foggy"]
      },
    ]
    let offer = EmotionOffer(learnedFrom: logs, wordsMax: 3)
    #expect(offer.wordsByQuarter[.unpleasantStirred] == ["ragged", "Torn", "anxious", "angry"])
    #expect(offer.wordsByQuarter[.pleasantCalm] == ["cosy", "calm", "content", "safe"])
    #expect(offer.unplaced == ["foggy"])
    let few = EmotionOffer(learnedFrom: logs, wordsMax: 2, ownMax: 0)
    #expect(few.wordsByQuarter[.unpleasantStirred] == ["Torn", "anxious"])
    #expect(few.wordsByQuarter[.pleasantCalm] == ["calm", "content"] && few.unplaced == [])
  }
}

@Suite struct KindSentenceTests {
  private static let day = CivilDay(clampingDaysSinceEpoch: 20_778)

  @Test func `it fits what was logged, and changes with the day`() throws {
    let strong = try Records.mood(on: Self.day) { $0.urge = 8 }
    let mild = try Records.mood(on: Self.day) { $0.urge = 2 }
    let sentences = Set((0..<30).map { KindSentence.after(strong, on: Self.day.adding(days: $0)) })
    #expect(sentences.count > 1)
    #expect(!sentences.contains(KindSentence.after(mild, on: Self.day)))
    #expect(KindSentence.after(nil, on: Self.day) == KindSentence.after(mild, on: Self.day))
  }
}
