import Foundation
import TestSupport
import Testing

/// With a `systemctl` and a `notify-send` of the test's own, which note what they are asked.
struct RemindTests {
  private struct Desk {
    let machine: Machine
    var programs: String { machine.path + "/programs" }
    var units: String { machine.path + "/.config/systemd/user/" }

    init() throws {
      machine = try Machine()
      try FileManager.default.createDirectory(
        atPath: programs, withIntermediateDirectories: true)
    }

    /// A program that notes its arguments, and ends with a status.
    func add(_ name: String, status: Int = 0) throws {
      let script = "#!/bin/sh\necho \"\(name) $*\" >> \"$HOME/noted\"\nexit \(status)\n"
      let path = programs + "/" + name
      try script.write(toFile: path, atomically: false, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }

    func run(_ arguments: String...) async throws -> Ended {
      // Nothing of the machine's own is found, but for the shell's few tools.
      try await machine.run(arguments, environment: ["PATH": programs])
    }

    /// What the programs were asked since the last time.
    func noted() -> String {
      let path = machine.path + "/noted"
      defer { try? FileManager.default.removeItem(atPath: path) }
      return (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    }

    func unit(_ name: String) throws -> String {
      try String(contentsOfFile: units + name, encoding: .utf8)
    }
  }

  @Test func `a reminder is a timer of the user's, at the hour of their choice`() async throws {
    let desk = try Desk()
    try desk.add("systemctl")
    let set = try await desk.run("remind", "--at", "9:30pm")
    #expect(set.output == "Every day at 21:30, unless you wrote something that day.\n")
    #expect(set.error == "" && set.exitCode == 0)
    #expect(try desk.unit("ebb-remind.timer").contains("OnCalendar=*-*-* 21:30:00\n"))
    let service = try desk.unit("ebb-remind.service")
    #expect(service.contains("Environment=\"EBB_HOME=\(desk.machine.home)\"\n"))
    #expect(service.contains("ExecStart=\"\(try ebbPath())\" \"remind\" \"--now\"\n"))
    #expect(
      desk.noted() == """
        systemctl --user --quiet daemon-reload
        systemctl --user --quiet enable ebb-remind.timer
        systemctl --user --quiet restart ebb-remind.timer

        """)
    #expect(try await desk.run("remind").output == set.output)
    _ = desk.noted()
    #expect(
      try await desk.run("remind", "--off").output == "There is no reminder any more.\n")
    #expect(desk.noted().contains("systemctl --user --quiet disable --now ebb-remind.timer\n"))
    #expect(throws: (any Error).self) { try desk.unit("ebb-remind.timer") }
  }

  @Test func `without systemd a line for cron is shown, and nothing left behind`() async throws {
    let desk = try Desk()
    try desk.add("systemctl", status: 1)
    let ended = try await desk.run("remind", "--at", "21:00")
    #expect(ended.exitCode == 1)
    #expect(
      ended.error.hasSuffix(
        "\n0 21 * * * EBB_HOME='\(desk.machine.home)' '\(try ebbPath())' remind --now\n"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: desk.units) == [])
    #expect(
      try await desk.run("remind").output
        == "There is no reminder. `ebb remind --at 21:00` sets one.\n")
  }

  @Test func `a timer that is not taken leaves the one before as it was`() async throws {
    let desk = try Desk()
    try desk.add("systemctl")
    #expect(try await desk.run("remind", "--at", "21:00").exitCode == 0)
    let (service, timer) = (try desk.unit("ebb-remind.service"), try desk.unit("ebb-remind.timer"))
    try desk.add("systemctl", status: 1)
    let ended = try await desk.run("remind", "--at", "22:30")
    #expect(ended.exitCode == 1)
    #expect(ended.error.contains("the one before stays as it was"))
    #expect(try desk.unit("ebb-remind.service") == service)
    #expect(try desk.unit("ebb-remind.timer") == timer)
    // Where only enabling fails, the one before runs again.
    let script = "#!/bin/sh\necho \"$*\" >> \"$HOME/noted\"\n[ \"$3\" != enable ]\n"
    try script.write(
      toFile: desk.programs + "/systemctl", atomically: false, encoding: .utf8)
    _ = desk.noted()
    #expect(try await desk.run("remind", "--at", "22:30").exitCode == 1)
    #expect(desk.noted().hasSuffix("daemon-reload\n--user --quiet restart ebb-remind.timer\n"))
    #expect(try desk.unit("ebb-remind.timer") == timer)
  }

  @Test func `it says one sentence, and only on a day without a line`() async throws {
    let desk = try Desk()
    #expect(
      try await desk.run("remind", "--now").output == "There is room for a line about today.\n")
    #expect(!FileManager.default.fileExists(atPath: desk.machine.home))
    try desk.add("notify-send")
    #expect(try await desk.run("remind", "--now").output == "")
    #expect(
      desk.noted() == "notify-send --app-name=Ebb -- There is room for a line about today.\n")

    try await desk.machine.ebb("config", "set", "reminder.text", "--$(x) tea?")
    #expect(try await desk.run("remind", "--now").output == "")
    #expect(desk.noted() == "notify-send --app-name=Ebb -- --$(x) tea?\n")

    // Of last year, but written today.
    try await desk.machine.ebb("write", "--date", "2024-05-01", "Then.")
    #expect(
      try await desk.run("remind", "--now") == Ended(exitCode: 0, output: "", error: ""))
    #expect(desk.noted() == "")
  }

  @Test(
    arguments: [
      (["--at", "25:00"], "not “25:00”"), (["--at", "9pm", "--off"], "leave out two"),
      (["now"], "does not know"),
    ] as [([String], String)])
  func `what makes no sense is one sentence`(words: [String], sentence: String) async throws {
    let ended = try await Machine().run(["remind"] + words)
    #expect(ended.exitCode == 64)
    #expect(ended.error.contains(sentence))
  }

  @Test func `backups are made by themselves, and old ones go`() async throws {
    let desk = try Desk()
    try desk.add("systemctl")
    try await desk.machine.ebb("write", "By the river.")
    let folder = desk.machine.path + "/My Backups"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let set = try await desk.run("backup", folder, "--every", "week", "--keep", "2")
    #expect(set.output == "Every week, a backup will be put into \(folder).\n")
    let service = try desk.unit("ebb-backup.service")
    #expect(service.contains("\"backup\" \"\(folder)\" \"--keep\" \"2\"\n"))
    #expect(try desk.unit("ebb-backup.timer").contains("OnCalendar=weekly\nPersistent=true\n"))

    let kept = ["journal-2001-01-01.ebb", "journal-2001-01-02.ebb", "journal-of-mine.ebb"]
    for name in kept {
      try "x".write(toFile: folder + "/" + name, atomically: false, encoding: .utf8)
    }
    let made = try await desk.run("backup", folder, "--keep", "2")
    #expect(made.output.hasPrefix("The journal is copied to \(folder)/journal-2"))
    let again = try await desk.run("backup", folder, "--keep", "2")
    #expect(again.output.hasPrefix("There is a backup of today already: "))
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(names.count == 3)
    #expect(names.prefix(1) + names.suffix(1) == ["journal-2001-01-02.ebb", "journal-of-mine.ebb"])
    // Of a clock that was wrong: what was just made is the latest all the same.
    let later = ["journal-9000-01-01.ebb", "journal-9000-01-02.ebb"]
    for name in later {
      try "x".write(toFile: folder + "/" + name, atomically: false, encoding: .utf8)
    }
    #expect(try await desk.run("backup", folder, "--keep", "1").exitCode == 0)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        == [names[1]] + later + ["journal-of-mine.ebb"])
    #expect(
      try await desk.run("backup", "--every", "never").output.hasPrefix("No backups are made"))
    for words in [["--every", "year"], ["--keep", "0", folder]] {
      #expect(try await desk.machine.run(["backup"] + words).exitCode == 64)
    }
    let nowhere = try await desk.run("backup", folder + "/new", "--keep", "2")
    #expect(nowhere.exitCode == 1)
    #expect(nowhere.error.contains("there is no folder \(folder)/new. Make it first"))
    #expect(try await desk.run("backup", folder + "/no", "--every", "day").exitCode == 1)
  }
}
