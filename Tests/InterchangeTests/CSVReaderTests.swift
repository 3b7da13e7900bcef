import Foundation
import TestSupport
import Testing

@testable import Interchange

@Suite struct CSVReaderTests {
  @Test(arguments: [
    ("a,b,c", ["a", "b", "c"]), ("a,,", ["a", "", ""]), (#""a,b",c"#, ["a,b", "c"]),
    (#""say ""hi""",x"#, [#"say "hi""#, "x"]), (#" a , "b" ,c"#, [" a ", "b", "c"]),
    (#"a"b",c"#, [#"a"b""#, "c"]), ("\"one\ntwo\",c", ["one\ntwo", "c"]),
    ("\"a\r\nb\",c\r\n", ["a\nb", "c"]), (#""a" b,c"#, ["ab", "c"]),
  ])
  func `a row is taken apart`(text: String, fields: [String]) throws {
    let rows = try rows(text)
    #expect(rows.count == 1)
    #expect(try rows.first?.fields.get() == fields)
  }

  @Test func `rows know their lines, and blank lines are none`() throws {
    let rows = try rows("h\n\n \n\"a\n\nb\"\nc\n")
    #expect(rows.map(\.line) == [1, 4, 7])
    #expect(try rows.map { try $0.fields.get() } == [["h"], ["a\n\nb"], ["c"]])
  }

  @Test func `a quote that never ends spoils its own line alone`() throws {
    let rows = try rows("h\n\"open,1\nwhole,2\nmore,3\n")
    #expect(rows.map(\.line) == [1, 2, 3, 4])
    #expect(throws: CSVReader.Problem.openQuote) { try rows[1].fields.get() }
    #expect(try rows[2].fields.get() == ["whole", "2"])
    #expect(try rows[3].fields.get() == ["more", "3"])
  }

  @Test func `what is left out after too many quotes is named`() throws {
    // Each line opens a quote, and the next one only closes it to open another.
    let count = CSVReader.openQuotesMax + 40
    let rows = try rows("h\n" + String(repeating: "a,\"b\",\"open\n", count: count) + "whole,2")
    let last = try #require(rows.last)
    #expect(last.line == CSVReader.openQuotesMax + 2)
    #expect(throws: CSVReader.Problem.tooManyOpenQuotes(lastLine: count + 2)) {
      try last.fields.get()
    }
    #expect(rows.dropLast().map(\.line) == Array(1...CSVReader.openQuotesMax + 1))
  }

  @Test func `a wrong byte is named by its place`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/a.csv"
    try Data(Array("ab,c".utf8) + [0xE9] + Array("\nd,e\n".utf8)).write(to: URL(filePath: path))
    var rows: [CSVReader.Row] = []
    try CSVReader.rows(of: path, encoding: nil) { rows.append($0) }
    #expect(throws: CSVReader.Problem.notText(byte: 5)) { try rows.first?.fields.get() }
    #expect(try rows.last?.fields.get() == ["d", "e"])
  }

  @Test(arguments: [("a,b,c", ","), ("a;b;c,d", ";"), ("a\tb", "\t"), ("a", ",")])
  func `the separator is the most frequent one`(header: String, separator: String) {
    #expect(CSVReader.separator(ofHeader: header.utf8) == separator.utf8.first)
  }

  private func rows(_ text: String) throws -> [CSVReader.Row] {
    var reader = CSVReader(separator: UInt8(ascii: ","))
    var rows: [CSVReader.Row] = []
    let lines = Array(text.utf8).split(separator: 0x0a, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let bare = line.last == 0x0d ? line.dropLast() : line
      try reader.add(index + 1, bare) { rows.append($0) }
    }
    try reader.finish { rows.append($0) }
    return rows
  }
}
