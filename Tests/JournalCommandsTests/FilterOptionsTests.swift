import Testing

@testable import JournalCommands

struct FilterOptionsTests {
  @Test(arguments: ["Andr\u{E9}", "Andre\u{301}", "@Andr\u{E9}", " Andr\u{E9} "])
  func `a person is found however the name is typed`(typed: String) throws {
    let names = try FilterOptions.people([typed])
    #expect(names.map { Array($0.unicodeScalars) } == [Array("Andr\u{E9}".unicodeScalars)])
  }
}
