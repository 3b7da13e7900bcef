internal import Interchange
internal import JournalModel

/// A file in the configuration folder that an entry can begin with: `templates/evening.md`.
///
/// `{{date}}`, `{{time}}` and `{{weekday}}` in it become those of the entry. It can begin with the
/// block of fields that the editor shows.
struct Template {
  let text: String

  init(named name: String, _ context: CommandContext) throws {
    let folder = context.folders.templates
    let isName = !name.isEmpty && !name.hasPrefix(".") && !name.contains("/")
    guard isName, let bytes = try Self.bytes(of: name, in: folder) else {
      throw Failure(
        .notPossible,
        Messages.Editing.noTemplate(name, folder: folder, others: Self.names(in: folder)))
    }
    if let byte = UTF8Check.firstInvalidByte(bytes) {
      throw Failure(.badData, Messages.Editing.templateNotUTF8(name, byte: byte))
    }
    text = String(decoding: bytes, as: UTF8.self)
  }

  private static func bytes(of name: String, in folder: String) throws -> [UInt8]? {
    let limit = Limits.Text.text.bytesMax
    for path in ["\(folder)/\(name).md", "\(folder)/\(name)"] where !SystemFiles.isFolder(path) {
      if let bytes = try FileBytes.read(path, limit: limit) { return bytes }
    }
    return nil
  }

  /// Those that are there, in alphabetical order.
  static func names(in folder: String) -> [String] {
    (SystemFiles.names(in: folder) ?? [])
      .filter { name in
        !name.hasPrefix(".") && !name.hasSuffix("~") && !SystemFiles.isFolder(folder + "/" + name)
      }
      .map { $0.hasSuffix(".md") ? String($0.dropLast(3)) : $0 }.sorted()
  }

  /// What an entry's date is put in the place of, and what of it that is.
  private static let values: KeyValuePairs<String, @Sendable (JournalDate) -> String> = [
    "date": { $0.day.description }, "time": { $0.time.map(DateText.clock) ?? "" },
    "weekday": { DateText.weekday($0.day) },
  ]

  static var placeholders: [String] { values.map(\.key) }

  /// The text for an entry of that date.
  func filled(in date: JournalDate) -> String {
    replacing { name in Self.value(of: name)?(date) }
  }

  /// The names of other placeholders, each once, as they are written.
  var unknownPlaceholders: [String] {
    var unknown: [String] = []
    var seen: Set<String> = []
    _ = replacing { name in
      if Self.value(of: name) == nil, seen.insert(name).inserted {
        unknown.append(name)
      }
      return nil
    }
    return unknown
  }

  private static func value(of name: String) -> (@Sendable (JournalDate) -> String)? {
    values.first { $0.key == name.lowercased() }?.value
  }

  /// The text with something else in the place of each `{{name}}`, but for those that stay.
  private func replacing(_ value: (String) -> String?) -> String {
    var replaced = ""
    var rest = Substring(text)
    while let start = rest.firstIndex(of: "{") {
      replaced += rest[..<start]
      rest = rest[start...]
      if let name = Self.placeholder(at: rest), let new = value(name) {
        replaced += new
        rest = rest.dropFirst(name.count + 4)
      } else {
        replaced += "{"
        rest = rest.dropFirst()
      }
    }
    return replaced + rest
  }

  /// `date` of a text that begins with `{{date}}`.
  private static func placeholder(at text: Substring) -> String? {
    guard text.hasPrefix("{{") else { return nil }
    let name = text.dropFirst(2).prefix { $0 != "{" && $0 != "}" && !$0.isNewline }
    guard name.contains(where: { !$0.isWhitespace }), text[name.endIndex...].hasPrefix("}}")
    else { return nil }
    return String(name)
  }
}
