import JournalModel
import OperationLog
import Testing

@Suite struct NameChangeTests {
  private func renamed(
    _ family: RegisterName.Family = .person, from old: String = "Sam", to new: String,
    _ writes: RegisterWrite...
  ) throws -> RecordState? {
    var log = RecordLog()
    log.write(1, at: 1, writes)
    let state = try #require(log.state)
    guard let change = try NameChange(family, from: old, to: new).change(of: state) else {
      return nil
    }
    log.write(1, at: 2, change)
    return log.state
  }

  @Test(arguments: [
    ("Met @Sam and @Sam.", "Mara", "Met @Mara and @Mara."),
    ("@Sam, @Samuel, sam@Sam.org, `@Sam`", "Mara", "@Mara, @Samuel, sam@Sam.org, `@Sam`"),
    ("Met @Sam\u{301}x and @Sam-", "Mara", "Met @Sam\u{301}x and @Mara-"),
    ("Met @Sam.", "Mara Lind", "Met Mara Lind."),
    ("(@Sam)", "Ann-Kathrin", "(@Ann-Kathrin)"),
  ])
  func `a name in the text is the other afterwards`(
    text: String, new: String, expected: String
  ) throws {
    let state = try #require(try renamed(to: new, .text(text)))
    #expect(state[.text] == .text(expected))
    #expect(state.bears(RegisterName(.person, new)))
    #expect(!state.bears(RegisterName(.person, "Sam")))
  }

  @Test func `a register is the other afterwards, and two become one`() throws {
    let (sam, mara) = (RegisterName(.person, "Sam"), RegisterName(.person, "Mara"))
    let state = try #require(
      try renamed(
        to: "Mara", .text("no names"), RegisterWrite(sam, .boolean(true)),
        RegisterWrite(mara, .boolean(true))))
    #expect(state[sam] == .boolean(false) && state[mara] == .boolean(true))
    #expect(Entry(state)?.people == ["Mara"])
  }

  @Test func `who is not there is left alone, and so is a tag of that name`() throws {
    #expect(try renamed(to: "Mara", .text("#Sam"), .tag("Sam")) == nil)
    #expect(try renamed(to: "Sam", .text("@Sam")) == nil)
    let tagged = try #require(try renamed(.tag, to: "walk/river", .text("@Sam #Sam"), .tag("Sam")))
    #expect(tagged[.text] == .text("@Sam #walk/river"))
    #expect(Entry(tagged)?.tags == ["walk/river"])
  }

  @Test(arguments: ["", "  ", "a\nb", String(repeating: "x", count: 257)])
  func `a name that is none is refused`(name: String) {
    #expect(throws: InputError.self) { try NameChange(.person, from: "Sam", to: name) }
  }
}
