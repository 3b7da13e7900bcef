extension Practice {
  /// What is written, question by question.
  static let written = [
    Practice(
      id: "letter-to-myself", name: "A letter to myself",
      summary: "Write to yourself as you would write to a friend.",
      content: .written([
        Question("What happened", "What happened? Tell it as you would tell a friend."),
        Question(
          "What it was like", "What was it like for you, and what did you need just then?"),
        Question(
          "What a friend would say", "What would you say to a friend who told you this?"),
        Question("What I wish for you", "What do you wish for yourself, for the days to come?"),
      ])),
    Practice(
      id: "repair", name: "Repair",
      summary: "Own what you did, and find out what could mend it.",
      content: .written([
        Question("What I did", "What did you do or say? Only what you did, without reasons."),
        Question(
          "How it may have been for them", "How may it have been for them? Guess with care."),
        Question(
          "What I am sorry for", "What exactly are you sorry for? One thing, by its name."),
        Question(
          "What I can offer",
          "What could you offer to put right, and how will you ask what they need?"),
        Question(
          "What I will do differently", "Which small change could they see, week after week?"),
        Question(
          "Their pace", "How will you respect it if they need time, or say no for now?"),
      ])),
    Practice(
      id: "reconnect", name: "Reconnecting",
      summary: "Find the way back to somebody after a time apart.",
      content: .written([
        Question("Whom I have missed", "Whom have you kept away from, and since when?"),
        Question(
          "What I miss", "What do you miss about them, or about yourself with them?"),
        Question(
          "One honest sentence", "What is one honest sentence you could begin with?"),
        Question(
          "What I need",
          "What do you need from them: space, an ear, closeness? How would you ask?"),
        Question(
          "What I want to thank them for",
          "What would you like to thank them for, such as their patience?"),
        Question("The first small step", "What is the smallest first step, and when?"),
      ])),
    Practice(
      id: "who-to-let-in", name: "Who to let in",
      summary: "Think about one person, and how near you would like them to be.",
      content: .written([
        Question("Who it is", "Who is it, and how near are they now?"),
        Question(
          "Word and deed", "When did their words and what they did go together? When not?"),
        Question("My limits", "What did they do when you said no, or asked for time?"),
        Question(
          "Being there", "When were they there with their whole attention? How did you notice?"),
        Question(
          "Talking openly", "What have they told you about themselves, and what could you say?"),
        Question("My gut", "What does your gut say, before you argue with it?"),
        Question(
          "The bar", "How high is the bar they would need to clear? Would anyone you know clear it?"
        ),
      ])),
    Practice(
      id: "protecting-or-hiding", name: "Protecting or hiding",
      summary: "Ask what a distance is for, and for how long.",
      content: .written([
        Question("The distance", "Where are you keeping your distance just now, and from whom?"),
        Question(
          "What it keeps safe", "What does it keep safe? What could happen if you came nearer?"),
        Question("What it costs", "What do you go without for its sake?"),
        Question(
          "Then and now", "Which time in your life does it remind you of? What is different now?"),
        Question(
          "Protecting, or hiding?",
          "Looking at it now: is it more a rest that you need, or a place to hide?"),
        Question("Until when", "Until when is it good, and how would you notice it is enough?"),
      ])),
  ]
}
