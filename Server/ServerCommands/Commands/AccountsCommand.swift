internal import ArgumentParser
internal import Foundation

struct AccountsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accounts",
    abstract: "List the accounts: name, size, when last seen.",
    discussion: """
      EXAMPLES:
        ebb-server accounts
        ebb-server accounts --json
      """)

  @OptionGroup var data: DataOption

  @Flag(help: "Print one JSON document.")
  var json = false

  func run() async throws {
    let answer = try await data.folder.administrate(.accounts)
    guard case .accounts(let accounts) = answer else { throw AdministrationAnswer.unexpected }
    StandardStream.output.write(json ? try Self.json(accounts) : Self.table(accounts))
  }

  private static func json(_ accounts: [AccountRow]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(accounts), as: UTF8.self) + "\n"
  }

  private static func table(_ accounts: [AccountRow]) -> String {
    guard !accounts.isEmpty else { return "No accounts yet.\n" }
    let rows =
      [["ACCOUNT", "OPERATIONS", "BYTES", "SESSIONS", "LAST SEEN"]]
      + accounts.map {
        [
          $0.name.printable, String($0.operations), String($0.bytes), String($0.sessions),
          $0.lastSeen ?? "never",
        ]
      }
    let widths = (0..<5).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
      return cells.joined(separator: "  ").trimmingCharacters(in: .whitespaces) + "\n"
    }
    .joined()
  }
}

extension String {
  /// Without control characters, which could tell a terminal what to do, and those that turn the
  /// direction of writing, by which one name could look like another.
  fileprivate var printable: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.map {
          switch $0.properties.generalCategory {
          case .control, .format: "\u{FFFD}"
          default: $0
          }
        }))
  }
}
