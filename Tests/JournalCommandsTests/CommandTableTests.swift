import ArgumentParser
import Foundation
import Testing

@testable import JournalCommands

struct CommandTableTests {
  private static let names = CommandTable.commands.map { $0.name }

  @Test(arguments: names)
  func `a command's shape names exactly its options, and whether it takes words`(name: String)
    throws
  {
    let command = try #require(CommandTable.commands.first { $0.name == name })
    let dump = try JSONDecoder().decode(Dump.self, from: Data(command._dumpHelp().utf8))
    let arguments = dump.command.arguments ?? []
    var shape = ArgumentShape()
    for argument in arguments where argument.kind != "positional" {
      for name in argument.names ?? [] where name.kind == "long" && name.name != "help" {
        switch (argument.kind, argument.isRepeating) {
        case ("flag", _): shape.flags.insert("--" + name.name)
        case (_, true): shape.repeated.insert("--" + name.name)
        default: shape.values.insert("--" + name.name)
        }
      }
    }
    #expect((command.shape.words != .none) == arguments.contains { $0.kind == "positional" })
    #expect(shape.flags == command.shape.flags)
    #expect(shape.values == command.shape.values)
    #expect(shape.repeated == command.shape.repeated)
  }

  @Test func `the overview fits into 60 columns`() {
    let lines = TodayCommand.help(columns: 60).split(separator: "\n").map(String.init)
    #expect(lines.filter { DisplayWidth.of($0) > 60 } == [])
    #expect(TodayCommand.help(columns: 200) == Messages.Help.overview)
  }

  @Test(arguments: names)
  func `a command's help has an example that can be typed`(name: String) throws {
    let command = try #require(CommandTable.commands.first { $0.name == name })
    let help = command.help(columns: nil)
    #expect(help.contains("EXAMPLES"))
    #expect(help.contains("  ebb \(name)"))
    #expect(help.split(separator: "\n").allSatisfy { DisplayWidth.of(String($0)) <= 100 })
  }

  @Test(arguments: names)
  func `no example is too long for 80 columns`(name: String) throws {
    let command = try #require(CommandTable.commands.first { $0.name == name })
    let examples = command.configuration.discussion.split(separator: "\n").filter {
      $0.hasPrefix("  ")
    }
    #expect(examples.filter { DisplayWidth.of(String($0)) > 80 } == [])
  }

  @Test func `the help of an export fits into 60 columns`() {
    let lines = ExportCommand.help(columns: 60).split(separator: "\n").map(String.init)
    #expect(lines.filter { DisplayWidth.of($0) > 60 } == [])
  }

  @Test(arguments: names.filter { !$0.isEmpty })
  func `the overview names every command`(name: String) {
    #expect(Messages.Help.overview.contains("\n  \(name) "))
  }

  @Test(
    arguments: [
      (["write", "x"], "write", ["x"]), ([], "", []), (["--json"], "", ["--json"]),
      (["account", "delete", "--yes"], "account delete", ["--yes"]), (["help"], "", ["--help"]),
      (["help", "mood"], "mood", ["--help"]),
      (["account", "--help"], "account delete", ["--help"]), (["step"], "step list", []),
      (["step", "--json"], "step list", ["--json"]),
      (["step", "plan", "list", "x"], "step plan", ["list", "x"]),
      (["help", "step", "done"], "step done", ["--help"]),
      (["help", "devices", "revoke"], "devices", ["--help"]),
      (["help", "config", "get"], "config", ["--help"]),
    ] as [([String], String, [String])])
  func `the first word decides`(arguments: [String], name: String, rest: [String]) throws {
    let (command, left) = try CommandTable.command(for: arguments)
    #expect(command.name == name)
    #expect(left == rest)
  }

  @Test(arguments: [
    ["writ"], ["step", "x"], ["account"], ["account", "x"], ["went home"], [""],
    ["help", "devices", "all"], ["help", "write", "x"], ["help", ""],
  ])
  func `another first word is an error`(arguments: [String]) throws {
    let failure = try #require(throws: Failure.self) { try CommandTable.command(for: arguments) }
    #expect(failure.status == .usage)
  }

  /// What ArgumentParser says of a command, as far as it is compared.
  private struct Dump: Decodable {
    var command: Command

    struct Command: Decodable {
      var arguments: [Argument]?
    }

    struct Argument: Decodable {
      var kind: String
      var isRepeating: Bool
      var names: [Name]?
    }

    struct Name: Decodable {
      var kind: String
      var name: String
    }
  }
}
