import OperationLog
import Testing

@testable import JournalCommands

struct MoodWordsTests {
  @Test(
    arguments: [
      (["6"], 6, []), (["4", "torn", "anxious"], 4, ["torn", "anxious"]),
      (["torn", "4"], nil, ["torn", "4"]),
      (["4", "torn,", "very", "sad"], 4, ["torn", "very", "sad"]),
      (["-1"], -1, []), (["very sad"], nil, ["very sad"]), ([], nil, []),
      (["+7"], 7, []),
    ] as [([String], Int?, [String])])
  func `a first integer is the score, the rest emotions`(
    words: [String], score: Int?, emotions: [String]
  ) throws {
    let read = try MoodWords(words)
    #expect(read.score == score)
    #expect(read.emotions == emotions)
  }

  @Test func `words with an @ are people, with a # tags`() throws {
    let read = try MoodWords(["5", "@Sam", "tired, #work", "@Mara,@Ida", "@", "me@home", "#"])
    #expect(read.people == ["@Sam", "@Mara", "@Ida"])
    #expect(read.tags == ["#work"])
    #expect(read.emotions == ["tired", "@", "me@home", "#"])
  }

  @Test func `a number among the words is shown where it belongs`() {
    let told = { (words: [String]) in
      Messages.Mood.noMeasure(words, score: "4", offersCheckIn: false)
    }
    #expect(told(["sad", "4", "@Sam"]).contains("`ebb mood 4 sad @Sam`"))
    #expect(told(["so $(so)", "4"]).contains("`ebb mood 4 …`"))
  }

  @Test(arguments: ["6.5", "5,5", "5 calm", "7/10", "99999999999999999999"])
  func `what begins like a score and is none is refused`(word: String) {
    #expect(throws: Failure.self) { try MoodWords([word]) }
  }

  @Test func `a second number is no feeling`() throws {
    #expect(throws: Failure.self) { try MoodWords(["6", "tired", "5"]) }
    #expect(try MoodWords(["6", "tired5"]).emotions == ["tired5"])
  }
}

struct VersionNamesTests {
  private let names: VersionNames
  private let ids: [OperationID]

  init() throws {
    ids = try ["3f9a1c0000000001.12", "3f9a1c0000000001.1", "8000000000000000.12"].map {
      try #require(OperationID($0))
    }
    names = VersionNames(ids)
  }

  @Test func `a version's short name is its device's beginning and its number`() {
    #expect(ids.map(names.short) == ["3f9a1c.12", "3f9a1c.1", "800000.12"])
  }

  @Test(arguments: [
    ("3f9a1c0000000001.12", [0]), ("3F9A1C.12", [0]), ("3f.1", [1]), ("80", [2]),
    ("3f9a1c0000000001.1", [1]), ("3f", [0, 1]), (".12", [0, 2]), ("9", []), ("", []),
  ])
  func `the beginning of a name is enough`(text: String, expected: [Int]) {
    #expect(names.matching(text) == expected.map { ids[$0] })
  }
}

struct MessagesTests {
  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1234, "-1,234"),
  ])
  func `numbers are grouped`(number: Int, text: String) {
    #expect(Messages.grouped(number) == text)
  }
}
