import Testing

@testable import JournalCommands

struct HelpTopicTests {
  @Test(arguments: HelpTopic.allCases)
  func `a topic fits into 60 columns`(topic: HelpTopic) {
    let lines = HelpText(topic.text).lines(columns: 60)
    #expect(lines.count > 5)
    #expect(lines.filter { DisplayWidth.of($0) > 60 } == [])
  }

  @Test(arguments: HelpTopic.allCases)
  func `the commands that a topic names are there`(topic: HelpTopic) throws {
    var lines: [String] = []
    for part in HelpText(topic.text).parts {
      switch part {
      case .verbatim(let some): lines += some
      case .paragraph(let text):
        lines += text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
          .filter { $0.offset % 2 == 1 }.map { String($0.element) }
      }
    }
    for line in lines where line == "ebb" || line.hasPrefix("ebb ") {
      let words = line.split(separator: " ").dropFirst().map(String.init)
      #expect(throws: Never.self) { try CommandTable.command(for: words) }
    }
  }

  @Test func `no topic has the name of a command`() {
    let commands = CommandTable.commands.map { $0.name }
    #expect(HelpTopic.allCases.filter { commands.contains($0.rawValue) } == [])
  }

  @Test func `paragraphs are joined, verbatim lines stay, and both end at an empty line`() {
    let text = HelpText("one\ntwo\n\n  a\n    b\n\n  c\n\nthree")
    #expect(
      text.parts == [
        .paragraph("one two"), .verbatim(["a", "  b"]), .verbatim(["c"]), .paragraph("three"),
      ])
  }
}

struct ManualTests {
  @Test func `every command and every topic has a page of its own`() throws {
    let pages = try ManualPage.all(date: "2026-11-21")
    let names = pages.map(\.fileName)
    #expect(Set(names).count == names.count)
    #expect(names.contains("ebb.1") && names.contains("ebb-config.5"))
    #expect(names.contains("ebb-write.1") && names.contains("ebb-account-delete.1"))
    #expect(names.contains("ebb-dates.7"))
    for command in CommandTable.commands where !command.name.isEmpty {
      let page = try #require(pages.first { $0.fileName == ManualPage.name(of: command) + ".1" })
      for option in command.shape.options where !Self.hidden.contains(option) {
        let name = ManualText.escaped(String(option.dropFirst()))
        #expect(page.text.contains("Fl " + name), "\(option) of \(command.name)")
      }
    }
  }

  /// Options that only Ebb itself uses.
  private static let hidden = ["--standard-input", "--background"]

  @Test(
    arguments: [
      ("a -- b", #"a \-\- b"#), ("well-known", "well-known"), (#"\x"#, #"\ex"#),
      ("it's", #"it\(aqs"#), ("…", #"\[u2026]"#), ("~/x", #"\(ti/x"#),
    ])
  func `no character of a text is a request to roff`(text: String, escaped: String) {
    #expect(ManualText.escaped(text) == escaped)
  }

  @Test func `a line of a text never begins as a request`() {
    var page = ManualText(name: "x", section: 1, about: "y", date: "2026-11-21")
    page.prose(".Sh no section. 'nor this. `code` it is.")
    page.verbatim([".Sh", "'x"])
    #expect(
      page.text.hasSuffix(
        """
        \\&.Sh no section.
        \\(aqnor this.
        \\fBcode\\fR it is.
        .Bd -literal -offset indent
        \\&.Sh
        \\&\\(aqx
        .Ed

        """.replacing("\\(aqnor", with: "\\&\\(aqnor")))
    #expect(page.text.hasPrefix(".Dd November 21, 2026\n.Dt X 1\n"))
  }
}

struct UserTimerTests {
  @Test(
    arguments: [
      ("21:00", "21:00"), ("9pm", "21:00"), ("9:30 PM", "21:30"), ("12am", "00:00"),
      ("12pm", "12:00"), ("7", "07:00"), ("00:05", "00:05"), ("24:00", nil), ("9:60", nil),
      ("13pm", nil), ("0am", nil), ("", nil), ("soon", nil), ("9:", nil), ("-1", nil),
      ("9:5:1", nil), ("٩", nil),
    ] as [(String, String?)])
  func `a time of day is read as people type it`(text: String, time: String?) {
    #expect(ClockTime(text)?.description == time)
  }

  @Test func `a unit keeps every character of a path`() {
    let timer = UserTimer.backup(into: #"/a b/100%/"$x\"#, keep: 3, when: "daily")
    let service = timer.service(program: "/usr/bin/ebb", variables: [("EBB_HOME", "/h $%")])
    #expect(service.contains(#"Environment="EBB_HOME=/h $%%""# + "\n"))
    #expect(
      service.contains(
        #"ExecStart="/usr/bin/ebb" "backup" "/a b/100%%/\"$$x\\" "--keep" "3""# + "\n"))
    #expect(timer.timer.contains("OnCalendar=daily\nPersistent=true\n"))
  }
}
