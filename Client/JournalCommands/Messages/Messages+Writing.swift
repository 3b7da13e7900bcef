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
    static let discarded = "Nothing was changed in the editor, so nothing was saved."

    static func score(notANumber text: String) -> String {
      "A score is a whole number from 1 to 10, not “\(DisplayWidth.cut(text, to: 40))”."
    }
  }

  enum Editing {
    static let noEditor =
      "There is no text and no editor to write it in. Give the text as words, pipe it in, "
      + "or set EDITOR."

    static let editWhat =
      "There is nothing to change, and no editor to do it in. `ebb edit --help` shows the options; "
      + "or set EDITOR."

    static func cannotStart(_ command: String, reason: String) -> String {
      "\(command) could not be started: \(reason)."
    }

    static func editorFailed(_ command: String, status: Int32, keptAt path: String?) -> String {
      let kept = path.map { " What you wrote is kept in \($0)." } ?? ""
      return "The editor (\(command)) ended with status \(status), so nothing was saved.\(kept)"
    }

    static func kept(_ reason: String, path: String) -> String {
      "\(reason) What you wrote is kept in \(path)."
    }

    static func noPlace(reason: String) -> String {
      "There is no place for the editor's file: \(reason). Nothing was saved."
    }

    static func notUTF8(byte: Int) -> String {
      "The editor's file is not valid UTF-8: byte \(grouped(byte)) is wrong. Nothing was saved."
    }
  }
}
