import Foundation
import TestSupport
import Testing

/// One installation of Ebb in a folder of its own, with nothing else in its environment.
final class Machine: Sendable {
  /// Where it keeps everything; its home folder.
  let path: String
  /// Where its journal lies.
  var home: String { path + "/home" }
  /// The same folder as this process sees it.
  let visibleHome: String
  /// Holds what the folder lies in, for as long as the machine is there.
  private let ground: any Sendable
  /// What starts its programs.
  let command: [String]

  /// - Parameter words: the command that starts its programs.
  init(startedWith words: [String] = []) throws {
    let folder = try TemporaryFolder()
    path = folder.path
    visibleHome = path + "/home"
    ground = folder
    command = words + [try BuiltProducts.program("ebb").path]
  }

  /// A machine that keeps everything on that disk, and nothing yet.
  init(on disk: SmallDisk) throws {
    path = disk.path
    visibleHome = disk.visiblePath + "/home"
    ground = disk
    command = disk.command + [try BuiltProducts.program("ebb").path]
  }

  func environment(_ more: [String: String] = [:]) -> [String: String] {
    [
      "EBB_HOME": home, "HOME": path, "PATH": "/usr/bin:/bin", "TZ": "Europe/Berlin",
      "LANG": "C.UTF-8",
    ].merging(sanitizerSettings) { $1 }.merging(more) { $1 }
  }

  func run(
    _ arguments: [String], input: [UInt8]? = nil, environment: [String: String] = [:]
  ) async throws -> Ended {
    let words = command + arguments
    return try await runProgram(
      words[0], Array(words.dropFirst()), input: input,
      environment: self.environment(environment))
  }

  /// The same machine, as it is now, in another folder.
  func copy() throws -> Machine {
    let copy = try Machine()
    guard FileManager.default.fileExists(atPath: visibleHome) else { return copy }
    try FileManager.default.copyItem(atPath: visibleHome, toPath: copy.home)
    return copy
  }

  /// Runs a command that something befalls at one of its calls.
  func run(
    _ arguments: [String], at call: WritingCall, _ fault: WritingCall.Fault,
    environment: [String: String] = [:]
  ) async throws -> Ended {
    try await runProgram(
      "/usr/bin/strace", call.arguments(fault) + command + arguments,
      environment: self.environment(environment))
  }

  /// The calls of a command, which runs here to its end.
  func writingCalls(
    of arguments: [String], names: [String] = WritingCall.names,
    environment: [String: String] = [:], samples: Int = 4
  ) async throws -> [WritingCall] {
    let summary = path + "/calls"
    let ended = try await runProgram(
      "/usr/bin/strace",
      ["-f", "-qq", "-c", "-o", summary, "-e", "trace=" + names.joined(separator: ",")]
        + command + arguments, environment: self.environment(environment))
    #expect(ended.exitCode == 0, Comment(rawValue: ended.error))
    return try WritingCall.points(inSummary: summary, names: names, samples: samples)
  }

  /// Runs a command that has to succeed without a word of complaint, and gives what it prints.
  @discardableResult
  func ebb(
    _ arguments: String..., input: String? = nil, environment: [String: String] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> String {
    let ended = try await run(
      arguments, input: input.map { Array($0.utf8) }, environment: environment)
    #expect(ended.exitCode == 0, sourceLocation: sourceLocation)
    #expect(ended.error == "", sourceLocation: sourceLocation)
    return ended.output
  }

  /// As `ebb`, with `--json`, read.
  func json<Value: Decodable>(
    _ arguments: String..., as type: Value.Type = Value.self, input: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Value {
    let ended = try await run(
      arguments.prefix(1) + ["--json"] + arguments.dropFirst(), input: input.map { Array($0.utf8) })
    #expect(ended.exitCode == 0, sourceLocation: sourceLocation)
    #expect(ended.error == "", sourceLocation: sourceLocation)
    return try JSONDecoder().decode(type, from: Data(ended.output.utf8))
  }

  /// Writes an entry and gives its id.
  func write(_ arguments: String...) async throws -> String {
    let ended = try await run(["write", "--json"] + arguments)
    return try JSONDecoder().decode(Entry.self, from: Data(ended.output.utf8)).id
  }

  func mood(_ arguments: String...) async throws -> String {
    let ended = try await run(["mood", "--json"] + arguments)
    return try JSONDecoder().decode(Mood.self, from: Data(ended.output.utf8)).id
  }

  /// What must not change when a command is refused.
  func digest() async throws -> String { try await json("status", as: Status.self).stateDigest }
}

/// The parts of the documented JSON shapes that tests compare.
struct Entry: Decodable, Equatable {
  var id: String
  var kind: String
  var date: String
  var title: String?
  var text: String
  var tags: [String]
  var people: [String]
  var starred: Bool
  var journal: String
  var trashed: Bool
}

struct Mood: Decodable, Equatable {
  var id: String
  var score: Int?
  var emotions: [String]
  var note: String?
  var entry: String?
}

struct Status: Decodable, Equatable {
  var account: String?
  var unsynced: Int
  var operations: Int
  var conflicts: Int
  var stateDigest: String
}

struct Version: Decodable, Equatable {
  var version: String
  var device: String
  var changes: [String: Value]
  var current: Bool
  var sibling: Bool
  var machine: String?

  enum Value: Decodable, Equatable {
    case text(String)
    case flag(Bool)
    case none

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .none
      } else if let flag = try? container.decode(Bool.self) {
        self = .flag(flag)
      } else {
        self = .text(try container.decode(String.self))
      }
    }
  }
}
