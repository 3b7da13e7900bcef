import Foundation
import JournalModel
import TestSupport
import Testing

@testable import JournalStore

struct SearchTests {
  private static let texts = [
    "We were running along the river, early in the morning.",
    "Early to bed. The morning came too soon; a runner passed.",
    "Das Café in München schloß um fünf. Cafe\u{301} noir, naïve Ångström.",
    "春はあけぼの。やうやう白くなりゆく山ぎは、すこしあかりて",
    "阿Ｑ正傳：我要給阿Ｑ做正傳，已經不止一兩年了。",
    "วันนี้ฉันกินข้าวกับเพื่อนที่ตลาด",
    "ပုဂံမြို့ ကို သွားခဲ့တယ်",
    "오늘은 친구와 산책을 했다",
    "हिन्दी में लिखा हुआ दिन",
    "C++ and \"quotes\", don't AND NOT NEAR(a b) * ^ col:umn -- 100%",
    "שָׁלוֹם עולם",
    "کتاب‌ها را می‌خوانم مُحَمَّد",
    "ガラスの靴 と か\u{3099}くせい",
  ]

  @Test(arguments: [
    (["river"], [0]), (["RIVER"], [0]), (["run*"], [0, 1]), (["run"], []), (["morning"], [0, 1]),
    (["early", "morning"], [0, 1]), (["early in"], [0]), (["\"the river\" early"], [0]),
    (["\"the morning\""], [0, 1]), (["early morning"], []), (["early morn*"], [0, 1]),
    (["\"bed the morn*\""], [1]), (["\"early"], [0, 1]),
    (["cafe"], [2]), (["café"], [2]), (["cafe\u{301}"], [2]), (["CAFÉ NOIR"], [2]),
    (["munchen"], [2]), (["München"], [2]), (["angstrom"], [2]), (["naïve"], [2]),
    (["山ぎ"], [3]), (["あけぼの"], [3]), (["て"], [3]), (["かり"], [3]), (["春"], [3]), (["あか*"], [3]),
    (["けあ"], []), (["正傳"], [4]), (["我要"], [4]), (["阿Q正傳"], [4]), (["兩年了"], [4]), (["阿"], [4]),
    (["กิน"], [5]), (["ข้าว"], [5]), (["วั"], [5]), (["ตลาด"], [5]), (["เพื่อน"], [5]), (["ลา"], [5]),
    (["กข"], []), (["မြို့"], [6]), (["친구와"], [7]), (["친구*"], [7]), (["हिन्दी"], [8]), (["हिन्द*"], [8]),
    (["don't"], [9]), (["C++"], [9]), (["100%"], [9]), (["NOT"], [9]), (["AND", "OR*"], []),
    (["quotes", "NEAR"], [9]), (["col:umn"], [9]), (["שלום"], [10]), (["שָׁלוֹם"], [10]),
    (["کتابها"], [11]), (["محمد"], [11]), (["が"], [12]), (["がく"], [12]), (["か\u{3099}くせ"], [12]),
    (["靴"], [12]), (["absent"], []),
  ])
  func `words are found`(words: [String], expected: [Int]) async throws {
    try await withStore { store in
      try store.write(try Self.texts.enumerated().map { try entry($0.offset, $0.element) })
      let found = try store.texts { $0.search = SearchQuery(parsing: words) }
      #expect(Set(found) == Set(expected.map { Self.texts[$0] }))
    }
  }

  @Test func `no words are a mistake`() async throws {
    let queries = [
      "", " ", "\"", "\"\"", "\"\"\"", "*", "**", "\"*\"", "(", "a(", "NEAR(", "^a", "-a", "a:b",
      "{a b}:c", "a AND", "OR", "\u{0}", "a\u{0}b", "'", ";", "\\", "+", "a + b", "\u{FFFD}",
      "🙂", "\u{200B}", "\"a* b\"*", "\u{1F}a", "กก*", "\"東", "東*", "*東*",
    ]
    try await withStore { store in
      try store.write([try entry(1, "plain")])
      for query in queries {
        #expect(throws: Never.self, "\(query)") {
          _ = try store.texts(finding: query)
          _ = try store.texts(finding: query, "plain")
        }
      }
      #expect(try store.texts(finding: "!!!").isEmpty)
      #expect(SearchQuery(parsing: ["…", "*"]).isEmpty)
    }
  }

  @Test(arguments: SeededGenerator.seeds)
  func `every part of two characters of a text without spaces is found`(
    seed: UInt64
  ) async throws {
    var generator = SeededGenerator(seed: seed)
    let alphabets = ["天地人日月火水木金土山川", "あいうえおアイウエオー", "กขคงจิีเแโา่้", "ကခဂဃငာိီ"]
    try await withStore { store in
      for (number, alphabet) in alphabets.enumerated() {
        let scalars = Array(alphabet.unicodeScalars)
        let text = (0..<40).map { _ in
          scalars[Int.random(in: scalars.indices, using: &generator)]
        }
        try store.write([try entry(number, String(String.UnicodeScalarView(text)))])
        for start in text.indices {
          for length in 1...min(4, text.count - start) {
            let part = String(String.UnicodeScalarView(text[start..<(start + length)]))
            #expect(try store.texts(finding: part).count == 1, "\(part)")
          }
        }
      }
    }
  }

  @Test func `what a record says no more is not found`() async throws {
    try await withStore { store in
      try store.write([try entry(1, "An old heron, 白鷺")])
      let id = try recordID(1)
      try store.write(editing: id, setting(.text, .text("A young otter")))
      #expect(try store.texts(finding: "heron").isEmpty)
      #expect(try store.texts(finding: "白鷺").isEmpty)
      #expect(try store.texts(finding: "otter").count == 1)
      try store.write(editing: id) { $0.trashing() }
      #expect(try store.texts(finding: "otter").isEmpty)
      try store.write(editing: id) { $0.untrashing() }
      #expect(try store.texts(finding: "otter").count == 1)
    }
  }

  @Test func `the prose of moods and steps is found, what is no prose is not`() async throws {
    try await withStore { store in
      let date = try #require(JournalDate(rfc9557: "2026-11-21[Europe/Berlin]"))
      var mood = MoodDraft(date: date)
      mood.score = 4
      mood.said = "Leave me alone"
      mood.meant = "Please stay"
      mood.emotions = ["torn"]
      try store.write([try mood.change(record: try recordID(1), createdAt: 1)])
      for (word, count) in [("alone", 1), ("stay", 1), ("torn", 0), ("Berlin", 0)] {
        #expect(try store.texts(finding: word).count == count, "\(word)")
      }
    }
  }

  @Test func `bulk work is found before and after the index is filled`() async throws {
    try await withTemporaryFolder { folder in
      let machine = TestMachine()
      let source = try machine.open(folder.appendingPathComponent("a"))
      try source.write(try (1...30).map { try entry($0, "Leaf number\($0)") })
      try source.write(editing: try recordID(3), setting(.text, .text("Fallen leaf")))
      let copy = try machine.open(folder.appendingPathComponent("b"))
      _ = try copy.join(account: try source.account, key: try source.accountKey())
      _ = try copy.apply(try source.everything(), bulk: true)
      #expect(try copy.reading(SearchIndex.hasPending))
      let reader = try machine.open(folder.appendingPathComponent("b"), mode: .readOnly)
      #expect(try reader.texts(finding: "leaf").count == 30)
      #expect(try copy.reading(SearchIndex.hasPending) == false)
      #expect(try copy.texts(finding: "number3").isEmpty)
      #expect(try copy.texts(finding: "fallen") == ["Fallen leaf"])
      try copy.write(editing: try recordID(4), setting(.text, .text("Gone")))
      #expect(try copy.texts(finding: "number4").isEmpty)
    }
  }
}
