import JournalModel
import TestSupport
import Testing

@testable import JournalCommands

@Suite struct CheckInTests {
  /// The questions that are asked when these are the answers, and what comes of them.
  private func asked(_ lines: String...) -> (questions: [CheckInQuestion], answers: CheckInAnswers)
  {
    var checkIn = CheckIn()
    var questions: [CheckInQuestion] = []
    for line in lines {
      if let question = checkIn.current { questions.append(question) }
      #expect(checkIn.take(line) == .moved, "\(line)")
    }
    return (questions, checkIn.answers)
  }

  @Test func `whoever is not on the way out is asked little`() {
    let (questions, answers) = asked("7", "", "calm, glad", "8", "1", "0", "@Sam, Mara", "", "")
    #expect(
      questions == [.score, .energy, .emotions, .closeness, .pull, .urge, .people, .note])
    #expect(answers.numbers == [.score: 7, .closeness: 8, .urge: 0])
    #expect(answers.names == [.emotions: ["calm", "glad"], .people: ["Sam", "Mara"]])
    #expect(answers.pull == .toward)
  }

  @Test func `a pull away is asked about, and what was meant if something was said`() {
    let (questions, answers) = asked(
      "", "", "", "", "away", "", "", "1 wi", "a look", "I'm fine", "stay", "", "", "")
    #expect(questions.suffix(7) == [.signs, .trigger, .said, .meant, .fear, .action, .note])
    #expect(answers.names[.signs] == ["communication", "withdrawal"])
    #expect(answers.texts == [.trigger: "a look", .said: "I'm fine", .meant: "stay"])
    #expect(!asked("", "", "", "", "torn", "", "", "", "", "", "").questions.contains(.meant))
  }

  @Test func `an answer can be gone back to, kept, changed and taken away`() {
    #expect(asked("7", "3", "<", "", "<", "<", "5").answers.numbers == [.score: 5, .energy: 3])
    #expect(asked("7", "<", "-").answers.isEmpty)
    #expect(asked("", "", "", "", "2", "<", "-").answers.pull == nil)
    var checkIn = CheckIn()
    #expect(checkIn.take("<") == .again(Messages.CheckIn.isFirst))
    #expect(checkIn.take("?") == .explain)
    #expect(checkIn.take(".") == .moved)
    #expect(checkIn.current == nil)
  }

  @Test(arguments: [
    (["11"], "1 to 10"), (["0"], "1 to 10"), (["good"], "1 to 10"),
    (["", "", "", "-1"], "0 to 10"), (["", "", "", "", "to"], "toward, away or torn"),
    (["", "", "", "", "4"], "toward, away or torn"),
    (["", "", ","], "no name"), (["", "", String(repeating: "x", count: 257)], "256"),
    (["", "", "a\u{1B}b"], "one line"),
  ])
  func `what is no answer is told, and asked again`(lines: [String], sentence: String) throws {
    var checkIn = CheckIn()
    for line in lines.dropLast() { #expect(checkIn.take(line) == .moved) }
    let question = checkIn.current
    guard case .again(let told) = checkIn.take(try #require(lines.last)) else {
      return #expect(Bool(false))
    }
    #expect(told.contains(sentence))
    #expect(checkIn.current == question)
    #expect(checkIn.answers.isEmpty)
  }

  @Test func `with a comma, what is felt can be phrases`() {
    let felt = { (line: String) in asked("", "", line).answers.names[.emotions] }
    #expect(felt("touched, a bit shaky") == ["touched", "a bit shaky"])
    #expect(felt("touched shaky") == ["touched", "shaky"])
  }

  @Test func `the British spelling of toward is one`() {
    #expect(asked("", "", "", "", "Towards").answers.pull == .toward)
  }

  @Test func `answers become a mood log, or an entry where nothing was measured`() {
    let date = JournalDate(day: CivilDay(clampingDaysSinceEpoch: 0), timeZone: "UTC")
    let (_, answers) = asked("4", "", "torn", "8", "3", "7", "Sam")
    let mood = answers.moodDraft(date: date)
    #expect(answers.hasMeasure)
    #expect(mood.score == 4 && mood.closeness == 8 && mood.urge == 7 && mood.pull == .torn)
    #expect(mood.emotions == ["torn"] && mood.people == ["Sam"])
    let (_, words) = asked("", "3", "lost", "", "", "", "", "it rains")
    #expect(!words.hasMeasure)
    #expect(words.entryDraft(date: date).text == "energy: 3\nemotions: lost\nnote: it rains")
  }

  @Test(arguments: CheckInQuestion.allCases)
  func `a question fits into 60 columns, and speaks kindly`(question: CheckInQuestion) {
    let screen = CheckInScreen(
      style: Style(isOn: false), columns: 60, offer: EmotionOffer(learnedFrom: [MoodLog]()))
    let lines =
      screen.lines(
        question, place: (12, 14), answer: String(repeating: "long words ", count: 20))
      + screen.explanation(question)
    #expect(lines.filter { DisplayWidth.of($0) > 60 } == [])
    #expect(lines.flatMap { Tone.refusedWords(in: $0) } == [])
  }
}

@Suite struct OwnPromptsTests {
  @Test func `a line is a question, its tags at the end`() {
    let prompts = OwnPrompts.prompts(
      in: """
        # Sundays

        - What did we laugh about? #couple #sunday
        What is #1 for you?
        - What did we laugh about? #couple
        * \u{1B}[2Jx
        #only #tags
        """)
    #expect(
      prompts.map(\.question) == [
        "What did we laugh about?", "What is #1 for you?", "␛[2Jx",
      ])
    #expect(prompts.map(\.tags) == [["couple", "sunday"], [], []])
    #expect(prompts[0].id == "own-" + prompts[0].id.suffix(8))
    #expect(Set(prompts.map(\.id)).count == 3)
    #expect(OwnPrompts.prompts(in: "What did we laugh about?")[0].id == prompts[0].id)
  }
}

@Suite struct BreathingPacerTests {
  @Test func `every line is as wide as the others, so that each covers the one before`() {
    for phase in BreathingRhythm.Phase.allCases {
      for second in [1, 5, 20] {
        let line = BreathingPacer.line(phase, second, of: 20, round: 7, rounds: 12)
        #expect(DisplayWidth.of(line) == BreathingPacer.columns)
        #expect(line.hasPrefix(Messages.Practices.name(of: phase)))
      }
    }
  }
}
