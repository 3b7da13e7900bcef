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

  /// The text for an entry of that date.
  func filled(in date: JournalDate) -> String {
    let values = [
      "date": date.day.description, "time": date.time.map(DateText.clock) ?? "",
      "weekday": DateText.weekday(date.day),
    ]
    var filled = ""
    var rest = Substring(text)
    while let start = rest.firstIndex(of: "{") {
      filled += rest[..<start]
      rest = rest[start...]
      let name = values.keys.first { rest.prefix($0.count + 4).lowercased() == "{{\($0)}}" }
      if let name, let value = values[name] {
        filled += value
        rest = rest.dropFirst(name.count + 4)
      } else {
        filled += "{"
        rest = rest.dropFirst()
      }
    }
    return filled + rest
  }
}
