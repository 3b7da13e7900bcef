internal import JournalModel

/// Questions of the user's own: `prompts.md` in the configuration folder, one a line.
///
///     # Sundays
///     - What did we laugh about? #couple #sunday
///
/// Tags stand at the end of the line. Headings and empty lines are passed over, and so is the sign
/// of a list. A question's id is made from its words, so that it stays when lines move.
enum OwnPrompts {
  static func read(_ folders: JournalFolders) throws -> [Prompt] {
    let path = folders.settingsFolder + "/prompts.md"
    return try FileBytes.text(of: path).map(prompts) ?? []
  }

  static func prompts(in text: String) -> [Prompt] {
    var prompts: [Prompt] = []
    for line in text.split(whereSeparator: \.isNewline) {
      guard let prompt = prompt(Visible.line(String(line))),
        !prompts.contains(where: { $0.id == prompt.id })
      else { continue }
      prompts.append(prompt)
    }
    return prompts
  }

  private static func prompt(_ line: String) -> Prompt? {
    guard !line.hasPrefix("# "), !line.hasPrefix("##") else { return nil }
    var words = line.split(separator: " ").map(String.init)
    if let first = words.first, ["-", "*", "+"].contains(first) { words.removeFirst() }
    var tags: [String] = []
    while let last = words.last, last.hasPrefix("#"), last.count > 1 {
      tags.insert(String(last.dropFirst()), at: 0)
      words.removeLast()
    }
    guard !words.isEmpty else { return nil }
    let question = words.joined(separator: " ")
    return Prompt(id: "own-" + hash(question), question: question, tags: tags)
  }

  /// FNV-1a of 32 bits: enough to tell a person's questions apart, and the same on every machine.
  ///
  /// Source: Fowler, Noll, Vo, http://www.isthe.com/chongo/tech/comp/fnv/
  private static func hash(_ text: String) -> String {
    let number = text.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
