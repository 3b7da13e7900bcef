import Foundation
import TestSupport
import Testing

/// Many commands at once on one journal.
struct CrowdTests {
  private static let count = 64

  @Test func `sixty-four commands at once all do what they say, or nothing`() async throws {
    try await ServerProcess.run { server in
      let machine = try Machine()
      try await machine.register(at: server)
      try machine.configure("")
      var kept: [String] = []
      for number in 0..<Self.count / 8 { kept.append(try await machine.write("old \(number)")) }

      let refused = try await atOnce(machine, kept)
      // A machine that is busy otherwise may take longer than commands wait for each other.
      #expect(refused.count < Self.count / 2)

      // It waits for whoever syncs in the background.
      _ = try await machine.sync()
      let expected = (0..<Self.count).compactMap { number in
        refused.contains(number) ? Self.wordsBefore(number) : Self.words(of: number)
      }.sorted()
      #expect(try await Contents(machine).texts == expected)
      let verified = try await machine.ebb("verify")
      #expect(verified.hasSuffix("and the server has the same.\n"))
      let other = try Machine()
      try await other.restore(from: server)
      #expect(try await Contents(other).texts == expected)
      #expect(try await server.administrate("check").output == "All is well.\n")
    }
  }

  /// - Returns: the numbers of those that had to wait for too long, and so did nothing.
  private func atOnce(_ machine: Machine, _ kept: [String]) async throws -> Set<Int> {
    let busy =
      "Another command is writing to the journal. Nothing was saved; try again in a moment.\n"
    return try await withThrowingTaskGroup(of: (Int, Ended).self) { group in
      for number in 0..<Self.count {
        group.addTask { (number, try await machine.run(Self.command(number, kept))) }
      }
      var refused: Set<Int> = []
      for try await (number, ended) in group {
        if ended == Ended(exitCode: 75, output: "", error: busy) {
          refused.insert(number)
        } else {
          #expect(ended.exitCode == 0, "\(Self.command(number, kept)): \(ended.error)")
          #expect(ended.error == "" && ended.output != "", "\(Self.command(number, kept))")
        }
      }
      return refused
    }
  }

  /// Of eight, three write, two log a mood, and one each edits, lists and syncs.
  private static func command(_ number: Int, _ kept: [String]) -> [String] {
    switch number % 8 {
    case 0, 1, 2: ["write", "words \(number)"]
    case 3, 4: ["mood", "6", "--note", "mood \(number)"]
    case 5: ["edit", kept[number / 8], "--text", "edited \(number)"]
    case 6: ["list", "--limit", "0"]
    default: ["sync"]
    }
  }

  /// What the journal says of a command afterwards.
  private static func words(of number: Int) -> String? {
    switch number % 8 {
    case 0, 1, 2: "words \(number)"
    case 3, 4: "mood \(number) 6"
    case 5: "edited \(number)"
    default: nil
    }
  }

  /// What it said before: the command with that number would have edited it.
  private static func wordsBefore(_ number: Int) -> String? {
    number % 8 == 5 ? "old \(number / 8)" : nil
  }
}
