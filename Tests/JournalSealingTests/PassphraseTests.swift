import Testing

@testable import JournalSealing

struct PassphraseTests {
  @Test(arguments: [
    // Composed and decomposed; no-break, ideographic and plain space; Hangul jamo and syllable.
    ("caf\u{e9}", "cafe\u{301}"), ("a b", "a\u{a0}b"), ("a b", "a\u{3000}b"),
    ("\u{ac01}", "\u{1100}\u{1161}\u{11a8}"), ("\u{212b}", "\u{c5}"),
  ])
  func `the same words typed otherwise are the same passphrase`(
    first: String, second: String
  ) throws {
    #expect(Array(first.utf8) != Array(second.utf8))
    #expect(try Passphrase(first).bytes == Passphrase(second).bytes)
  }

  @Test(arguments: [
    ("River", "river"), ("a", "a "), ("ﬁ", "fi"), ("Ａ", "A"), ("strasse", "straße"),
  ])
  func `what looks different stays different`(first: String, second: String) throws {
    #expect(try Passphrase(first).bytes != Passphrase(second).bytes)
  }

  @Test func `the bytes are UTF-8`() throws {
    #expect(try Passphrase("é 💛").bytes == [0xc3, 0xa9, 0x20, 0xf0, 0x9f, 0x92, 0x9b])
  }

  @Test(arguments: [
    ("", PassphraseError.empty), ("a\n", .controlCharacter), ("a\tb", .controlCharacter),
    ("\u{0}", .controlCharacter), ("\u{2028}", .controlCharacter),
    ("\u{378}", .unassignedCharacter),
    (String(repeating: "a", count: 1025), .tooLong(bytesMax: 1024)),
  ])
  func `what cannot be a passphrase is refused`(text: String, error: PassphraseError) {
    #expect(throws: error) { try Passphrase(text) }
  }
}
