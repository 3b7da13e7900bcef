import Foundation
import TestSupport
import Testing

@testable import JournalCommands

struct JournalFoldersTests {
  @Test(arguments: [
    (["EBB_HOME": "/e", "HOME": "/h", "XDG_DATA_HOME": "/x"], "/e", "/e/config.toml"),
    (
      ["HOME": "/h", "XDG_DATA_HOME": "/d", "XDG_CONFIG_HOME": "/c"], "/d/ebb",
      "/c/ebb/config.toml"
    ),
    (["HOME": "/h"], "/h/.local/share/ebb", "/h/.config/ebb/config.toml"),
    (["HOME": "/h", "EBB_HOME": ""], "/h/.local/share/ebb", "/h/.config/ebb/config.toml"),
    (["HOME": "/h", "XDG_DATA_HOME": "rel"], "/h/.local/share/ebb", "/h/.config/ebb/config.toml"),
  ])
  func `state lies where the environment says`(
    variables: [String: String], data: String, settings: String
  ) throws {
    let folders = try JournalFolders(ProcessEnvironment(variables))
    #expect(folders.data == data)
    #expect(folders.settingsFile == settings)
  }
}

struct ProcessEnvironmentTests {
  @Test(arguments: ["EBB_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "HOME"])
  func `a folder whose name is no UTF-8 is not replaced by another`(name: String) throws {
    var variables = ["HOME": "/h", "XDG_CONFIG_HOME": "/c"]
    variables[name] = "/\u{FFFD}"
    if name == "HOME" { variables["XDG_CONFIG_HOME"] = nil }
    let environment = ProcessEnvironment(variables, notUTF8: [name])
    let failure = try #require(throws: Failure.self) { try JournalFolders(environment) }
    #expect(failure.status == .badData)
    #expect(failure.message.contains("$\(name) is not valid UTF-8"))
  }

  @Test func `a passphrase that is no UTF-8 is not repaired into another`() throws {
    let environment = ProcessEnvironment(
      ["EBB_HOME": "/e", "EBB_PASSPHRASE": "\u{FFFD}"], notUTF8: ["EBB_PASSPHRASE"])
    let context = try CommandContext(environment: environment, terminal: Terminal())
    let failure = try #require(throws: Failure.self) {
      try SecretReader(context: context, file: nil).current()
    }
    #expect(failure.status == .badData)
    #expect(failure.message.contains("$EBB_PASSPHRASE is not valid UTF-8"))
  }

  @Test func `no process that Ebb starts sees a passphrase`() {
    let environment = ProcessEnvironment([
      "EBB_PASSPHRASE": "secret", "EBB_NEW_PASSPHRASE": "secret", "PATH": "/bin",
    ])
    #expect(environment.forChildren == ["PATH=/bin"])
  }
}

struct SettingsTests {
  @Test(arguments: [
    ("", true), ("[sync]\nauto = false\n", false), ("[sync]\nauto = true", true),
    ("[sync]\n", true), ("sync.auto = false", false),
    ("# all\r\n[ sync ] # ours\r\n auto=false # never", false),
  ])
  func `sync is automatic unless the file says no`(toml: String, isAutomatic: Bool) throws {
    #expect(try Settings(toml: toml, path: "config.toml").syncsAutomatically == isAutomatic)
  }

  @Test(arguments: [
    ("[sync]\nauto = \n", "Line 2 of config.toml"), ("[sync]\nauto = \"no\"", "sync.auto"),
    ("sync = 1", "[sync]"), ("[other]\nauto = false", "other"),
    ("[sync]\natuo = false", "did you mean sync.auto?"), ("[`'", "Line 1"), ("[sync] x", "Line 1"),
    ("\n auto", "Line 2"),
    ("[sync]\nauto = true\nauto = false", "Line 3"), ("[sync]\n[sync]", "Line 2"),
    ("a..b = 1", "Line 1"), ("a = [1]", "Line 1"), ("a = 99999999999999999999", "Line 1"),
    (#"a = "b"#, "Line 1"), (#"a = "\x""#, "Line 1"), ("a = 'b' c", "Line 1"),
  ])
  func `a mistake is one sentence that says where`(toml: String, part: String) throws {
    let failure = try #require(throws: Failure.self) {
      try Settings(toml: toml, path: "config.toml")
    }
    #expect(failure.status == .badData)
    #expect(failure.message.contains(part))
  }

  @Test(arguments: [
    (#"a = "x # \"y\" \\ \n\t" # z"#, SettingsText.Value.string("x # \"y\" \\ \n\t")),
    (#"a = 'C:\x' "#, .string(#"C:\x"#)), ("a = -12", .integer(-12)), ("a=true#", .boolean(true)),
  ])
  func `values are read as TOML says`(toml: String, value: SettingsText.Value) throws {
    #expect(try SettingsText(parsing: toml).valuesByName == ["a": value])
  }

  /// What stays of a file when one setting changes: all but that.
  @Test(
    arguments: [
      ("", "[sync]\nauto = false\n"), ("# all\n", "# all\n\n[sync]\nauto = false\n"),
      ("[sync] # x\n auto=true # why\n# end", "[sync] # x\n auto=false # why\n# end"),
      ("sync.auto = true", "sync.auto = false"),
      (
        "[sync]\n\n# auto = true\n# more\n[practice]\n",
        "[sync]\n\n# auto = true\nauto = false\n# more\n[practice]\n"
      ),
      ("[sync]\r\n[practice]", "[sync]\r\nauto = false\r\n[practice]"),
      ("[sync]", "[sync]\nauto = false\n"),
      ("[practice]\nenabled = true", "[practice]\nenabled = true\n\n[sync]\nauto = false\n"),
    ])
  func `a setting changes, and nothing else in the file`(before: String, after: String) throws {
    let changed = try SettingsText(parsing: before).text(
      setting: .syncAuto, to: .boolean(false))
    #expect(changed == after)
    #expect(try Settings(toml: changed, path: "config.toml").syncsAutomatically == false)
    let without = try SettingsText(parsing: changed).text(setting: .syncAuto, to: nil)
    #expect(try Settings(toml: without, path: "config.toml").line(of: .syncAuto) == nil)
  }

  @Test func `a text with anything in it is read back as it was`() throws {
    let text = #"“a” 'b' "c" \ # d = [e]"#
    let toml = try SettingsText(parsing: "[reminder]\ntext = 'old' # kept").text(
      setting: .reminderText, to: .string(text))
    #expect(try Settings(toml: toml, path: "config.toml").reminderText == text)
    #expect(toml.hasSuffix(" # kept"))
  }

  @Test func `a new file shows every setting, and sets none`() throws {
    let settings = try Settings(toml: SettingsFile.initial, path: "config.toml")
    #expect(settings == Settings())
    for setting in Setting.all {
      #expect(SettingsFile.initial.contains("# " + setting.sentence))
      let toml = try SettingsText(parsing: SettingsFile.initial).text(
        setting: setting, to: setting.standard)
      #expect(
        try Settings(toml: toml, path: "config.toml").value(of: setting) == setting.standard)
    }
  }

  @Test func `without a file everything is as usual`() throws {
    #expect(try Settings.read(from: "/nowhere/config.toml") == Settings())
  }
}
