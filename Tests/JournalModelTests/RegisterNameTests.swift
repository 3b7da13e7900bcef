import Testing

@testable import JournalModel

@Suite struct RegisterNameTests {
  @Test func `names that differ in Unicode form are two registers`() {
    let composed = RegisterName(.tag, "caf\u{e9}")
    let decomposed = RegisterName(.tag, "cafe\u{301}")
    #expect(composed != decomposed)
    #expect(Set([composed, decomposed]).count == 2)
    #expect((composed < decomposed) != (decomposed < composed))
  }

  @Test func `texts that differ in Unicode form are two values`() {
    #expect(RegisterValue.text("\u{e9}") != .text("e\u{301}"))
    #expect(Set([RegisterValue.text("\u{e9}"), .text("e\u{301}")]).count == 2)
  }

  /// As Ebb shows them, people type them.
  @Test(arguments: [
    (RegisterName.Family.tag, "#river", "river"), (.tag, " # river", "river"), (.tag, "#", "#"),
    (.tag, "@Sam", "@Sam"), (.person, "@Mara Lind", "Mara Lind"), (.person, "#1", "#1"),
    (.emotion, "#torn", "#torn"),
  ])
  func `the sign before a tag or a person is not part of the name`(
    family: RegisterName.Family, typed: String, name: String
  ) throws {
    #expect(try RegisterName(checkedMember: typed, of: family) == RegisterName(family, name))
  }

  @Test(arguments: ["river", "a/b", "\u{301}x", "/", "🏞️", "tag/", " "])
  func `a member is found again whatever its name`(name: String) {
    let register = RegisterName(.tag, name)
    #expect(register.member(of: .tag).map { Array($0.utf8) } == Array(name.utf8))
    #expect(register.member(of: .person) == nil)
  }

  @Test func `a register outside a family is no member`() {
    #expect(RegisterName.title.member(of: .tag) == nil)
    #expect(RegisterName("tags").member(of: .tag) == nil)
    #expect(RegisterName("tag").member(of: .tag) == nil)
  }

  @Test(arguments: RecordKind.journal)
  func `the catalogue and merging agree on what is prose`(kind: RecordKind) {
    for field in FieldCatalogue.fields(of: kind) {
      #expect((field.register?.isProse(in: kind) ?? false) == field.isProse, "\(field.name)")
    }
  }

  @Test(arguments: RecordKind.journal)
  func `every field is found by its name and by its register`(kind: RecordKind) {
    let fields = FieldCatalogue.fields(of: kind)
    #expect(Set(fields.map(\.name)).count == fields.count)
    for field in fields {
      #expect(FieldCatalogue.field(named: field.name, of: kind) == field)
      if let register = field.register {
        #expect(FieldCatalogue.field(register, of: kind) == field)
      }
    }
  }
}
