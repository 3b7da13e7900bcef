import Foundation
import TestSupport
import Testing

/// What a journal says, without the ids that each run draws anew.
struct Contents: Equatable {
  var texts: [String]
  var trashed: [String]

  /// Commands that change it; `kept` stands for the id of a record that is there.
  static let changes = [
    ["write", "new words", "--date", "2026-11-20", "--tag", "river"],
    ["mood", "6", "torn", "--date", "2026-11-20", "--note", "new words"],
    ["edit", "kept", "--text", "new words"],
    ["delete", "kept"],
  ]

  init(_ machine: Machine) async throws {
    texts = try await machine.json("list", as: [Item].self).map(\.words).sorted()
    let trash = try await machine.run(["list", "--trash", "--json"])
    trashed = try JSONDecoder().decode([Item].self, from: Data(trash.output.utf8)).map(\.words)
      .sorted()
  }

  private struct Item: Decodable {
    var text: String?
    var note: String?
    var tags: [String]?
    var score: Int?

    var words: String {
      ([text, note].compactMap { $0 } + (tags ?? []) + (score.map { ["\($0)"] } ?? []))
        .joined(separator: " ")
    }
  }
}

/// Whether some file below a folder holds these bytes.
func isFound(_ bytes: [UInt8], below folder: String) throws -> Bool {
  try FileManager.default.subpathsOfDirectory(atPath: folder).contains { name in
    FileManager.default.contents(atPath: folder + "/" + name)?.range(of: Data(bytes)) != nil
  }
}
