extension Messages {
  enum Setup {
    static let noHome =
      "Ebb does not know where to keep the journal: neither EBB_HOME nor HOME is set."
  }

  enum Files {
    static func unreadable(path: String, reason: String) -> String {
      "\(cutPath(path)) cannot be read: \(reason)."
    }

    static func unwritable(path: String, code: Int32) -> String {
      "\(cutPath(path)) cannot be written: \(SystemReason.text(code)). What was saved is safe."
    }

    static func notUTF8(path: String) -> String {
      "\(cutPath(path)) is not valid UTF-8."
    }

    static func notText(path: String) -> String {
      "\(cutPath(path)) is not valid UTF-8. Mend or remove that file."
    }

    static func notThere(path: String) -> String {
      "There is no file \(cutPath(path))."
    }

    static func tooLarge(path: String, limit: Int) -> String {
      "\(cutPath(path)) has more than \(grouped(limit)) bytes, more than Ebb can take."
    }

    static func outputFailed(reason: String) -> String {
      "The output could not be written: \(reason). What was saved is safe."
    }
  }

  enum Unexpected {
    static func error(_ text: String) -> String {
      "Something unexpected happened: \(text). What was saved is safe."
    }
  }
}
