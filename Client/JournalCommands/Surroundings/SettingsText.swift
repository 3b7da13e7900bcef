/// The lines of a `config.toml`: as much of TOML 1.0 (https://toml.io/en/v1.0.0) as settings need.
///
/// Sections `[a.b]`, settings `key = value` with dotted keys too, comments; values are `true`,
/// `false`, whole numbers, and strings of one line in `"…"` (with `\"`, `\\`, `\n`, `\t`) or `'…'`.
/// Whatever else TOML has is refused by its line: nothing is passed over in silence.
struct SettingsText {
  enum Value: Hashable, Sendable {
    case boolean(Bool)
    case integer(Int64)
    case string(String)
  }

  /// Where a line says something that this is not.
  struct Mistake: Error, Hashable {
    let line: Int
    let reason: String
  }

  /// By the whole dotted name.
  private(set) var valuesByName: [String: Value] = [:]
  private(set) var sections: Set<String> = []

  init(parsing text: String) throws(Mistake) {
    var prefix = ""
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let line = SettingsLine(line, number: index + 1)
      switch try line.content() {
      case .nothing: continue
      case .section(let name):
        guard !sections.contains(name), valuesByName[name] == nil else {
          throw line.mistake("\(name) is there already")
        }
        sections.insert(name)
        prefix = name + "."
      case .setting(let key, let value):
        guard valuesByName.updateValue(value, forKey: prefix + key) == nil else {
          throw line.mistake("\(prefix + key) is there already")
        }
      }
    }
  }
}

private struct SettingsLine {
  enum Content {
    case nothing
    case section(String)
    case setting(String, SettingsText.Value)
  }

  private let text: Substring
  private let number: Int

  init(_ text: Substring, number: Int) {
    self.text = text.trimmingBlanks
    self.number = number
  }

  func mistake(_ reason: String) -> SettingsText.Mistake {
    SettingsText.Mistake(line: number, reason: reason)
  }

  func content() throws(SettingsText.Mistake) -> Content {
    if isEnd(text) { return .nothing }
    if text.hasPrefix("[") {
      guard let end = text.firstIndex(of: "]"), isEnd(text[end...].dropFirst()) else {
        throw mistake("a section is its name in brackets")
      }
      return .section(try name(text[..<end].dropFirst()))
    }
    guard let sign = text.firstIndex(of: "=") else {
      throw mistake("it is no setting, such as auto = true, and no section, such as [sync]")
    }
    return .setting(try name(text[..<sign]), try value(text[sign...].dropFirst().trimmingBlanks))
  }

  private func name(_ text: Substring) throws(SettingsText.Mistake) -> String {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(\.trimmingBlanks)
    guard parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(Self.isOfName) }) else {
      throw mistake("a name has letters, digits, - and _")
    }
    return parts.joined(separator: ".")
  }

  private static func isOfName(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber) || "-_".contains(character)
  }

  private func value(_ text: Substring) throws(SettingsText.Mistake) -> SettingsText.Value {
    if text.hasPrefix("\"") || text.hasPrefix("'") { return .string(try string(text)) }
    let word = text.prefix { $0 != "#" }.trimmingBlanks
    switch word {
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    case "": throw mistake("there is no value")
    default:
      guard let number = Int64(word) else {
        throw mistake("a value is true, false, a whole number, or a text in quotes")
      }
      return .integer(number)
    }
  }

  private func string(_ text: Substring) throws(SettingsText.Mistake) -> String {
    let quote = text.first
    var rest = text.dropFirst()
    var value = ""
    while let character = rest.popFirst() {
      if character == quote {
        guard isEnd(rest) else { throw mistake("there is more behind the text") }
        return value
      }
      guard character == "\\", quote == "\"" else {
        value.append(character)
        continue
      }
      switch rest.popFirst() {
      case "\"": value.append("\"")
      case "\\": value.append("\\")
      case "n": value.append("\n")
      case "t": value.append("\t")
      default: throw mistake("behind a backslash stands one of \" \\ n t")
      }
    }
    throw mistake("the quotes are not closed")
  }

  /// Only a comment, or nothing, follows.
  private func isEnd(_ text: Substring) -> Bool {
    let rest = text.trimmingBlanks
    return rest.isEmpty || rest.hasPrefix("#")
  }
}

extension Substring {
  fileprivate var trimmingBlanks: Substring {
    var text = drop { $0 == " " || $0 == "\t" }
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return text
  }
}
