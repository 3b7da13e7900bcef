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
  /// Where each setting stands, from 1.
  private(set) var linesByName: [String: Int] = [:]
  private(set) var sections: Set<String> = []
  private var lines: [Line] = []

  private struct Line {
    /// With its line end.
    let text: Substring
    /// The section that it stands in or opens; empty above all sections.
    let section: String
  }

  init(parsing text: String) throws(Mistake) {
    var section = ""
    for (index, text) in Self.lines(of: text).enumerated() {
      let line = SettingsLine(text, number: index + 1)
      switch try line.content() {
      case .nothing: break
      case .section(let name):
        guard !sections.contains(name), valuesByName[name] == nil else {
          throw line.mistake("\(name) is there already")
        }
        sections.insert(name)
        section = name
      case .setting(let key, let value):
        let name = section.isEmpty ? key : section + "." + key
        guard valuesByName.updateValue(value, forKey: name) == nil else {
          throw line.mistake("\(name) is there already")
        }
        linesByName[name] = index + 1
      }
      lines.append(Line(text: text, section: section))
    }
  }

  /// The line that opens a section, from 1; `nil` if none does.
  func line(ofSection name: String) -> Int? {
    lines.firstIndex { $0.section == name }.map { $0 + 1 }
  }

  private static func lines(of text: String) -> [Substring] {
    var lines: [Substring] = []
    var rest = text[...]
    while let end = rest.firstIndex(where: \.isNewline) {
      let next = rest.index(after: end)
      lines.append(rest[..<next])
      rest = rest[next...]
    }
    return rest.isEmpty ? lines : lines + [rest]
  }
}

extension SettingsText {
  /// The text with one setting changed, or taken out: every other line stays as it is.
  ///
  /// A new one stands below the comment that shows it commented out, else at the end of its section.
  func text(setting: Setting, to value: Value?) -> String {
    if let text = replacing(setting.name, by: value) { return text }
    guard let value else { return lines.map(\.text).joined() }
    var added = ["\(setting.key) = \(value.tomlText)\(lineEnd)"]
    let place: Int
    if let neighbour = lineBefore(setting) {
      place = neighbour + 1
      if lines[neighbour].section.isEmpty { added = [setting.section + "." + added[0]] }
    } else {
      place = lines.count
      added.insert("[\(setting.section)]" + lineEnd, at: 0)
      if !lines.isEmpty { added.insert(lineEnd, at: 0) }
    }
    return inserting(added, at: place)
  }

  /// The same for a name that stands above all sections, new ones below the others.
  func text(name: String, to value: Value?) -> String {
    if let text = replacing(name, by: value) { return text }
    guard let value else { return lines.map(\.text).joined() }
    let place = lines.firstIndex { !$0.section.isEmpty } ?? lines.count
    return inserting(["\(name) = \(value.tomlText)\(lineEnd)"], at: place)
  }

  /// `nil` for a name that no line sets.
  private func replacing(_ name: String, by value: Value?) -> String? {
    guard let line = linesByName[name] else { return nil }
    var texts = lines.map(\.text)
    let old = texts[line - 1]
    texts[line - 1] = value.map { SettingsLine.replacingValue(in: old, by: $0) } ?? ""
    return texts.joined()
  }

  private func inserting(_ added: [String], at place: Int) -> String {
    var texts = lines.map(\.text)
    let isEndMissing = place > 0 && texts[place - 1].last?.isNewline != true
    texts.insert(contentsOf: ((isEndMissing ? [lineEnd] : []) + added).map { $0[...] }, at: place)
    return texts.joined()
  }

  /// The line below which a setting that is not there belongs; `nil` if its section is not there.
  private func lineBefore(_ setting: Setting) -> Int? {
    let inSection = lines.indices.filter { lines[$0].section == setting.section }
    if let shown = inSection.last(where: { SettingsLine.shows(key: setting.key, lines[$0].text) }) {
      return shown
    }
    let settings = linesByName.filter { $0.key.hasPrefix(setting.section + ".") }.values
    return settings.max().map { $0 - 1 } ?? inSection.first
  }

  private var lineEnd: String { lines.first?.text.last == "\r\n" ? "\r\n" : "\n" }
}

extension SettingsText.Value {
  /// As it stands in the file.
  var tomlText: String {
    guard case .string(let text) = self else { return plainText }
    var quoted = ""
    for character in text {
      switch character {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      default: quoted.append(character)
      }
    }
    return "\"\(quoted)\""
  }

  /// Without quotes.
  var plainText: String {
    switch self {
    case .boolean(let value): String(value)
    case .integer(let value): String(value)
    case .string(let text): text
    }
  }
}
