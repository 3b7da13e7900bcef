import Foundation
import TestSupport

/// Texts that break programs: some of our own, and a published list where it is there.
enum NaughtyStrings {
  /// All that are not empty, each once, without the line ends that a text loses at its end.
  static func all() throws -> [String] {
    (own + published).filter { text in
      !text.utf8.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) } && !text.hasSuffix("\n")
    }
  }

  private static let own = [
    "'", "\"", "\\", "\\n", "$HOME $(true) `true`", "'; DROP TABLE record; --", "%s%n%x", "null",
    "e\u{301} é", "Å \u{212B}", "𝕏 👩‍👩‍👧‍👦 🏳️‍🌈", "\u{202E}rtl\u{202C}", "\u{200B}zero\u{FEFF}",
    "\u{1B}[2J\u{1B}]0;title\u{7}", "\u{7F}\u{80}\u{9B}31m", "a\tb\r\nc\rd", " lead and trail ",
    "日本語 ไทย 한국어", "\u{FFFD}\u{FFFF}\u{10FFFF}", "\u{1}\u{2}\u{3}",
  ]

  /// A published list, where it is there.
  private static var published: [String] {
    let path = ProjectFiles.sharedData + "/naughty/blns.json"
    guard let data = FileManager.default.contents(atPath: path) else { return [] }
    return (try? JSONDecoder().decode([String].self, from: data)) ?? []
  }
}
