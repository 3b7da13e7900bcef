// As a couple, mending, the ladder, thanks, and any day.
extension Prompt {
  static let couple = numbered(
    .couple,
    [
      "What does your partner do when they want to be near you? How do you notice?",
      "What do you do when you want to be near, and how would they know?",
      "Which sentence between you is often heard differently from how it is meant?",
      "When did you last laugh together? Tell it with all that belongs to it.",
      "What are you afraid to be too much of for them?",
      "Which worry do you keep from them so as not to be a burden?",
      "What would you like to be asked by them, once a week?",
      "How do you two come back to each other after a quarrel? Who takes which step?",
      "Space and distance: how could you say the first so that it is not heard as the second?",
      "What did they do this week that you have not thanked them for?",
      "What do you know about their fear of losing you?",
      "Which habit of yours together would you like to keep for twenty years?",
      "Where did you feel turned away lately? What else could it have been?",
      "What would you like to tell them tonight, if you were sure of a gentle answer?",
      "What are you both tired of? What could the two of you lay down for a week?",
      "What did you first like about them, and where do you still see it?",
    ])

  static let repair = numbered(
    .repair,
    [
      "Is there something you said lately that you would like to say again, differently?",
      "To whom do you owe an answer? What is the shortest honest one?",
      "Describe one thing you did, from where the other person stood.",
      "Which apology did you once get that did you good? What was in it?",
      "What could you do for a few weeks, quietly, that would show more than words?",
      "What does the other person need from you now? How could you ask them?",
      "Which limit of theirs would you like to respect better?",
      "What would you like to be forgiven for, by yourself first?",
      "What have you mended before? How did you begin?",
      "What could you say without the word “but” in it?",
      "Whose patience have you leaned on? How might you let them know?",
      "Write the message you keep putting off. Sending it is another matter.",
      "What is yours to carry in this, and what is not?",
      "Which small word given to somebody would you like to keep this week?",
    ])

  static let ladder = numbered(
    .ladder,
    [
      "Which small preference could you say aloud tomorrow?",
      "What minor worry could you mention to somebody, in one sentence?",
      "Where could you say “I don’t know” this week, and to whom?",
      "Which memory do you leave out when you tell your story? Who might hear it one day?",
      "Which deep feeling would you show somebody last? What would need to be true first?",
      "Think of the last time you dared a little. What did you fear, and what happened?",
      "Who is a good person for a first small step? What makes them so?",
      "What would half of that step look like?",
      "What would you do if it went well?",
      "What could you do if it went badly? Who would be there?",
      "Which rung feels easy by now that was hard a year ago?",
      "What do you need beforehand to dare it, and what afterwards?",
      "Who has dared something with you lately? How was it to be trusted?",
      "A plan you set aside: does it want to be smaller, later, or let go?",
      "How would you tell somebody that you are learning to be more open, and slowly?",
    ])

  static let gratitude = numbered(
    .gratitude,
    [
      "Who made this week lighter? What exactly did they do?",
      "Whose voice would you like to hear just now? What do you like about it?",
      "Who has stayed, over the years? How did they do that?",
      "Which stranger was kind to you lately?",
      "What did somebody teach you without meaning to?",
      "Who notices when you are quiet? How do you know?",
      "Which gift, however small, did you get lately that cost nothing?",
      "For what would you like to thank somebody who does not expect it?",
      "Who believed in something you did before you believed in it?",
      "Which person from long ago do you still carry with you? What do they say?",
      "What did you give somebody lately that they were glad of?",
      "Who makes room for you as you are? What does that room look like?",
      "Which meal, walk or hour with somebody would you like to live again?",
      "Who waited for you, and how?",
      "What is good about the person you find hard at the moment?",
    ])

  static let everyday = numbered(
    .everyday,
    [
      "What do you want to remember of today?",
      "Whom did you see today, and what stayed with you?",
      "What was the quietest moment of the day?",
      "What did you look forward to, and how was it?",
      "Describe the place where you are, as if for somebody who will never see it.",
      "What surprised you today?",
      "What took your strength today, and what gave you some?",
      "Which conversation would you like to go on with?",
      "What did you leave unsaid today? Was it good so?",
      "What are you waiting for?",
      "Which song, smell or light belongs to this week?",
      "What is on your mind when you wake up these days?",
      "What did you do only for yourself?",
      "What are you glad that it is over?",
      "Whom would you like to see this week, and what would you do together?",
      "What changed since this time last year?",
      "What did you smile at, however briefly?",
      "If today had a title, what would it be?",
      "What would make tomorrow a good day?",
      "What are you learning at the moment, whether you chose it or not?",
    ])
}
