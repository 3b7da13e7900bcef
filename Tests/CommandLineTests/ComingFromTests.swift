import Foundation
import TestSupport
import Testing

/// Day One and Daylio, there and back, driven as people do.
struct ComingFromTests {
  @Test func `what is exported for Day One comes back as it was, and only entries go there`()
    async throws
  {
    let machine = try Machine()
    let other = try Machine()
    _ = try await machine.write(
      "Went home by the #river.", "--date", "2026-11-21 08:15", "--title", "River", "--tag", "walk",
      "--person", "Mara", "--star", "--journal", "walks")
    _ = try await machine.write("A whole day.", "--date", "2026-11-20")
    _ = try await machine.mood("6", "calm", "--date", "2026-11-20")
    let zip = machine.path + "/journal.zip"
    let ended = try await machine.run(["export", "dayone", "-o", zip])
    #expect(ended.exitCode == 0)
    #expect(ended.output == "Exported 2 entries to \(zip).\n")
    #expect(
      ended.error == """
        Left out, having no place in dayone: 1 mood log. `ebb export ebb` keeps everything.

        """)
    #expect(try await other.ebb("import", zip) == "Imported 2 entries.\n")
    let entries = try await other.json("list", as: [Entry].self)
    #expect(entries == (try await machine.json("list", "--kind", "entry", as: [Entry].self)))
    #expect(
      try await machine.ebb("import", zip) == "Nothing new: 2 records are known already.\n")
  }

  @Test func `Daylio's words for moods are told with the scores they became`() async throws {
    let machine = try Machine()
    let file = try machine.file(
      "daylio.csv",
      """
      full_date,date,weekday,time,mood,activities,note_title,note
      2026-11-21,November 21,Saturday,8:15 am,Gut,Arbeit | river,,"One<br>two"
      2026-11-20,November 20,Friday,20:15,zorblax,,,
      ,November 19,Thursday,20:15,rad,,,
      """)
    let ended = try await machine.run(["import", file])
    #expect(ended.exitCode == 65)
    #expect(
      ended.output == """
        Imported 2 mood logs.
        2 dates named no time zone and went by this machine's time zone (Europe/Berlin).
        Words for moods were scored from 1 to 10: Gut as 8 (1).
        Not known as words for moods, so scored in the middle and kept as emotions: zorblax as 6 (1).

        """)
    #expect(
      ended.error == """
        1 place could not be taken as it stands; the rest was imported:
          daylio.csv:4: It has no date.

        """)
    let moods = try await machine.json("list", as: [Mood].self)
    #expect(moods.map(\.score) == [8, 6])
    #expect(moods.map(\.emotions) == [[], ["zorblax"]])
    #expect(moods.map(\.note) == ["One\ntwo", nil])
  }

  @Test func `of a broken archive nothing is taken`() async throws {
    let machine = try Machine()
    // Begins like an archive and holds nothing that one would.
    let file = try machine.file("export.zip", [0x50, 0x4b, 3, 4] + Array("words".utf8))
    let ended = try await machine.run(["import", file, "--format", "dayone"])
    #expect(
      ended
        == Ended(
          exitCode: 65, output: "",
          error: "export.zip cannot be read on: it ends in the middle. Nothing was imported.\n"))
  }
}
