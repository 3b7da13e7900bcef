import Foundation
import TestSupport
import Testing

/// The rows of the table of modules in `docs/architecture.md`.
struct ArchitectureTable {
  let modules: [ModuleArrows]

  static func ofProject() throws -> ArchitectureTable {
    let page = try String(
      contentsOfFile: ProjectFiles.root + "/docs/architecture.md", encoding: .utf8)
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false).map(cells)
    let heading = try #require(lines.firstIndex { $0.prefix(2) == ["folder", "module"] })
    let rows = lines[(heading + 2)...].prefix { $0.count == 5 }
    return ArchitectureTable(
      modules: rows.map { row in
        ModuleArrows(folder: row[0], name: row[1], ours: names(row[3]), outside: names(row[4]))
      })
  }

  private static func cells(_ line: Substring) -> [String] {
    guard line.hasPrefix("|") else { return [] }
    return line.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false)
      .map { $0.trimmingCharacters(in: .whitespaces) }
  }

  private static func names(_ cell: String) -> Set<String> {
    Set(cell.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
  }
}
