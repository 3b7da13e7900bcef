internal import ArgumentParser
internal import Foundation

/// A command as ArgumentParser describes it, for what is made from all of them at once: completions
/// and manual pages.
struct CommandDescription: Decodable {
  var commandName: String
  var abstract: String?
  var discussion: String?
  var arguments: [Argument]?
  var subcommands: [CommandDescription]?

  struct Argument: Decodable {
    enum Kind: String, Decodable { case positional, option, flag }

    var kind: Kind
    var shouldDisplay: Bool
    var isRepeating: Bool
    var isOptional: Bool
    var names: [Name]?
    var valueName: String?
    var abstract: String?
    var discussion: String?
    var completionKind: Completion?
  }

  struct Name: Decodable {
    enum Kind: String, Decodable { case long, short, longWithSingleDash }

    var kind: Kind
    var name: String

    /// As it is typed.
    var text: String { (kind == .long ? "--" : "-") + name }
  }

  struct Completion: Decodable {
    struct List: Decodable { var values: [String] }
    struct ShellCommand: Decodable { var command: String }
    struct Files: Decodable {}

    var list: List?
    var shellCommand: ShellCommand?
    var file: Files?
    var directory: Files?
  }
}

extension CommandDescription {
  init(_ command: any JournalCommand.Type) throws {
    try self.init(json: Array(command._dumpHelp().utf8))
    commandName = command.name
    arguments = (arguments ?? []) + [.color]
  }

  /// Reads what `--experimental-dump-help` prints.
  init(json: [UInt8]) throws {
    struct Dump: Decodable { var command: CommandDescription }
    self = try JSONDecoder().decode(Dump.self, from: Data(json)).command
  }

  /// Those that `--help` shows.
  var options: [Argument] {
    (arguments ?? []).filter { $0.shouldDisplay && $0.kind != .positional }
  }
}

extension CommandDescription.Argument {
  /// ArgumentParser does not know of it.
  fileprivate static let color = Self(
    kind: .option, shouldDisplay: true, isRepeating: false, isOptional: true,
    names: [CommandDescription.Name(kind: .long, name: "color")], valueName: "when",
    abstract: Messages.Arguments.color,
    completionKind: CommandDescription.Completion(
      list: CommandDescription.Completion.List(values: ColorChoice.allCases.map(\.rawValue))))

  /// As they are typed, short ones first.
  var typedNames: [String] {
    (names ?? []).map(\.text).sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
  }

  var takesValue: Bool { kind == .option }

  /// The beginning of what it says of itself: enough for a menu.
  var summary: String {
    let text = abstract ?? ""
    guard let end = text.firstIndex(where: { ".:;".contains($0) }) else { return text }
    return String(text[..<end])
  }

  var candidates: Candidates {
    guard let kind = completionKind else { return .nothing }
    if let words = kind.list?.values { return .fixed(words) }
    if kind.file != nil { return .files }
    if kind.directory != nil { return .folders }
    let asked = kind.shellCommand?.command.split(separator: " ").last
    return asked.flatMap { AskedName(rawValue: String($0)) }.map(Candidates.asked) ?? .nothing
  }
}
