/// Finds where bytes stop being UTF-8.
package enum UTF8Check {
  /// The position of the first byte that is not part of valid UTF-8, from 1; `nil` if all is.
  package static func firstInvalidByte(_ bytes: [UInt8]) -> Int? {
    do {
      _ = try UTF8Span(validating: bytes.span)
      return nil
    } catch {
      return error.byteOffsets.lowerBound + 1
    }
  }
}
