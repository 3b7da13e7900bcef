import Foundation
import TestSupport
import Testing

struct ConfigTests {
  @Test func `a setting is set, told and taken out, and comments stay`() async throws {
    let machine = try Machine()
    let file = machine.home + "/config.toml"
    #expect(try await machine.ebb("config").contains("sync.auto = true\n"))
    #expect(!FileManager.default.fileExists(atPath: machine.home))

    #expect(try await machine.ebb("config", "set", "sync.auto", "false") == "sync.auto = false\n")
    var text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(text.contains("# auto = true\nauto = false\n"))
    let attributes = try FileManager.default.attributesOfItem(atPath: file)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(try await machine.ebb("config", "get", "sync.auto") == "false\n")
    let listed = try await machine.json("config", as: [Listed].self)
    let line = text.split(separator: "\n", omittingEmptySubsequences: false)
      .firstIndex(of: "auto = false").map { $0 + 1 }
    #expect(
      listed.first { $0.name == "sync.auto" }
        == Listed(name: "sync.auto", value: false, standard: true, file: file, line: line))

    text = "# mine\n[sync]\nauto = false # at home\n"
    try text.write(toFile: file, atomically: false, encoding: .utf8)
    try await machine.ebb("config", "set", "sync.auto", "true")
    #expect(
      try String(contentsOfFile: file, encoding: .utf8)
        == "# mine\n[sync]\nauto = true # at home\n")
    // There and back again, with no comment behind the value.
    text = "[sync]\nauto = true\n[practice]\r\nenabled = false \r\n"
    try text.write(toFile: file, atomically: false, encoding: .utf8)
    try await machine.ebb("config", "set", "sync.auto", "false")
    #expect(try await machine.ebb("config", "get", "sync.auto") == "false\n")
    try await machine.ebb("config", "set", "sync.auto", "true")
    #expect(
      try await machine.ebb("config", "set", "practice.enabled", "true", "--json")
        .hasPrefix(#"{"name":"practice.enabled","value":true,"standard":true,"file":""#))
    #expect(
      try String(contentsOfFile: file, encoding: .utf8)
        == "[sync]\nauto = true\n[practice]\r\nenabled = true \r\n")
    try await machine.ebb("config", "unset", "practice.enabled")
    text = "# mine\n[sync]\nauto = true # at home\n"
    try text.write(toFile: file, atomically: false, encoding: .utf8)
    try await machine.ebb("config", "unset", "sync.auto")
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "# mine\n[sync]\n")
  }

  @Test(
    arguments: [
      (["get"], "needs the name of a setting"), (["get", "sync.atuo"], "Did you mean sync.auto?"),
      (["set", "sync.auto", "no"], "sync.auto is true or false, not “no”."),
      (["set", "sync.auto"], "needs the name of a setting and a value"),
      (["sett", "x", "y"], "Did you mean `ebb config set`?"), (["edit"], "Set EDITOR"),
      (["set", "reminder.text", "two\nlines"], "a text of one line"),
    ] as [([String], String)])
  func `what makes no sense is one sentence, and changes nothing`(
    words: [String], sentence: String
  ) async throws {
    let machine = try Machine()
    let ended = try await machine.run(["config"] + words)
    #expect(ended.exitCode == 64)
    #expect(ended.error.contains(sentence))
    #expect(!FileManager.default.fileExists(atPath: machine.home + "/config.toml"))
  }

  @Test func `a file with a mistake is not written over`() async throws {
    let machine = try Machine()
    let file = machine.home + "/config.toml"
    try FileManager.default.createDirectory(
      atPath: machine.home, withIntermediateDirectories: true)
    try "[sync]\nauto = maybe\n".write(toFile: file, atomically: false, encoding: .utf8)
    for words in [[], ["get", "sync.auto"], ["set", "practice.enabled", "false"]] {
      let ended = try await machine.run(["config"] + words)
      #expect(ended.exitCode == 65)
      #expect(ended.error.contains("Line 2 of \(file)"))
    }
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "[sync]\nauto = maybe\n")
  }

  @Test func `a value that cannot be is set anew or taken out`() async throws {
    let machine = try Machine()
    let file = machine.home + "/config.toml"
    try FileManager.default.createDirectory(
      atPath: machine.home, withIntermediateDirectories: true)
    let wrong = "[sync]\nauto = \"yes\" # mine\n"
    try wrong.write(toFile: file, atomically: false, encoding: .utf8)
    let other = try await machine.run(["config", "set", "practice.enabled", "false"])
    #expect(other.exitCode == 65)
    #expect(other.error == "sync.auto in line 2 of \(file) must be true or false.\n")
    try await machine.ebb("config", "set", "sync.auto", "true")
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "[sync]\nauto = true # mine\n")
    try wrong.write(toFile: file, atomically: false, encoding: .utf8)
    try await machine.ebb("config", "unset", "sync.auto")
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "[sync]\n")
  }

  @Test func `a setting that there is none of is named, and what to do`() async throws {
    let machine = try Machine()
    let file = machine.home + "/config.toml"
    try FileManager.default.createDirectory(
      atPath: machine.home, withIntermediateDirectories: true)
    try "[sync]\natuo = true\n".write(toFile: file, atomically: false, encoding: .utf8)
    let ended = try await machine.run(["config", "set", "sync.auto", "true"])
    #expect(ended.exitCode == 65)
    #expect(
      ended.error == "sync.atuo in line 2 of \(file) is no setting of Ebb: did you mean sync.auto? "
        + "Mend or remove that line.\n")
  }

  @Test func `the editor's file replaces the old one only when it can be read`() async throws {
    let machine = try Machine()
    let file = machine.home + "/config.toml"
    func edit(_ command: String) async throws -> Ended {
      try await machine.run(["config", "edit"], environment: ["EDITOR": command])
    }
    #expect(try await edit("true").output == "Nothing was changed.\n")
    #expect(!FileManager.default.fileExists(atPath: file))

    let saved = try await edit("sed -i 's/^# auto = true/auto = false/'")
    #expect(saved.output == "Saved \(file).\n")
    #expect(try await machine.ebb("config", "get", "sync.auto") == "false\n")

    let before = try String(contentsOfFile: file, encoding: .utf8)
    let refused = try await edit("sed -i 's/^auto = false/auto = no/'")
    #expect(refused.exitCode == 65)
    #expect(refused.error.contains("cannot be read"))
    #expect(try String(contentsOfFile: file, encoding: .utf8) == before)
    // What was typed is kept, and the message says where.
    let kept = try #require(refused.error.split(separator: " ").last).dropLast(2)
    #expect(try String(contentsOfFile: String(kept), encoding: .utf8).contains("auto = no"))
  }

  private struct Listed: Decodable, Equatable {
    var name: String
    var value: Value
    var standard: Value
    var file: String?
    var line: Int?

    enum Value: Decodable, Equatable, ExpressibleByBooleanLiteral {
      case flag(Bool)
      case text(String)

      init(booleanLiteral value: Bool) { self = .flag(value) }

      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        self =
          if let flag = try? container.decode(Bool.self) { .flag(flag) } else {
            .text(try container.decode(String.self))
          }
      }
    }
  }
}
