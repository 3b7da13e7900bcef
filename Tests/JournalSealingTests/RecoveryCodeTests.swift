import TestSupport
import Testing

@testable import JournalSealing

struct RecoveryCodeTests {
  @Test func `the alphabet is Crockford's`() {
    let text = String(decoding: RecoveryCode.alphabet, as: UTF8.self)
    #expect(text == "0123456789ABCDEFGHJKMNPQRSTVWXYZ")
  }

  @Test(arguments: SeededGenerator.seeds)
  func `a code is six groups of five and reads back`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let code = RecoveryCode.random(using: &generator)
    #expect(code.groups.map(\.count) == [5, 5, 5, 5, 5, 5])
    #expect(code.text == code.groups.joined(separator: "-"))
    #expect(try RecoveryCode(parsing: code.text) == code)
  }

  @Test func `a code is read as people write it`() throws {
    let code = try RecoveryCode(parsing: try GoldenFile("recovery-code").text)
    let text = code.text
    #expect(text.contains("0") && text.contains("1"))
    for written in [
      text.lowercased(), text.replacing("-", with: ""), text.replacing("-", with: " "),
      "  \(text)\n", text.replacing("-", with: " – "), text.replacing("0", with: "O"),
      text.replacing("0", with: "o"), text.replacing("1", with: "I"),
      text.replacing("1", with: "l"),
    ] {
      #expect(try RecoveryCode(parsing: written) == code, "\(written)")
    }
  }

  @Test(arguments: SeededGenerator.seeds)
  func `one wrong character, or two exchanged, are noticed`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let code = RecoveryCode.random(using: &generator)
    let symbols = Array(code.text.replacing("-", with: ""))
    var wrong: [[Character]] = []
    for index in symbols.indices {
      for symbol in RecoveryCode.alphabet.map({ Character(Unicode.Scalar($0)) })
      where symbol != symbols[index] {
        wrong.append(symbols)
        wrong[wrong.count - 1][index] = symbol
      }
      guard index > 0, symbols[index] != symbols[index - 1] else { continue }
      wrong.append(symbols)
      wrong[wrong.count - 1].swapAt(index, index - 1)
    }
    // A check of 20 bits misses one in a million; a thousand tries may meet it, two do not.
    let missed = wrong.filter { (try? RecoveryCode(parsing: String($0))) != nil }
    #expect(missed.count <= 1)
  }

  @Test(arguments: [
    ("", RecoveryCodeError.wrongLength(0, expected: 30)),
    ("ABCDE-ABCDE", .wrongLength(10, expected: 30)),
    ("ABCDU", .foreignCharacter("U")), ("ABC!", .foreignCharacter("!")),
    ("ÄBC", .foreignCharacter("Ä")), (String(repeating: "0", count: 30), .wrongCheck),
    (String(repeating: "0", count: 31), .wrongLength(31, expected: 30)),
  ])
  func `what is no code says why`(text: String, error: RecoveryCodeError) {
    #expect(throws: error) { try RecoveryCode(parsing: text) }
  }
}
