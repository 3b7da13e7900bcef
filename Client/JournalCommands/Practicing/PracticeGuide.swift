internal import Interchange
internal import JournalModel

/// A practice to read, where nobody can be led through it.
struct PracticeGuide {
  let practice: Practice
  let rhythm: BreathingRhythm

  func lines(columns: Int?) -> [String] {
    let width = columns.map { min($0, 72) }
    let parts =
      switch practice.content {
      case .guided(let sentences): sentences
      case .breathing: [Messages.Practices.inWords(rhythm)]
      case .written(let questions): questions.map(\.question)
      }
    let numbered = zip(1..., parts).flatMap { number, part in
      let start = DisplayWidth.padded("\(number).", to: 4)
      let wrapped = width.map { LineWrap.wrapped(part, columns: $0 - 4) } ?? [part]
      return zip(wrapped.indices, wrapped).map { ($0 == 0 ? start : "    ") + $1 }
    }
    return [practice.name, practice.summary, ""] + numbered
  }

  var json: JSONText {
    let (kind, parts): (String, [String]) =
      switch practice.content {
      case .guided(let sentences): ("guided", sentences)
      case .breathing: ("breathing", [Messages.Practices.inWords(rhythm)])
      case .written(let questions): ("written", questions.map(\.question))
      }
    return .object([
      ("id", .string(practice.id)), ("name", .string(practice.name)),
      ("summary", .string(practice.summary)), ("kind", .string(kind)),
      ("parts", .strings(parts)),
    ])
  }
}
