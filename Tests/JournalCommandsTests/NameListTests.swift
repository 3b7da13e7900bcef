import Testing

@testable import JournalCommands

struct NameListTests {
  @Test(arguments: [
    ("Sam", ["Sam"]), ("Sam,Lena", ["Sam", "Lena"]), (" Sam , Lena B. ,,", ["Sam", "Lena B."]),
    ("\"a, b\", c", ["a, b", "c"]), ("5\" pipe", ["5\" pipe"]), ("\"open, b", ["\"open", "b"]),
    ("", []), (" , ", []),
  ])
  func `commas part names, but for one in quotes`(list: String, names: [String]) {
    #expect(NameList.names(in: list) == names)
  }

  @Test(arguments: ["", " ", ",", " ,,, ", "\"\""])
  func `a list without a name is an empty name, which what takes the names refuses`(list: String) {
    #expect(NameList.names(in: ["Sam,Lena", list]) == ["Sam", "Lena", ""])
  }

  @Test func `what is listed reads as itself`() {
    let names = ["walk", "a, b", "5\" pipe"]
    #expect(NameList.names(in: NameList.text(names)) == names)
  }
}

struct KnownNamesTests {
  @Test(arguments: [
    ("sam", "Sam"), ("SAM", "Sam"), ("@sam", "Sam"), ("Sam", "Sam"), ("rene", "René"),
    ("Ida", "Ida"), ("IDA", "IDA"), ("Mara", "Mara"),
  ])
  func `a name is the known one that differs in case and accents alone`(
    typed: String, name: String
  ) throws {
    #expect(try KnownNames(["Sam", "René", "Ida", "ida"], field: "person").named(typed) == name)
  }
}
