private import Foundation

/// The form of short names: tags, people, emotions, journals, techniques.
///
/// Trimmed, of at least one character, without control characters and line ends, at most
/// `Limits.nameBytesMax` bytes. Kept as typed but in Unicode normalisation form C, so that two
/// keyboards that compose an “é” differently write the same tag. Letter case tells apart. The sign
/// before a tag (`#`) or a person (`@`) is not part of the name.
package enum OneLineName {
  package static func checked(_ text: String, field: String) throws(InputError) -> String {
    let name = composed(withoutSign(trimmed(text), of: field))
    guard !name.isEmpty else { throw .empty(field: field) }
    guard name.utf8.count <= Limits.nameBytesMax else {
      throw .tooLong(
        field: field, bytes: name.utf8.count, bytesMax: Limits.nameBytesMax)
    }
    guard name.unicodeScalars.allSatisfy(isPrintable) else { throw .notOneLine(field: field) }
    return name
  }

  /// `#river` and `@Sam` are how Ebb shows the tag `river` and the person `Sam`, and how people
  /// type them.
  private static func withoutSign(_ name: String, of field: String) -> String {
    guard let sign = ["tag": "#", "person": "@"][field] as Unicode.Scalar? else { return name }
    let rest = name.unicodeScalars.drop { $0 == sign }
    return rest.isEmpty ? name : trimmed(String(rest))
  }

  private static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
  }

  private static func composed(_ name: String) -> String {
    name.utf8.allSatisfy { $0 < 0x80 } ? name : name.precomposedStringWithCanonicalMapping
  }

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: false
    default: true
    }
  }
}
