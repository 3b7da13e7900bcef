internal import JournalModel
internal import JournalStore

extension Messages {
  enum Searching {
    static func sentence(_ error: SearchQueryError) -> String {
      switch error {
      case .filter(let name, let value): unknownFilter(name, value)
      case .valueMissing(let filter): valueMissing(filter)
      case .number(let filter, let text, let bounds):
        "\(filter): wants a number from \(bounds.lowerBound) to \(bounds.upperBound), or 1-3, <4, "
          + "<=4, >7, >=7; not \(Messages.quoted(text))."
      case .day(let filter, let text):
        "\(filter): wants a day, or a week, month or year, not \(Messages.quoted(text))."
      case .kind(let text): "kind: is entry, mood or step, not \(Messages.quoted(text))."
      case .state(let text): "is: knows only starred, not \(Messages.quoted(text))."
      case .pull(let text): "pull: is toward, away or torn, not \(Messages.quoted(text))."
      case .sign(let text):
        "sign: is \(list(Sign.allCases.map(\.rawValue), "or")), not \(Messages.quoted(text))."
      case .saved(let text): "There is no saved search \(Messages.quoted(text))."
      }
    }

    private static func valueMissing(_ filter: SearchFilter) -> String {
      let example =
        switch filter {
        case .tag: "river"
        case .person: "Sam"
        case .journal: "work"
        case .is: "starred"
        case .kind: "mood"
        case .mood, .energy, .closeness, .urge: "1-3"
        case .emotion: "calm"
        case .pull: "away"
        case .sign: "distance"
        case .before, .after, .on: "2026-11-21"
        case .saved: "NAME"
        }
      return "\(filter): needs a value right behind it, such as \(filter):\(example). To search "
        + "for the word, put it in quotes: '\"\(filter):\"'."
    }

    private static func unknownFilter(_ name: String, _ value: String) -> String {
      let names = SearchFilter.allCases.map(\.rawValue)
      let hint =
        Suggestion.nearest(to: name.lowercased(), among: names).map { "; did you mean \($0):?" }
        ?? ": they are \(list(names))."
      return "\(Messages.quoted(name)) is no filter" + hint
        + " To search for the words, put them in quotes: '\"\(Messages.cut("\(name):\(value)"))\"'."
    }

    static func unknown(_ name: UnknownName, nearest: String?) -> String {
      let (what, list) =
        switch name.family {
        case .tag: ("There is no tag", "ebb tags")
        case .person: ("There is nobody called", "ebb people")
        case .journal: ("There is no journal", "ebb journals")
        }
      let hint = nearest.map { "; did you mean \(Messages.cut($0))?" } ?? "; `\(list)` lists them."
      return "\(what) \(Messages.quoted(name.name))\(hint)"
    }

    static let fileHead = "# Searches with names: `ebb search --save`, `--saved`, `--forget`.\n"

    static func saved(_ name: String, _ query: String) -> String {
      "Saved \(name): \(query)\nsaved:\(name) stands for it in every query."
    }

    static func replaced(_ name: String, _ query: String) -> String {
      "It takes the place of what \(name) was before: \(query)"
    }

    static func forgotten(_ name: String, _ query: String) -> String {
      "Forgotten \(name): \(query)"
    }

    static let noneSaved = "No saved searches yet. `ebb search --save NAME QUERY` keeps one."

    static func noSuchSearch(_ name: String, of names: [String]) -> String {
      let hint =
        Suggestion.nearest(to: name, among: names).map { "; did you mean \($0)?" }
        ?? ". `ebb search --saved` lists them."
      return "There is no saved search \(Messages.quoted(name))" + hint
    }

    static func badName(_ name: String) -> String {
      "The name of a search has letters a to z, digits, - and _, at most 64; not \(Messages.quoted(name))."
    }

    static func circle(_ name: String) -> String {
      "The saved search \(Messages.cut(name)) would contain itself: leave saved:\(Messages.cut(name)) out of it."
    }

    static func severalWords(_ name: String) -> String {
      "saved:\(Messages.cut(name)) stands for several conditions, which cannot stand beside OR or behind -. "
        + "Write them out."
    }

    static func notAQuery(_ name: String, path: String) -> String {
      "\(Messages.cut(name)) in \(path) must be a query in quotes."
    }

    static let saveAlone =
      "A saved search is a query alone: write tag:river instead of --tag river, "
      + "after:2025 instead of --from 2026."
    static let forgetAlone = "--forget takes a name and nothing else."
    static let savedAlone =
      "--saved lists the saved searches; to use one, write saved:NAME in a query."
  }
}
