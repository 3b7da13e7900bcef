/// One line of a `config.toml`.
struct SettingsLine {
  enum Content {
    case nothing
    case section(String)
    case setting(String, SettingsText.Value)
  }

  private let text: Substring
  private let number: Int

  /// - Parameter text: with or without its line end.
  init(_ text: Substring, number: Int) {
    self.text = (text.last?.isNewline == true ? text.dropLast() : text).trimmingBlanks
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
    let name = try name(text[..<sign])
    var rest = text[sign...].dropFirst().trimmingBlanks
    let value = try takeValue(&rest)
    guard isEnd(rest) else { throw mistake("there is more behind the text") }
    return .setting(name, value)
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

  /// Takes the value that a text begins with.
  private func takeValue(
    _ text: inout Substring
  ) throws(SettingsText.Mistake) -> SettingsText.Value {
    if text.hasPrefix("\"") || text.hasPrefix("'") { return .string(try takeString(&text)) }
    let word = text.prefix { $0 != "#" }.trimmingBlanks
    text = text[word.endIndex...]
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

  private func takeString(_ text: inout Substring) throws(SettingsText.Mistake) -> String {
    let quote = text.popFirst()
    var value = ""
    while let character = text.popFirst() {
      if character == quote { return value }
      guard character == "\\", quote == "\"" else {
        value.append(character)
        continue
      }
      switch text.popFirst() {
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

extension SettingsLine {
  /// A line that sets something, setting something else; its comment and its blanks stay.
  static func replacingValue(in line: Substring, by value: SettingsText.Value) -> Substring {
    guard let sign = line.firstIndex(of: "=") else { return line }
    let start = line[sign...].dropFirst().drop { $0 == " " || $0 == "\t" }.startIndex
    let end = line.last?.isNewline == true ? line.index(before: line.endIndex) : line.endIndex
    var rest = line[start..<end]
    guard (try? SettingsLine(line, number: 0).takeValue(&rest)) != nil else { return line }
    return line[..<start] + value.tomlText + rest + line[end...]
  }

  /// Whether it is a comment that shows how a setting would stand there: `# auto = true`.
  static func shows(key: String, _ line: Substring) -> Bool {
    let text = line.trimmingBlanks
    guard text.hasPrefix("#"),
      case .setting(key, _)? = try? SettingsLine(text.dropFirst(), number: 0).content()
    else { return false }
    return true
  }
}

extension Substring {
  fileprivate var trimmingBlanks: Substring {
    var text = drop { $0 == " " || $0 == "\t" }
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return text
  }
}
