// Noticing, where it comes from, and the seven groups of signs.
extension Prompt {
  static let noticing = numbered(
    .noticing,
    [
      "When did you last feel the wish to step back? What was happening a moment before?",
      "Where in your body do you feel it first when somebody comes near?",
      "What did you want most today, just before you turned away from it?",
      "Which moment of closeness this week felt easy? What made it so?",
      "If the urge to withdraw could speak, what would it ask you for?",
      "How do you talk to yourself after you have kept somebody away?",
      "What would you say to a friend who felt what you feel just now?",
      "Think of a door you closed this week. What did you hope somebody would do?",
      "What small thing did you dare lately that nobody saw?",
      "When were you last near somebody and calm at once?",
      "What were you protecting today, and from what?",
      "Which of today’s fears belongs to today, and which to another time?",
      "What do you do with your hands, your eyes, your phone when it gets personal?",
      "Two wishes at once: which two were they, the last time you felt torn?",
      "How long does it take until you miss somebody you have sent away?",
      "What did you say lately that meant something else? Write down what it meant.",
      "What would be different tonight if you felt entirely safe?",
      "Which kindness towards yourself would fit into the next ten minutes?",
    ])

  static let origins = numbered(
    .origins,
    [
      "Who was near you when you were small, and how did you know that they were there?",
      "What did people around you do with tears when you were a child?",
      "When did you first learn to manage alone? What did that make possible?",
      "What was said at home about needing others?",
      "Which old rule about feelings do you still follow? Who made it?",
      "Remember a time when opening up was met well. What did the other person do?",
      "Remember a time when it was not met well. What did you decide afterwards?",
      "What did love look like in the house you grew up in?",
      "Whom did you go to when you were afraid, and what happened then?",
      "Which part of you has been on guard the longest? What would it need to rest?",
      "What do you know now that you could not know then?",
      "What did the people you learned from never get to learn themselves?",
      "Which story about yourself have you told so often that you stopped checking it?",
      "What did your younger self do well to get through? Thank them for it.",
      "Where did you learn how much of you is welcome?",
    ])

  static let signs =
    numbered(
      .communication,
      [
        "Which short answer lately could have been a longer one? Write the longer one here.",
        "What subject do you steer around with somebody you like?",
        "When did a joke take the place of something you meant?",
        "What would you have said if there had been five more minutes, and no risk?",
      ])
    + numbered(
      .distance,
      [
        "Which plan did you call off, or want to? What did the free evening give you?",
        "With whom does it stay on the surface? What lies right below it?",
        "What part of your week does nobody know about?",
        "What happens in you when somebody tells you something very personal?",
      ])
    + numbered(
      .defence,
      [
        "When did care feel like being watched? How would it look if it felt like care?",
        "Which help did you turn down lately? What would it have been like to take a little?",
        "A tender moment turned into an argument: what were you feeling one minute before?",
        "Which question from somebody close do you find hard to bear? What do you hear in it?",
      ])
    + numbered(
      .sabotage,
      [
        "When things grew serious, what did you start to notice about the other person?",
        "Did you ever leave so as not to be left? What did you take with you?",
        "How do you test whether somebody stays? What answer are you hoping for?",
        "What could go well between you, if you let it go on for another month?",
      ])
    + numbered(
      .withdrawal,
      [
        "What are you carrying alone that somebody could carry a little of?",
        "Which invitation would you accept if it cost no strength?",
        "What comes before people in your week? What would happen if one person came first?",
        "After which company are you less tired than before?",
      ])
    + numbered(
      .suspicion,
      [
        "Which kind word did you not believe lately? Suppose it was meant: what then?",
        "What did you expect somebody to do, and what did they do?",
        "When something is unclear, which ending do you tell yourself first? Write two others.",
        "Who has kept their word to you lately, in a small thing?",
      ])
    + numbered(
      .unavailability,
      [
        "What do you feel just now? Try three words, and see which fits best.",
        "How is it for you when somebody near you cries, or is very glad?",
        "About whom do you say “it is nothing serious”? What would you say if you let yourself?",
        "What does being independent give you? What would you like to share all the same?",
      ])
}
