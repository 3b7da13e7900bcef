internal import Interchange
internal import JournalModel

/// A practice to read, where nobody can be led through it.
struct PracticeGuide {
  let practice: Practice
  let rhythm: BreathingRhythm

  func lines(columns: Int?) -> [String] {
    let width = columns.map { min($0, 72) }
    let numbered = zip(1..., parts).flatMap { number, part in
      LineWrap.wrapped(part, columns: width, after: DisplayWidth.padded("\(number).", to: 4))
    }
    return [practice.name, practice.summary, ""] + numbered
  }

  private var kind: String {
    switch practice.content {
    case .guided: "guided"
    case .breathing: "breathing"
    case .written: "written"
    }
  }

  private var parts: [String] {
    switch practice.content {
    case .guided(let sentences): sentences
    case .breathing: [Messages.Practices.inWords(rhythm)]
    case .written(let questions): questions.map(\.question)
    }
  }

  var json: JSONText {
    .object([
      ("id", .string(practice.id)), ("name", .string(practice.name)),
      ("summary", .string(practice.summary)), ("kind", .string(kind)),
      ("parts", .strings(parts)),
    ])
  }
}
