/// The names that a time zone may have in a date: one of IANA's, or an offset such as `+01:00`.
package enum ZoneName {
  /// By the grammar of RFC 9557, section 4.1: parts of letters, digits, `.`, `_`, `-`, `+` between
  /// slashes. No part is `.` or `..`, so that a name can be a path below the zones' folder.
  package static func isValid(_ name: String) -> Bool {
    guard name.utf8.count <= 128 else { return false }
    return offsetMinutes(name) != nil || isNamed(name)
  }

  /// A name that is not an offset.
  static func isNamed(_ name: String) -> Bool {
    name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy {
      part in
      guard let first = part.first, isInitial(first) else { return false }
      if part.allSatisfy({ $0 == UInt8(ascii: ".") }) { return false }
      return part.allSatisfy { isInitial($0) || isFurther($0) }
    }
  }

  /// The minutes east of UTC of a name that is an offset.
  package static func offsetMinutes(_ name: String) -> Int? {
    var reader = DateReader(name)
    guard let minutes = reader.offset(), reader.isAtEnd else { return nil }
    return minutes
  }

  /// `+01:00`
  package static func offset(minutes: Int) -> String {
    DateWriter.text(capacity: 6) { $0.append(offsetMinutes: minutes) }
  }

  private static func isInitial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "."), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private static func isFurther(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"): true
    default: false
    }
  }
}
