/// How much one record may hold, so that every operation fits the 4 MiB of an encoded payload.
package enum Limits {
  /// The sizes of text, in bytes of UTF-8.
  package enum Text: Int, Hashable, Sendable {
    /// An entry's text.
    case text = 4_000_000
    /// Every other prose but titles.
    case note = 400_000
    case title = 4_000

    package var bytesMax: Int { rawValue }
  }

  /// A tag, a person, an emotion, a journal, a technique, a prompt: bytes of UTF-8.
  package static let nameBytesMax = 256

  /// All that one operation writes, register names and what they name as seen included: bytes.
  package static let changeBytesMax = 4_150_000
}

extension RecordChange {
  /// Throws `InputError.tooMuchAtOnce` if the change would not fit one operation.
  package func checkSize() throws(InputError) {
    var bytes = 0
    for write in writes {
      bytes += write.register.rawValue.utf8.count + (write.value.text?.utf8.count ?? 8)
      bytes += 24 + 24 * write.seen.count
    }
    if bytes > Limits.changeBytesMax { throw .tooMuchAtOnce(bytes: bytes) }
  }
}
