internal import JournalModel
private import Foundation

/// The prose of a record as the search index gets it.
///
/// What to delete from the index is computed again from the record's state, so one state must
/// always give the same text: a change here needs a migration that makes the index anew.
struct SearchText: Equatable, Sendable {
  let text: String

  /// `nil` for a record without prose.
  init?(_ state: RecordState) {
    let prose = Self.prose(of: state)
    guard let first = prose.first else { return nil }
    text = Self.prepared(prose.count == 1 ? first : prose.joined(separator: "\n")).text
  }

  /// Byte for byte, as the index has it.
  static func == (left: SearchText, right: SearchText) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  static func exists(in state: RecordState) -> Bool { !prose(of: state).isEmpty }

  private static func prose(of state: RecordState) -> [String] {
    guard let names = RegisterName.prose[state.kind] else { return [] }
    return names.compactMap { name in
      guard let text = state[name]?.text, !text.isEmpty else { return nil }
      return text
    }
  }

  /// What of a query becomes a phrase: prepared like the text it is to be found in.
  ///
  /// - Returns: the phrase, and whether its last word stands for any word that begins so, as it
  ///   must where a query ends in a script without spaces.
  static func phrase(_ query: String) -> (text: String, isPrefix: Bool) {
    prepared(query, isQuery: true)
  }

  /// Runs of scripts without spaces become their overlapping pairs of characters and the last
  /// character alone, so that every part of two or more is a phrase of pairs, and every single
  /// one the beginning of a word.
  private static func prepared(
    _ text: String, isQuery: Bool = false
  ) -> (text: String, isPrefix: Bool) {
    guard !text.isASCII else { return (text, false) }
    var prepared = ""
    prepared.reserveCapacity(text.utf8.count)
    var run: [Unicode.Scalar] = []
    let composed = needsComposing(text) ? text.precomposedStringWithCanonicalMapping : text
    for scalar in composed.unicodeScalars {
      if scalar.isASCII {
        append(run, to: &prepared)
        run.removeAll(keepingCapacity: true)
        prepared.unicodeScalars.append(scalar)
      } else if scalar.isUnspaced {
        run.append(scalar)
      } else if !scalar.isIgnoredInSearch {
        append(run, to: &prepared)
        run.removeAll(keepingCapacity: true)
        prepared.unicodeScalars.append(scalar.halfWidth)
      }
    }
    append(run, to: &prepared, isEndOfQuery: isQuery)
    return (prepared, isQuery && !run.isEmpty)
  }

  private static func append(
    _ run: [Unicode.Scalar], to text: inout String, isEndOfQuery: Bool = false
  ) {
    guard let last = run.last else { return }
    text.unicodeScalars.append(" ")
    for index in run.indices.dropLast() {
      text.unicodeScalars.append(run[index])
      text.unicodeScalars.append(run[index + 1])
      text.unicodeScalars.append(" ")
    }
    if !isEndOfQuery || run.count == 1 {
      text.unicodeScalars.append(last)
      text.unicodeScalars.append(" ")
    }
  }

  /// Kana with separate voicing marks, and separate parts of Hangul.
  private static func needsComposing(_ text: String) -> Bool {
    text.unicodeScalars.contains {
      $0.value == 0x3099 || $0.value == 0x309A || (0x1100...0x11FF).contains($0.value)
    }
  }
}

extension RegisterName {
  /// The registers that are prose in each kind, in a fixed order.
  fileprivate static let prose: [RecordKind: [RegisterName]] = Dictionary(
    uniqueKeysWithValues: RecordKind.journal.map { kind in
      let names: [RegisterName] = [
        .title, .text, .trigger, .said, .meant, .fear, .action, .note, .fearedOutcome,
        .actualOutcome,
      ]
      return (kind, names.filter { $0.isProse(in: kind) })
    })
}

extension String {
  /// Looks at eight bytes at a time: most prose in many languages is, and there is much of it.
  fileprivate var isASCII: Bool {
    var text = self
    return text.withUTF8 { bytes in
      let raw = UnsafeRawBufferPointer(bytes)
      var offset = 0
      while raw.count - offset >= 8 {
        let word = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        guard word & 0x8080_8080_8080_8080 == 0 else { return false }
        offset += 8
      }
      return raw[offset...].allSatisfy { $0 < 0x80 }
    }
  }
}

extension Unicode.Scalar {
  /// A letter, mark or digit of a script that puts no spaces between words.
  var isUnspaced: Bool {
    switch value {
    case 0x0E01...0x0E3A, 0x0E40...0x0E4E, 0x0E50...0x0E59,  // Thai
      0x0E81...0x0EDF,  // Lao
      0x1000...0x1049, 0x1050...0x109F, 0xA9E0...0xA9FE, 0xAA60...0xAA7F,  // Myanmar
      0x1780...0x17D3, 0x17DC...0x17E9,  // Khmer
      0x1950...0x1AAD,  // Tai Le, New Tai Lue, Tai Tham
      0x3005...0x3007, 0x3041...0x309F, 0x30A1...0x30FA, 0x30FC...0x30FF,  // Kana
      0x3105...0x312F, 0x31A0...0x31BF, 0x31F0...0x31FF, 0xFF66...0xFF9F,
      0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFD:  // Han
      isWordPart
    default: false
    }
  }

  /// Marks above and below letters, and what shows no width: a word is the same without.
  var isIgnoredInSearch: Bool {
    switch value {
    case 0x00AD, 0x0300...0x036F, 0x0591...0x05BD, 0x05BF, 0x05C1...0x05C2, 0x05C4...0x05C5, 0x05C7,
      0x0610...0x061A, 0x0640, 0x064B...0x065F, 0x0670, 0x06D6...0x06DC, 0x200B...0x200F,
      0x2060...0x2064, 0xFE00...0xFE0F, 0xFEFF:
      true
    default: false
    }
  }

  /// What the index makes words of (the tokenizer's categories L, M, N and Co).
  var isWordPart: Bool {
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber,
      .privateUse:
      true
    default: false
    }
  }

  /// Full-width forms of ASCII as ASCII.
  fileprivate var halfWidth: Unicode.Scalar {
    guard (0xFF01...0xFF5E).contains(value) else { return self }
    return Unicode.Scalar(value - 0xFEE0) ?? self
  }
}
