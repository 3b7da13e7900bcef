import Testing

@testable import JournalCommands

struct EntryFormTests {
  private let form = EntryForm(
    date: "2026-11-21 08:15", title: "By the river", tags: ["walk", "a, b"], people: ["Sam"],
    journal: "home", isStarred: true, text: "Word.\n\nWord.\n")

  @Test func `what is rendered reads as itself`() throws {
    var read = EntryForm(date: "")
    try read.read(form.rendered)
    #expect(read == form)
  }

  @Test(arguments: ["Just words.", "<!-- mine -->\nWords.", "\n\nWords"])
  func `without the block all is text, and the fields stay`(_ edited: String) throws {
    var read = form
    try read.read(edited)
    #expect(read.text == edited)
    #expect(read.tags == form.tags)
  }

  @Test(arguments: [
    "<!-- ebb:\ndate: today\nno end", "<!-- ebb:\nmood: 6\n-->\n", "<!-- ebb:\nwords\n-->\n",
    "<!-- ebb:\nstar: perhaps\n-->\n",
  ])
  func `a block that makes no sense is refused, and changes nothing`(_ edited: String) throws {
    var read = form
    #expect(throws: Failure.self) { try read.read(edited) }
    #expect(read == form)
  }

  @Test func `the text is kept to the byte, whatever stands in it`() throws {
    for text in ["-->\n", "e\u{301}\r\n x\n\n", " \n\nlast", "<!-- ebb: x\n-->\n"] {
      var form = form
      form.text = text
      var read = EntryForm(date: "")
      try read.read(form.rendered)
      #expect(Array(read.text.utf8) == Array(text.utf8))
    }
  }

  @Test func `line ends of other systems do not matter in the block`() throws {
    var read = form
    try read.read("<!-- ebb: x\r\ndate: today\r\ntags:\r\n-->\r\n\r\nWords.")
    #expect(read.date == "today")
    #expect(read.tags.isEmpty)
    #expect(read.text == "Words.")
  }
}

struct EntryFormQuestionTests {
  @Test func `a question stands in the block, and a draft keeps which it is`() throws {
    var form = EntryForm(date: "2026-11-21")
    form.prompt = "everyday-1"
    form.question = "What do you want to remember of today?"
    #expect(form.rendered.contains("\n> What do you want to remember of today?\n"))
    var read = EntryForm(date: "")
    try read.read(form.rendered + "The river.\n")
    #expect(read.text == "The river.\n")
    #expect(read.prompt == "everyday-1" && read.date == form.date && read.question == nil)
    try read.read("<!-- ebb:\nprompt:\n-->\n\nThe river.\n")
    #expect(read.prompt == "")
  }
}
