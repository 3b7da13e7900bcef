/// Why something that somebody typed cannot become part of the journal.
package enum InputError: Error, Hashable, Sendable {
  case empty(field: String)
  case tooLong(field: String, bytes: Int, bytesMax: Int)
  case tooMuchAtOnce(bytes: Int)
  case outOfRange(field: String, value: Int, range: ClosedRange<Int>)
  /// A name with control characters or line ends in it.
  case notOneLine(field: String)
  case unknownSign(String)
  case unknownPull(String)
  /// A mood log needs at least one of score, closeness, pull and urge.
  case noMeasure
  case noSuchField(String, kind: RecordKind)
  case cannotClear(field: String, kind: RecordKind)
  /// The value is not of the field's type.
  case wrongType(field: String)
  /// What it says can be kept, but not written anew.
  case writtenByLaterVersion(field: String)
  /// Two requests of one edit undo each other.
  case contradictory(field: String)
  case date(TypedDateError)

  /// How a program reports it: a wrong option (exit code 64), or data that cannot be taken (65).
  package enum Class: Hashable, Sendable {
    case usage
    case data
  }

  package var reportedAs: Class {
    switch self {
    case .tooLong, .tooMuchAtOnce: .data
    default: .usage
    }
  }
}

extension InputError: CustomStringConvertible {
  /// One plain sentence.
  package var description: String {
    switch self {
    case .empty(let field):
      "The \(Self.words(field)) is empty."
    case .tooLong(let field, let bytes, let bytesMax):
      "The \(Self.words(field)) has \(bytes) bytes; the most Ebb keeps is \(bytesMax)."
    case .tooMuchAtOnce(let bytes):
      "This would write \(bytes) bytes at once; the most is \(Limits.changeBytesMax)."
    case .outOfRange(let field, let value, let range):
      "The \(Self.words(field)) goes from \(range.lowerBound) to \(range.upperBound), not \(value)."
    case .notOneLine(let field):
      "The \(Self.words(field)) must be one line without control characters."
    case .unknownSign(let id):
      "There is no sign “\(id.excerpt)”: it is one of \(Self.list(Sign.allCases.map(\.rawValue)))."
    case .unknownPull(let text):
      "There is no pull “\(text.excerpt)”: it is one of \(Self.list(Pull.allCases.map(\.rawValue)))."
    case .noMeasure:
      "A mood log needs at least one of score, closeness, pull and urge."
    case .noSuchField(let name, let kind):
      "\(kind.withArticle) has no field “\(name.excerpt)”: it has "
        + "\(Self.list(FieldCatalogue.fields(of: kind).map(\.name)))."
    case .cannotClear(let field, let kind):
      "\(kind.withArticle) cannot be without its \(Self.words(field))."
    case .wrongType(let field):
      "The \(Self.words(field)) cannot hold a value of this kind."
    case .writtenByLaterVersion(let field):
      "The \(Self.words(field)) was written by a later version of Ebb: update Ebb on this machine first."
    case .contradictory(let field):
      "Two of the options say different things about the \(Self.words(field)): leave one out."
    case .date(let error):
      error.description
    }
  }

  /// A field's name as people say it: “fear before” of `fearBefore`.
  private static func words(_ field: String) -> String {
    // The field of a star has a name that is no noun.
    if field == "starred" { return "star" }
    return field.reduce(into: "") { $0 += $1.isUppercase ? " \($1.lowercased())" : String($1) }
  }

  private static func list(_ words: [String]) -> String {
    words.count < 2
      ? words.joined() : words.dropLast().joined(separator: ", ") + " and " + words[words.count - 1]
  }
}

extension RecordKind {
  fileprivate var withArticle: String {
    switch self {
    case .entry: "An entry"
    case .mood: "A mood log"
    case .step: "A step"
    default: "This record"
    }
  }
}

extension String {
  /// What somebody typed, on one line and as far as it takes to know it again.
  var excerpt: String {
    var shown = ""
    for (index, character) in enumerated() {
      // Marks without end make one character.
      guard index < 40, character.unicodeScalars.count <= 40 else { return shown + "…" }
      shown.append(character.isNewline ? " " : character)
    }
    return shown
  }
}
