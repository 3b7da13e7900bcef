extension Messages {
  enum Writing {
    static let empty = "There is nothing to write: the text is empty. Nothing was saved."

    static func notUTF8(byte: Int) -> String {
      "Standard input is not valid UTF-8: byte \(grouped(byte)) is wrong. Nothing was saved."
    }

    static func tooLong(bytesMax: Int) -> String {
      "The text has more than \(grouped(bytesMax)) bytes, the most one entry keeps. "
        + "Nothing was saved; write it as several entries."
    }

    static let saved = "Saved"

    static func datedNow(_ reason: String) -> String {
      "\(reason) The entry is dated now; `ebb edit ID --date WHEN` dates it."
    }
    static let changed = "Changed"
    static let deleted = "Deleted"
    static let restored = "Back"
    static let reverted = "Reverted"

    static func notTaken(_ sentence: String) -> String { sentence + " Nothing was saved." }

    static func tooMuch(bytes: Int, limit: Int) -> String {
      "This would be \(grouped(bytes)) bytes at once, and the most is \(grouped(limit)). "
        + "Nothing was saved."
    }

    static let unchanged = "Nothing to change: it says that already."

    static func standsInText(_ mark: String) -> String {
      "\(Messages.quoted(mark)) stands in the text, which only changes when you edit it."
    }

    static let discarded = "Nothing was changed in the editor, so nothing was saved."

    static func score(notANumber text: String) -> String {
      "A score is a whole number from 1 to 10, not \(Messages.quoted(text))."
    }
  }

  enum Editing {
    static let noEditor =
      "There is no text and no editor to write it in. Give the text as words, pipe it in, "
      + "or set EDITOR."

    static let formHead =
      "<!-- ebb: fill in what you like; this block is not part of the text"

    static let blockNotClosed =
      "The block at the beginning has no end: a line with --> is missing. Nothing was saved."

    static func notAField(_ line: String) -> String {
      "\(Messages.quoted(line)) is none of the fields date, title, tags, people, "
        + "journal and star (yes or no). Nothing was saved."
    }

    static func goOn(mood: Int? = nil) -> String {
      "`ebb write --draft\(mood.map { " --mood \($0)" } ?? "")` goes on with it."
    }

    static func goOn(editing id: String, option: String, path: String) -> String {
      let file = shellWord(path)
      // Only an entry's text is read from standard input.
      let value = option == "--text" ? "- < \(file)" : "\"$(cat \(file))\""
      return "When it is as you want it, `ebb edit \(id) \(option) \(value)` saves it."
    }

    static let noDraft = "There is no draft to go on with."

    static let draftIsOpen = "The only draft there is is open in an editor."

    static let wordsAndEditor =
      "Words and an editor are two ways to write: leave out the words, or --template and --draft."

    static func noTemplate(_ name: String, folder: String, others: [String]) -> String {
      let there =
        others.isEmpty
        ? "Templates are files such as \(folder)/evening.md; there is none yet."
        : "There \(others.count == 1 ? "is" : "are"): \(others.joined(separator: ", "))."
      return "There is no template \(Messages.quoted(name)). \(there)"
    }

    static func templateNotUTF8(_ name: String, byte: Int) -> String {
      "The template \(Messages.quoted(name)) is not valid UTF-8: byte \(grouped(byte)) is wrong."
    }

    static func unknownPlaceholders(
      _ names: [String], in template: String, known: [String]
    ) -> String {
      let shown = names.prefix(5).map { Messages.cut("{{\($0)}}") }
      let more = names.count > shown.count ? ["\(grouped(names.count - shown.count)) more"] : []
      let asIs = names.count == 1 ? "as it is" : "as they are"
      let others = Messages.list(known.map { "{{\($0)}}" })
      return "The template \(Messages.quoted(template)) has \(Messages.list(shown + more)), "
        + "which Ebb does not know and leaves \(asIs); it fills in \(others)."
    }

    static let editWhat =
      "There is nothing to change, and no editor to do it in. `ebb edit --help` shows the options; "
      + "or set EDITOR."

    static func cannotStart(_ command: String, reason: String) -> String {
      "\(command) could not be started: \(reason)."
    }

    static func editorFailed(_ command: String, status: Int32) -> String {
      "The editor (\(command)) ended with status \(status), so nothing was saved."
    }

    static func kept(_ reason: String, path: String) -> String {
      "\(reason) What you wrote is kept in \(path)."
    }

    static func notUTF8(byte: Int) -> String {
      "The editor's file is not valid UTF-8: byte \(grouped(byte)) is wrong. Nothing was saved."
    }
  }
}
