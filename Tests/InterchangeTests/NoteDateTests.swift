import Foundation
import JournalModel
import TestSupport
import Testing

@testable import Interchange

/// Dates in the names of notes.
struct NoteDateTests {
  @Test(arguments: [
    ("2024-02-29", "2024-02-29", ""), ("2024_02_29", "2024-02-29", ""),
    ("20240229", "2024-02-29", ""), ("2024.02.29", "2024-02-29", ""),
    ("2024-2-9", "2024-02-09", ""), ("29.02.2024", "2024-02-29", ""),
    ("29.02.24", "2024-02-29", ""), ("24-02-29", "2024-02-29", ""), ("240229", "2024-02-29", ""),
    ("29-02-2024", "2024-02-29", ""), ("02-29-2024", "2024-02-29", ""),
    ("2024-060", "2024-02-29", ""), ("2024-W09-4", "2024-02-29", ""),
    ("2024W094", nil, "2024W094"), ("2024-W01-1", "2024-01-01", ""),
    ("2020-W53-7", "2021-01-03", ""), ("2025-W53-1", nil, "2025-W53-1"),
    ("February 29, 2024", "2024-02-29", ""),
    ("Oct 26th, 2020", "2020-10-26", ""), ("29 Feb 2024", "2024-02-29", ""),
    ("29. Februar 2024", "2024-02-29", ""), ("2024-Feb-29", "2024-02-29", ""),
    ("Thursday, February 29th, 2024", "2024-02-29", ""), ("2024-02-29 Thu", "2024-02-29", ""),
    ("2024-02-29_(Thursday)", "2024-02-29", ""), ("2024年2月29日", "2024-02-29", ""),
    ("2024-02-29 Monday blues", "2024-02-29", "Monday blues"),
    ("2024-02-29 Walk", "2024-02-29", "Walk"), ("2024-02-29-a-walk", "2024-02-29", "a-walk"),
    ("Diary - 2024-02-29", "2024-02-29", "Diary"),
    ("Trip 20240229 home", "2024-02-29", "Trip home"),
    ("1944-13-45 Odd", nil, "Odd"), ("2024-02-30", nil, ""), ("Ideas", nil, "Ideas"),
    ("2 things for 2024", nil, "2 things for 2024"), ("20241345", nil, "20241345"),
    ("photo 123456", nil, "photo 123456"), ("1.10.2", nil, "1.10.2"),
    ("29.02.72", "1972-02-29", ""), ("02/29/24", "2024-02-29", ""), ("29/02/24", "2024-02-29", ""),
    ("31/31/24", nil, "31/31/24"), ("72-02-29", "1972-02-29", ""),
  ])
  func `a name says its day`(name: String, day: String?, words: String) {
    let found = NoteDate.found(in: name)
    #expect(found?.date.civilDay(.monthFirst)?.description == day)
    #expect((found?.rest ?? name) == words)
  }

  /// A diary knows nothing of days to come: here it is 2026-11-21.
  @Test(arguments: [
    (["15-03-24"], ["2015-03-24"], true), (["15-03-24", "24-02-30"], ["2024-03-15"], false),
    (["15-03-24", "31-12-23"], ["2024-03-15", "2023-12-31"], false),
    (["15-03-24", "24-02-27"], ["2015-03-24", "2024-02-27"], false),
    (["15-03-24", "72-02-29"], ["2015-03-24", "1972-02-29"], false),
  ])
  func `where years of two digits stand, all dates show together`(
    texts: [String], days: [String], isAssumed: Bool
  ) throws {
    let dates = try texts.map { try #require(NoteDate(whole: $0)) }
    let order = NoteDateOrder(dates, .sample)
    var report = ImportReport()
    let read = dates.compactMap { order.day($0, SourcePlace(file: ""), &report)?.description }
    #expect(read.prefix(days.count) == days[...])
    #expect((report.notesByKind[.shortYearAssumed] != nil) == isAssumed)
  }

  @Test(
    arguments: [
      ("2024-02-29T23:10:05", 83_405, nil), ("2024-02-29 23:10:05.250 +0100", 83_405, "+01:00"),
      ("2024-02-29T23:10Z", 83_400, "+00:00"), ("2024-02-29 11:10 pm", 83_400, nil),
      ("2024-02-29 12:10 am", 600, nil), ("202402292310", 83_400, nil),
      ("20240229231005", 83_405, nil), ("2024-02-29 2310", 83_400, nil),
      ("2024-02-29 23.10", 83_400, nil), ("February 29, 2024 at 8:05", 29_100, nil),
      ("<2024-02-29 Thu 08:05>", 29_100, nil), ("[[2024-02-29]]", nil, nil),
      ("2024-02-29 08:05:00 -07", 29_100, "-07:00"),
    ] as [(String, Int?, String?)])
  func `a date has its time`(text: String, second: Int?, offset: String?) throws {
    let date = try #require(NoteDate(whole: text))
    #expect(date.civilDay(.dayFirst)?.description == "2024-02-29")
    #expect(date.secondOfDay == second)
    #expect(date.offset == offset)
  }

  @Test(arguments: ["2024-02-29 and more", "someday", "", "2024", "25:10", "2024-02-29 25:10"])
  func `other words are no date`(text: String) {
    #expect(NoteDate(whole: text) == nil)
  }

  @Test(arguments: [
    ("2024/02/29", "2024-02-29", ""), ("notes/2024/02-February/29 Walk", "2024-02-29", "Walk"),
    ("2024/February/9", "2024-02-09", ""), ("2024-02/29", "2024-02-29", ""),
    ("2024/02/30", nil, nil), ("02/29", nil, nil), ("29", nil, nil),
  ])
  func `folders say the day`(path: String, day: String?, words: String?) {
    let found = NoteDate.folders(path.split(separator: "/").map(String.init))
    #expect(found?.day.description == day)
    #expect(found?.rest == words)
  }

  @Test(arguments: [
    "", "-", "2024-", "2024-W", "2024-02-", "29.", "29. ", "年月日", "2024年", "Feb", "Feb 2024",
    "W01-1", "2024-02-29T", "2024-02-29T2", "2024-02-29 [", "[[", "<", "\u{0}", "٢٠٢٤-٠٢-٢٩", "Ⅷ",
    "2024-000", "2024-W00-0", "99999999999999", "2024-02-29 +", "2024-02-29 1:00 +1:0",
  ])
  func `no name is too odd to be looked at`(text: String) {
    for part in [text, "2024-02-29" + text, text + " 2024", "29 " + text] {
      _ = NoteDate.found(in: part)
      _ = NoteDate(whole: part)
      _ = NoteDate.leading(part)
      _ = NoteDate.folders(["2024", part, part])
    }
    #expect(NoteDate.found(in: String(repeating: "1", count: 100_000)) == nil)
  }
}
