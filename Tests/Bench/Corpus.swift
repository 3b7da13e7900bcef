/// Made-up diary prose of about 600 bytes an entry: the same for the same seed, compressible about
/// as English is.
struct Corpus {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  /// A word that one entry in a journal of any size holds.
  static let rareWord = "quincunx"

  mutating func entry() -> String {
    var text = ""
    while text.utf8.count < 560 {
      var sentence = phrase()
      for _ in 0..<Int(next() % 3) {
        sentence += [", and ", ", but ", "; then "][index(3)] + phrase()
      }
      text += sentence.prefix(1).uppercased() + sentence.dropFirst() + ". "
    }
    text.removeLast()
    return text
  }

  private mutating func phrase() -> String {
    let subject = Self.subjects[index(Self.subjects.count)]
    let verb = Self.verbs[index(Self.verbs.count)]
    let object = Self.objects[index(Self.objects.count)]
    let place = Self.places[index(Self.places.count)]
    let detail = Self.details[index(Self.details.count)]
    return "\(subject) \(verb) \(object) \(place)\(detail)"
  }

  private mutating func index(_ count: Int) -> Int {
    Int(next() % UInt64(count))
  }

  /// SplitMix64 (Steele, Lea, Flood 2014).
  private mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  private static let subjects = [
    "I", "we", "my sister", "the neighbour", "Sam", "an old friend", "my father", "the children",
    "nobody", "Miriam", "the man from the bakery", "everyone at work", "Jonas", "the doctor",
    "someone on the train", "my mother", "the woman upstairs", "Ida", "the whole choir", "he",
  ]
  private static let verbs = [
    "talked about", "forgot", "remembered", "carried", "waited for", "laughed at", "wrote down",
    "kept", "lost", "found", "wanted", "avoided", "painted", "mended", "promised", "listened to",
    "missed", "asked for", "dreamt of", "walked past", "looked after", "gave away", "understood",
  ]
  private static let objects = [
    "the garden", "a long letter", "the broken window", "yesterday's quarrel", "that summer",
    "the blue bicycle", "an apology", "the quiet", "dinner", "the dog", "some photographs",
    "the plan for spring", "a small fear", "the river", "the money", "her voice", "a better word",
    "the last bus", "an open door", "the recipe", "his question", "the storm", "a hundred things",
  ]
  private static let places = [
    "in the kitchen", "before breakfast", "on the way home", "at the station", "by the lake",
    "after the rain", "late at night", "in the morning", "under the lamp", "behind the church",
    "at the table", "on the phone", "without a word", "for an hour", "between two meetings",
    "during lunch", "near the bridge", "at the end of the day", "in the cold", "as always",
  ]
  private static let details = [
    "", "", "", "", " and felt lighter", " and did not sleep", " with shaking hands",
    " as if nothing had happened", " because it was time", " although it was hard",
    " while the kettle sang", " until the street was empty", " and said so",
    " more slowly than usual", " for the third time this week", " without looking back",
  ]
}
