import Foundation
import JournalModel
import TestSupport
import Testing

@testable import Interchange

/// Tables with named columns.
struct CSVImporterTests {
  @Test func `columns are named as in JSON, or nearly so`() throws {
    let taken = try Taken(
      """
      Date;Time;Mood;Energy;Feelings;With;Comment;Weather
      29.02.2024;6:50 pm;7;4;calm, glad;Sam|Mara;"Long; ""quiet""
      walk";wet
      2024-03-01;;2;;;;;
      """, named: "moods.csv", as: .csv)
    let moods = taken.moods
    #expect(
      moods.map(\.date.rfc9557) == [
        "2024-02-29T18:50:00+01:00[Europe/Berlin]", "2024-03-01[Europe/Berlin]",
      ])
    #expect(moods.map(\.score) == [7, 2] && moods.map(\.energy) == [4, nil])
    #expect(moods.map(\.emotions) == [["calm", "glad"], []])
    #expect(moods.first?.people == ["Sam", "Mara"])
    #expect(moods.first?.note == "Long; \"quiet\"\nwalk\n\nWeather: wet")
    #expect(taken.records.map(\.place.line) == [2, 4])
    #expect(taken.report.faults.isEmpty)
    #expect(taken.report.notesByKind[.keptInText("Weather")]?.count == 1)
  }

  @Test(arguments: [",", ";", "\t"])
  func `a row without a measure is an entry`(separator: String) throws {
    let rows = [["date", "text", "tags"], ["2024-02-29", "Rain.", "river|x y"]]
    let taken = try Taken(
      "\u{FEFF}" + rows.map { $0.joined(separator: separator) }.joined(separator: "\r\n"),
      named: "diary.csv", as: .csv)
    #expect(taken.entries.map(\.text) == ["Rain."])
    #expect(taken.entries.map(\.tags) == [["river", "x y"]])
  }

  @Test func `broken rows are named, and the whole ones are taken`() throws {
    let taken = try Taken(
      """
      date,score,note
      2024-02-29,7,fine
      2024-02-30,7,no such day
      2024-02-28,good,a word
      2024-02-28,7
      ,7,never
      2024-02-27,3,whole
      2024-02-26,3,"open
      """, named: "moods.csv", as: .csv)
    #expect(taken.moods.map(\.note) == ["fine", "whole"])
    #expect(taken.report.faults.map(\.place.line) == [3, 4, 5, 6, 8])
  }

  @Test func `a table in German is read, and what is no whole number is named`() throws {
    let taken = try Taken(
      """
      Datum;Stimmung;Energie;Notiz;Personen
      01.03.2024;7,5;3;halb;Anna
      02.03.2024;7;3;ganz;Anna
      """, named: "stimmung.csv", as: .csv)
    let mood = try #require(taken.moods.first)
    #expect(mood.score == 7 && mood.energy == 3 && mood.people == ["Anna"] && mood.note == "ganz")
    #expect(
      taken.report.faults.map(\.reason) == [
        .malformed("“score” is “7,5”, which is no whole number")
      ])
  }

  @Test func `the diary column of somebody's own table is the text, with all its lines`() throws {
    let taken = try Taken(
      "Date,Entry,Weather\n2024-02-29,\"One.\n\nTwo.\",\"sun\nrain\"\n", named: "diary.csv",
      as: .csv)
    #expect(taken.entries.map(\.text) == ["One.\n\nTwo.\n\nWeather:\nsun\nrain"])
  }

  @Test func `dates that could be two are read with the month first, which is told`() throws {
    let taken = try Taken(
      "date,mood\n02/03/2024,1\n04/04/2024,2\n", named: "moods.csv", as: .csv)
    #expect(taken.moods.map(\.date.day.description) == ["2024-02-03", "2024-04-04"])
    #expect(taken.report.notesByKind[.dateOrderAssumed]?.count == 1)
  }

  @Test func `years of two digits are told, and the zone of a date is kept`() throws {
    let taken = try Taken(
      "date,mood\n15-03-24,1\n15/03/24,2\n2024-02-29T23:10:00+01:00[Europe/Berlin],3\n",
      named: "moods.csv", as: .csv)
    #expect(
      taken.moods.map(\.date.rfc9557) == [
        "2015-03-24[Europe/Berlin]", "2024-03-15[Europe/Berlin]",
        "2024-02-29T23:10:00+01:00[Europe/Berlin]",
      ])
    #expect(taken.report.notesByKind[.shortYearAssumed]?.count == 1)
  }

  @Test func `days and months are in the order that one row shows`() throws {
    let taken = try Taken(
      "date,mood\n03/04/2024,1\n29/02/2024,2\n", named: "moods.csv", as: .csv)
    #expect(taken.moods.map(\.date.day.description) == ["2024-04-03", "2024-02-29"])
  }

  @Test(arguments: [
    "full_date,date,weekday,time,mood,activities,note_title,note\n", "a,b\n1,2\n", "", "\n\n",
    "date\n2024-02-29\n", "{\"date\":\"2024-02-29\",\"text\":\"x\"}\n",
  ])
  func `other tables are not taken for these`(text: String) throws {
    #expect(throws: ImportError.self) { try Taken(text, named: "moods.csv", as: .csv) }
  }
}

extension Taken {
  var moods: [MoodDraft] {
    records.compactMap { if case .mood(let draft) = $0.content { draft } else { nil } }
  }
}
