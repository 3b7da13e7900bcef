internal import Interchange

/// What the path after `-o` means.
enum ExportPlace {
  /// Whether the format becomes a folder there; `nil` is standard output.
  static func isFolder(_ path: String?, _ format: ExportFormat) -> Bool {
    guard let path, format.canBeFolder else { return false }
    return !namesMarkdownFile(path)
  }

  /// Whether it has the name of a file that is no Markdown, and no folder has that name: nobody
  /// means a folder by `notes.txt`, unless a slash says so.
  static func looksLikeFile(_ path: String) -> Bool {
    guard !namesMarkdownFile(path), let name = path.split(separator: "/").last,
      !path.hasSuffix("/"), let point = name.lastIndex(of: "."), point != name.startIndex
    else { return false }
    let ending = name[name.index(after: point)...]
    guard (2...5).contains(ending.count), ending.allSatisfy({ $0.isASCII && $0.isLetter }) else {
      return false
    }
    return !SystemFiles.isFolder(path)
  }

  /// Whether a word among those of a query is a path: nobody searches for `~/notes` or `x.md`.
  static func looksLikePath(_ word: String) -> Bool {
    ["/", "./", "../", "~"].contains(where: word.hasPrefix) || looksLikeFile(word)
      || namesMarkdownFile(word)
  }

  private static func namesMarkdownFile(_ path: String) -> Bool {
    [".md", ".markdown"].contains { path.lowercased().hasSuffix($0) }
  }
}
