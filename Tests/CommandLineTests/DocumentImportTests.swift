import Foundation
import TestSupport
import Testing

/// Sources that are one document: they come along whole or not at all.
struct DocumentImportTests {
  @Test func `a JSON document that is broken anywhere brings nothing`() async throws {
    let machine = try Machine()
    let file = try machine.file(
      "ebb.json",
      """
      [{"date":"2026-11-21","text":"One."},
       {"date":"2026-11-20","text":"Tw
      """)
    let ended = try await machine.run(["import", file])
    #expect(ended.exitCode == 65)
    #expect(
      ended.error
        == "ebb.json:2 cannot be read on: it ends in the middle. Nothing was imported.\n")
    #expect(try await machine.json("list", as: [Entry].self).isEmpty)
  }

  /// Some of it would be taken for all of it.
  @Test func `of Ebb's JSON with bad records nothing comes, and each of them is named`()
    async throws
  {
    let machine = try Machine()
    try await machine.ebb("write", "before")
    let digest = try await machine.digest()
    let file = try machine.file(
      "ebb.json",
      """
      [{"date":"2026-11-21","text":"One."},
      {"text":"no date"},
      {"date":"1944-13-45","text":"no such day"},
      7,
      {"date":"2026-11-21","score":14},
      {"id":"0123456789abcdefg","date":"2026-11-21","text":"first"},
      {"id":"0123456789abcdefg","date":"2026-11-21","text":"second"},
      {"date":"2026-11-20","text":"Two."}]
      """)
    let lines = try machine.file("diary.jsonl", #"{"date":"2026-11-19","text":"whole"}"#)
    for (options, would) in [(["--dry-run"], "would be"), ([], "was")] {
      let ended = try await machine.run(["import", lines, file] + options)
      #expect(
        ended
          == Ended(
            exitCode: 65, output: "Nothing \(would) imported.\n",
            error: """
              4 places could not be taken as they stand, so nothing \(would) imported:
                ebb.json:2: It has no date.
                ebb.json:3: There is no such day as in “1944-13-45”.
                ebb.json:4: It is not an object in braces.
                ebb.json:5: The score goes from 1 to 10, not 14.

              """))
      #expect(try await machine.digest() == digest)
    }
    let json = try await machine.run(["import", "--json", file])
    #expect(json.exitCode == 65)
    let told = try JSONDecoder().decode(ImportJSON.self, from: Data(json.output.utf8))
    #expect(told.added == ["entry": 0, "mood": 0, "step": 0] && told.known == 0)
    #expect(told.faults.map(\.line) == [2, 3, 4, 5, 7])
    #expect(try await machine.digest() == digest)
  }

  @Test func `where a document is one line, its records are told by their numbers`() async throws {
    let machine = try Machine()
    let good = #"{"date":"2026-11-21","text":"x"}"#
    let file = try machine.file("ebb.json", "[\(good),\(good),{\"text\":\"no date\"},\(good)]")
    let ended = try await machine.run(["import", file])
    #expect(ended.exitCode == 65)
    #expect(ended.error.hasSuffix("\n  ebb.json:1, record 3: It has no date.\n"))
    let json = try await machine.run(["import", "--json", file])
    #expect(json.output.contains(#""line":1,"record":3,"reason""#))
  }

  @Test func `what refuses a JSON document is told, however much else there is to tell`()
    async throws
  {
    let machine = try Machine()
    let same = #"{"id":"0123456789abcdefg","date":"2026-11-21","text":"""#
    let records = (1...10_050).map { same.dropLast() + "\($0)\"}" } + [#"{"text":"no date"}"#]
    let file = try machine.file("ebb.json", "[" + records.joined(separator: ",\n") + "]")
    let ended = try await machine.run(["import", file])
    #expect(
      ended.error == """
        1 place could not be taken as it stands, so nothing was imported:
          ebb.json:10051: It has no date.

        """)
    let json = try await machine.run(["import", "--json", file])
    let told = try JSONDecoder().decode(ImportJSON.self, from: Data(json.output.utf8))
    #expect(told.faults.last?.line == 10_051)
  }

  @Test func `where a JSON document breaks off is named beside the bad records before it`()
    async throws
  {
    let machine = try Machine()
    let file = try machine.file(
      "ebb.json",
      """
      [{"date":"2026-11-21","text":"One."},
      {"text":"no date"},
      {"date":"2026-11-20","text":"Tw
      """)
    let ended = try await machine.run(["import", file])
    #expect(
      ended
        == Ended(
          exitCode: 65, output: "Nothing was imported.\n",
          error: """
            2 places could not be taken as they stand, so nothing was imported:
              ebb.json:2: It has no date.
              ebb.json:3: It ends in the middle.

            """))
    #expect(try await machine.json("list", as: [Entry].self).isEmpty)
  }

  @Test func `an id that stands in Ebb's JSON twice keeps no record out, and is named`()
    async throws
  {
    let machine = try Machine()
    let id = String(repeating: "a1", count: 16)
    let file = try machine.file(
      "ebb.json",
      """
      [{"id":"\(id)","kind":"entry","date":"2026-11-21","text":"first"},
      {"id":"\(id)","kind":"entry","date":"2026-11-21","text":"second"}]
      """)
    let ended = try await machine.run(["import", file])
    #expect(ended.exitCode == 65)
    #expect(ended.output.hasPrefix("Imported 2 entries.\n"))
    #expect(
      ended.error == """
        1 place could not be taken as it stands; the rest was imported:
          ebb.json:2: The id \(id) was another record's before; both were taken.

        """)
    let texts = try await machine.json("list", as: [Entry].self).map(\.text).sorted()
    #expect(texts == ["first", "second"])
  }
}
