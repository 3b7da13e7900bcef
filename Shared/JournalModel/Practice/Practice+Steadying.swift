extension Practice {
  /// What steadies the body.
  static let steadying = [
    Practice(
      id: "grounding", name: "Grounding",
      summary: "Come back to where you are, sense by sense.",
      content: .guided([
        "Stay where you are. Let your feet or your back feel what carries you.",
        "Look around and name five things you can see.",
        "Feel for four things: cloth, air, the edge of a table, your own hands.",
        "Listen for three sounds, near or far.",
        "Notice two things you can smell, or two smells you like to think of.",
        "Notice one thing you can taste, or take a sip of water.",
        "This is the room you are in. What you feel may still be there, and so are you.",
      ])),
    Practice(
      id: "breathing", name: "Breathing",
      summary: "Breathe slowly, longer out than in.",
      content: .breathing),
    Practice(
      id: "muscles", name: "Muscles",
      summary: "Tense and let go, from the hands to the feet.",
      content: .guided([
        "Sit or lie down. Tense only as far as it is comfortable; leave out what hurts.",
        "Hands: make fists, for about five seconds. Now let them fall open.",
        "Arms: bend them and tense. Hold a little. Let them sink.",
        "Shoulders: pull them up towards your ears. Hold a little. Let them drop.",
        "Face: screw up your eyes and mouth. Hold a little. Let it grow smooth.",
        "Belly: draw it in. Hold a little. Let the breath come by itself.",
        "Legs: stretch them and press your heels down. Hold a little. Let them grow heavy.",
        "Feet: curl your toes. Hold a little. Let go.",
        "Stay for a few breaths, and notice what is different, if anything.",
      ])),
    Practice(
      id: "sitting", name: "Sitting",
      summary: "Sit with what is there, without having to do anything about it.",
      content: .guided([
        "Sit so that you could stay a while. Eyes open or closed, as you like.",
        "Find one place where you feel your breath: nose, chest or belly. Stay with it.",
        "Thoughts will come. Say “thinking” to yourself, kindly, and come back.",
        "If you feel the wish to get away, notice where in the body it sits. It may stay there.",
        "Take ten more breaths, in your own time.",
        "Before you get up: one kind word to yourself, as you would say it to a friend.",
      ])),
  ]
}
