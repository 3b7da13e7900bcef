import ArgumentParser
import JournalStore
import Testing

@testable import JournalCommands

struct FilterOptionsTests {
  private func query(_ arguments: String...) throws -> (
    tags: [String], people: [String], journals: [String]
  ) {
    let context = try CommandContext(
      environment: ProcessEnvironment(["HOME": "/nowhere"]), terminal: Terminal())
    let query = try FilterOptions.parse(arguments).query(context, json: false)
    return (query.tags, query.people, query.journals)
  }

  @Test func `a name is looked for in the form that is kept`() throws {
    let typed = "Re\u{301}a "
    let query = try query("--tag", typed, "--person", typed, "--journal", typed)
    let kept = Array("R\u{e9}a".utf8)
    #expect(query.tags.map { Array($0.utf8) } == [kept])
    #expect(query.people.map { Array($0.utf8) } == [kept])
    #expect(query.journals.map { Array($0.utf8) } == [kept])
  }

  @Test(arguments: ["R\u{E9}a", "Re\u{301}a", "@R\u{E9}a", " R\u{E9}a "])
  func `a person is found however the name is typed`(typed: String) throws {
    let name = try KnownNames([], field: "person").named(typed)
    #expect(Array(name.utf8) == Array("R\u{E9}a".utf8))
  }

  @Test(arguments: ["--tag", "--person", "--journal"])
  func `a name that nothing can have is refused`(option: String) {
    #expect(throws: (any Error).self) { try query(option, " ") }
  }

  @Test(arguments: ["--tag", "--person"])
  func `a list with nothing in it is refused`(option: String) {
    #expect(throws: (any Error).self) { try query(option, ",,,") }
  }
}
