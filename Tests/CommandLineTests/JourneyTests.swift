import Foundation
import TestSupport
import Testing

/// The main job, with the built programs: machines write apart, a server merges, a new machine gets
/// everything back.
struct JourneyTests {
  @Test(.enabled(if: SmallDisk.arePossible, Comment(rawValue: SmallDisk.reason)))
  func `somebody whom the system allows nothing special syncs`() async throws {
    try await ServerProcess.run { server in
      let machine = try Machine(startedWith: ["unshare", "--user", "--map-current-user"])
      try await machine.register(at: server)
      let id = try await machine.write("By the river.")
      _ = try await machine.sync()
      let other = try Machine()
      try await other.restore(from: server)
      #expect(try await other.json("show", id, as: Entry.self).text == "By the river.")
    }
  }

  @Test func `two machines write offline and merge, a third is restored`() async throws {
    try await ServerProcess.run { server in
      let (first, second, third) = (try Machine(), try Machine(), try Machine())
      let shared = try await first.write("Before the quarrel.", "--tag", "river")
      _ = try await second.mood("4", "torn", "--closeness", "8", "--pull", "away")
      try await first.register(at: server)
      try await second.restore(from: server)
      _ = try await first.sync()

      try await first.ebb("edit", shared, "--text", "After the quarrel.", "--tag", "brave")
      try await second.ebb("edit", shared, "--text", "Much later.", "--person", "Ida")
      for machine in [first, second, first, second] { _ = try await machine.sync() }
      try await third.restore(from: server)

      let entry: Entry = try await third.json("show", shared)
      #expect(entry.text == "Much later.")
      #expect(entry.tags == ["brave", "river"])
      #expect(entry.people == ["Ida"])
      let listings = try await Self.listings([first, second, third])
      #expect(Set(listings).count == 1)
      // The others hear of the new machine.
      for machine in [first, second] { _ = try await machine.sync() }
      #expect(try await Self.digests([first, second, third]).count == 1)
      let versions: [Version] = try await third.json("history", shared)
      #expect(versions.count == 3)
    }
  }

  @Test func `a diary of years written on two machines is whole on a third`() async throws {
    let diary = try Diary.pepys ?? Diary.small
    var generator = SeededGenerator(seed: 1660)
    try await ServerProcess.run { server in
      let (first, second, third) = (try Machine(), try Machine(), try Machine())
      let parts = diary.split(before: "1662")
      let late = parts.late.shuffled(using: &generator)
      async let writing: Void = first.write(parts.early)
      async let shuffled: Void = second.write(late)
      _ = try await (writing, shuffled)

      try await first.register(at: server)
      try await second.restore(from: server)
      _ = try await first.sync()
      try await third.restore(from: server)

      for machine in [first, second, third] {
        let texts = try await machine.json("list", as: [Entry].self).map { Array($0.text.utf8) }
        #expect(texts.count == diary.days.count)
        #expect(Set(texts) == Set(diary.days.map { Array($0.text.utf8) }))
      }
      #expect(Set(try await Self.listings([first, second, third])).count == 1)
      // The others hear of the new machine.
      for machine in [first, second] { _ = try await machine.sync() }
      #expect(try await Self.digests([first, second, third]).count == 1)
    }
  }

  @Test func `naughty strings survive a sync and a restore`() async throws {
    try await ServerProcess.run { server in
      let (first, second) = (try Machine(), try Machine())
      let texts = try NaughtyStrings.all()
      for text in texts { try await first.ebb("write", input: text) }
      try await first.register(at: server)
      try await second.restore(from: server)
      let restored: [Entry] = try await second.json("list")
      #expect(Set(restored.map { Array($0.text.utf8) }) == Set(texts.map { Array($0.utf8) }))
      #expect(Set(try await Self.listings([first, second])).count == 1)
    }
  }

  @Test func `no word of the journal is in the server's files, its logs or other processes`()
    async throws
  {
    let planted = ["Zwetschgenmus", "Quittenbaum", "Holunder", "Schlehdorn", "Brombeerhag"]
    try await ServerProcess.run { server in
      let (first, second) = (try Machine(), try Machine())
      try await first.register(at: server)
      try first.configure("[sync]\nauto = true\n")
      let trace = first.path + "/trace"
      let program = try BuiltProducts.program("ebb").path
      // All programs that a write starts, with their arguments and environments.
      let ended = try await runProgram(
        "/usr/bin/strace",
        ["-f", "-v", "-s", "65536", "-e", "trace=execve", "-o", trace, program]
          + ["write", "--title", planted[1], "--tag", planted[2], "--person", planted[3]],
        input: Array("\(planted[0]) und \(planted[4])".utf8), environment: first.environment())
      #expect(ended.exitCode == 0)
      _ = try await first.sync()
      try await second.restore(from: server)
      #expect(try await second.json("list", as: [Entry].self).map(\.title) == [planted[1]])

      let started = try String(contentsOfFile: trace, encoding: .utf8)
        .split(separator: "\n").filter { $0.contains("execve(") }
      #expect(started.count >= 2, "a write starts a sync in the background")
      let others = started.dropFirst().joined()
      for word in planted + [Machine.passphrase] {
        #expect(!others.contains(word))
        #expect(try Self.files(below: server.folder).allSatisfy { !$0.contains(word) })
      }
    }
  }

  private static func listings(_ machines: [Machine]) async throws -> [String] {
    var listings: [String] = []
    for machine in machines { listings.append(try await machine.ebb("list", "--json")) }
    return listings
  }

  private static func digests(_ machines: [Machine]) async throws -> Set<String> {
    var digests: Set<String> = []
    for machine in machines { digests.insert(try await machine.digest()) }
    return digests
  }

  /// The bytes of all files, read as if each were a letter.
  private static func files(below folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder).compactMap { path in
      FileManager.default.contents(atPath: folder + "/" + path)
        .flatMap { String(data: $0, encoding: .isoLatin1) }
    }
  }
}

extension Machine {
  fileprivate func write(_ days: [Diary.Day]) async throws {
    for day in days { try await ebb("write", "--date", day.date, input: day.text) }
  }
}

/// A diary of dated texts.
struct Diary {
  struct Day: Decodable {
    var date: String
    var text: String
  }

  var days: [Day]

  /// Samuel Pepys's diary of 1660 to 1663, where it is there.
  static var pepys: Diary? {
    get throws {
      let path = ProjectFiles.sharedData + "/pepys/pepys-1660-1663.jsonl"
      guard let data = FileManager.default.contents(atPath: path) else { return nil }
      let decoder = JSONDecoder()
      return Diary(
        days: try data.split(separator: 0x0A).map { try decoder.decode(Day.self, from: $0) })
    }
  }

  /// The project's own: a text a month, some of them long, one twice a day.
  static var small: Diary {
    Diary(
      days: (0..<48).map { number in
        Day(
          date: "\(1660 + number / 12)-0\(number % 9 + 1)-1\(number % 10)",
          text: String(
            repeating: "Up betimes, and to the office (\(number)). ", count: 1 + number % 7)
            + "And so to bed; über den Fluß, 日本.")
      })
  }

  func split(before date: String) -> (early: [Day], late: [Day]) {
    (days.filter { $0.date < date }, days.filter { $0.date >= date })
  }
}
