import Testing

@testable import Interchange

@Suite struct JSONReaderTests {
  private func value(_ text: String) throws -> JSONValue { try value(Array(text.utf8)) }

  private func value(_ bytes: [UInt8]) throws -> JSONValue {
    var reader = JSONReader(bytes)
    let value = try reader.value()
    try reader.finish()
    return value
  }

  @Test func `a document is read as it was written`() throws {
    let read = try value(
      #" { "a" : [ 1 , -2.50e3 , true , false , null ] , "b" : { "" : "x" } , "a" : 0 } "#)
    #expect(
      read
        == .object([
          .init(
            key: "a",
            value: .array([
              .number("1"), .number("-2.50e3"), .boolean(true), .boolean(false), .null,
            ])), .init(key: "b", value: .object([.init(key: "", value: .string("x"))])),
          .init(key: "a", value: .number("0")),
        ]))
    #expect(read["a"] == .number("0"), "the last of one name counts")
  }

  @Test(arguments: [
    (#""a\n\t\r\b\f\"\\\/z""#, "a\n\t\r\u{8}\u{c}\"\\/z"), (#""\u00e9\u4E2D""#, "é中"),
    (#""\ud83d\udcaf""#, "💯"), (#""💯 é""#, "💯 é"), (#""\ud83d""#, "\u{FFFD}"),
    (#""\udcaf!""#, "\u{FFFD}!"), (#""\ud83d\ud83d\udcaf""#, "\u{FFFD}💯"),
    (#""\ud83dx""#, "\u{FFFD}x"), (#""\ud83d\n""#, "\u{FFFD}\n"),
    (#""\ud83d\u0041""#, "\u{FFFD}A"), (#""\u0000""#, "\u{0}"), (#""""#, ""),
  ])
  func `strings are decoded`(written: String, read: String) throws {
    #expect(try value(written) == .string(read))
  }

  @Test(arguments: [
    "", " ", "{", "[", "[1", "[1,", #"{"a""#, #"{"a":"#, #"{"a":1"#, #"{"a":1,"#, #"""#, #""\"#,
    #""\u12"#, "tru", "nul", #""\ud83d\u12"#,
  ])
  func `what is cut is told from what is wrong`(text: String) {
    #expect(throws: JSONError(position: text.utf8.count, reason: .endsEarly)) {
      do {
        return try value(text)
      } catch let error as JSONError {
        // Where a cut escape began, or where the text ends.
        throw JSONError(position: text.utf8.count, reason: error.reason)
      }
    }
  }

  @Test(arguments: [
    "x", "[1 2]", "[1,]", "[,1]", "{1:2}", "{,}", #"{"a" 1}"#, #"{"a":1,}"#, "truth", "1 2", "]",
    "-", "1e", "0x10", "+", "--1", "1.2.3", "NaN", "Infinity", #""\x""#, #""\u00g0""#, "'a'", "[}",
  ])
  func `what is no JSON is refused`(text: String) {
    #expect(throws: JSONError.self) { try value(text) }
  }

  @Test(arguments: [
    ("01", JSONValue.number("01")), (".5", .number(".5")), ("1.", .number("1.")),
    ("\"a\nb\"", .string("a\nb")), ("\"a\u{1}b\"", .string("a\u{1}b")),
  ])
  func `what is wrong without being unclear is read`(text: String, read: JSONValue) throws {
    #expect(try value(text) == read)
  }

  @Test func `nesting has a limit, far from the end of the stack`() throws {
    func nested(_ depth: Int, _ open: String, _ close: String) -> String {
      String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
    }
    _ = try value(nested(JSONReader.depthMax, "[", "]"))
    _ = try value(nested(JSONReader.depthMax, #"{"a":"#, "}"))
    for (open, close) in [("[", "]"), (#"{"a":"#, "}"), (#"[{"a":"#, "}]")] {
      #expect(throws: JSONError.self) { try value(nested(1_000_000, open, close)) }
    }
    #expect {
      try value(String(repeating: "[", count: 1_000_000))
    } throws: {
      ($0 as? JSONError)?.reason == .tooDeep
    }
  }

  @Test(arguments: [
    ("3", 3), ("3.0", 3), ("3e2", 300), ("-0", 0), ("3.5", nil), ("1e400", nil), ("1e19", nil),
    ("9223372036854775807", nil),
  ])
  func `whole numbers are known however they are written`(text: String, integer: Int?) throws {
    #expect(try value(text).integer == integer)
  }

  @Test func `a wrong byte is named by its place`() {
    for text in [[UInt8](#"["ab"#.utf8), Array(#"["\n"#.utf8)] {
      #expect(throws: JSONError(position: 4, reason: .notText)) {
        try value(text + [0xE9] + Array(#"cd"]"#.utf8))
      }
    }
  }

  @Test func `a byte order mark is skipped`() throws {
    #expect(try value([0xEF, 0xBB, 0xBF] + Array("1".utf8)) == .number("1"))
  }

  @Test func `lines are counted`() throws {
    var reader = JSONReader(Array("[\n1,\n\n2]".utf8))
    var lines: [Int] = []
    try reader.forEachElement { reader in
      _ = reader.next()
      lines.append(reader.line())
      _ = try reader.value()
    }
    #expect(lines == [2, 4])
  }

  @Test func `whatever is cut or changed, nothing traps`() {
    let sample = Array(#"[{"a":"\ud83d\udcaf é","b":[1.5e3,true,null]},{"":{}}]"#.utf8)
    for end in 0..<sample.count { _ = try? value(Array(sample[..<end])) }
    for position in sample.indices {
      for byte in UInt8.min...UInt8.max {
        var changed = sample
        changed[position] = byte
        _ = try? value(changed)
      }
    }
  }

  @Test(arguments: [
    (#"{"date":"2026-11-21","te"#, false, ["date"]),
    (#"[{"id":"1","kind":"entry"}]"#, true, ["id", "kind"]),
    (#"[]"#, true, []), (#"{"a":1} {"b":2}"#, false, ["a"]),
  ])
  func `the beginning shows what a file is`(
    beginning: String, isArray: Bool, names: [String]
  ) throws {
    let outline = try #require(JSONDocument.outline(Array(beginning.utf8)))
    #expect(outline.isArray == isArray && outline.names == Set(names))
  }
}
