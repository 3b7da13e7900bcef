extension Messages {
  enum Conflicts {
    static let none = "No conflicts."

    static func contested(_ count: Int) -> String {
      count == 1
        ? "Written on two machines at once, and both texts are kept:"
        : "\(grouped(count)) were written on two machines at once, and all texts are kept:"
    }

    static let howToSettle = "`ebb conflicts` shows the texts, `ebb resolve` settles them."

    static func returned(_ count: Int) -> String {
      "Thrown away on one machine and edited on another that did not know, so "
        + "\(count == 1 ? "it is" : "they are") not in the trash:"
    }

    /// For scripts: whole ids, one sentence.
    static func returned(ids: [String]) -> String {
      "Thrown away on one machine and edited on another that did not know, so "
        + "\(ids.count == 1 ? "it is" : "they are") not in the trash: "
        + "\(ids.joined(separator: ", "))."
    }

    static let toSettle = "Written on two machines at once (`ebb conflicts` shows both texts):"
    static let survived =
      "Erased on one machine and changed on another that did not know (`ebb conflicts`):"

    static func erased(when: String, machine: String) -> String {
      "erased \(when) on \(machine), and changed on a machine that did not know of it"
    }

    static func howToSettleSurvivor(_ id: String) -> String {
      "ebb erase \(id) to erase it again, or ebb resolve \(id) --keep winner to keep it"
    }

    static let shownBy = "(`ebb conflicts` shows them)"

    static func alsoKept(_ id: String) -> String {
      "(another text is kept beside this one: ebb conflicts \(id))"
    }

    static func whileEditing(_ id: String) -> String {
      "While you wrote, it was changed elsewhere too, and both texts are kept: "
        + "`ebb conflicts \(id)` shows them."
    }

    static func erasedWhileEditing(_ id: String) -> String {
      "While you wrote, it was erased. What you saved is kept, and nothing else of it; "
        + "`ebb erase \(id)` takes that away too."
    }

    static let winner = "winner"
    static let sibling = "sibling"
    static let cleared = "(cleared)"
    static let unreadable = "(written by a later version of Ebb)"
    static let unknownMachine = "another machine"

    static func legend(winner: String, sibling: String) -> String {
      "Only the winner has \(winner), only the sibling \(sibling)."
    }

    static func howToResolve(_ id: String, field: String?, sibling: Bool) -> String {
      "ebb resolve \(id)" + (field.map { " --field \($0)" } ?? "")
        + (sibling ? " --sibling VERSION" : "") + " --keep winner, sibling, both or edit"
    }
  }

  enum Resolving {
    static let settled = "Settled"
    static let keepMissing =
      "`ebb resolve` needs --keep winner, sibling, both or edit. `ebb conflicts` shows the texts."

    static func unknownKeep(_ text: String) -> String {
      "--keep is winner, sibling, both or edit, not \(Messages.quoted(text))."
    }

    static func onlyKept(_ id: String) -> String {
      "\(id) was erased and has no other text: `ebb erase \(id)` erases it again, "
        + "`ebb resolve \(id) --keep winner` keeps it. Nothing was changed."
    }

    static func notContested(_ id: String, field: String?) -> String {
      let of = field.map { "The \($0) of \(id) is" } ?? "\(id) is"
      return "\(of) settled: there is no other text beside it. Nothing was changed."
    }

    static func notProse(_ id: String, field: String) -> String {
      "Only texts are kept side by side, and the \(field) of \(id) is none. `ebb history \(id)` shows "
        + "what each machine wrote. Nothing was changed."
    }

    static func chooseField(_ id: String, fields: [String]) -> String {
      "\(id) has texts to settle in \(list(fields)). Choose one with --field; nothing was changed."
    }

    static func chooseSibling(_ id: String, versions: [String]) -> String {
      "\(id) has more than one other text: \(list(versions)). Choose one with --sibling; the "
        + "others stay to be settled. Nothing was changed."
    }

    static func noSibling(_ version: String, of id: String) -> String {
      "\(id) has no other text \(Messages.quoted(version)) to settle. "
        + "`ebb conflicts \(id)` shows them."
    }

    static let editWhere =
      "There is no editor to merge the texts in: set EDITOR, or give the merged text with --text."

    static let textOnlyWithEdit = "--text is the merged text: it goes with --keep edit."

    static func markerLeft(line: Int) -> String {
      "Line \(grouped(line)) is still a conflict marker, so nothing was saved. Make one text of "
        + "both sides, without the lines of <, |, = and >."
    }

    static func goOn(_ id: String, field: String?, sibling: String?, path: String) -> String {
      let options =
        (field.map { " --field \(shellWord($0))" } ?? "")
        + (sibling.map { " --sibling \(shellWord($0))" } ?? "")
      return "When it is as you want it, `ebb resolve \(id)\(options) --keep edit --text - < "
        + "\(shellWord(path))` settles it."
    }

    static func label(role: String, machine: String, when: String) -> String {
      "\(role): \(machine), \(when)"
    }
    static let winner = "winner"
    static let sibling = "sibling"
    static let ancestor = "before both"
    static let inCommon = "what both have in common"

    static func left(_ count: Int, id: String) -> String {
      "\(Messages.count(count, "text")) of \(id) \(count == 1 ? "is" : "are") still to be settled: "
        + "`ebb conflicts \(id)`."
    }
  }
}
