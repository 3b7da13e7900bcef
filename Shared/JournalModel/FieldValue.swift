private import OperationLog

/// A value for a field, as a program has it in hand.
package enum FieldValue: Hashable, Sendable {
  /// Prose, and short names.
  case text(String)
  case integer(Int)
  case boolean(Bool)
  case date(JournalDate)
  case pull(Pull)
  case record(RecordID)
}

extension Field {
  /// The value as the register keeps it: checked, texts without the line ends at their end.
  ///
  /// Empty text clears the field (`.absent`), unless the field is required; so does a blank title.
  func registerValue(_ value: FieldValue) throws(InputError) -> RegisterValue {
    switch (content, value) {
    case (.prose(let limit), .text(let text)):
      return try prose(text, limit)
    case (.name, .text(let text)):
      return text.isEmpty ? .absent : .text(try OneLineName.checked(text, field: name))
    case (.integer(let range), .integer(let value)):
      guard range.contains(value) else {
        throw .outOfRange(field: name, value: value, range: range)
      }
      return .integer(Int64(value))
    case (.boolean, .boolean(let value)):
      return .boolean(value)
    case (.date, .date(let date)):
      return .text(date.rfc9557)
    case (.pull, .pull(let pull)):
      return .text(pull.rawValue)
    case (.record, .record(let id)):
      return .text(id.description)
    default:
      throw .wrongType(field: name)
    }
  }

  private func prose(_ text: String, _ limit: Limits.Text) throws(InputError) -> RegisterValue {
    let kept = text.withoutLineEndsAtEnd
    guard kept.utf8.count <= limit.bytesMax else {
      throw .tooLong(field: name, bytes: kept.utf8.count, bytesMax: limit.bytesMax)
    }
    if isRequired {
      if kept.isBlank { throw .empty(field: name) }
    } else if kept.isEmpty || register == .title && kept.isBlank {
      return .absent
    }
    return .text(kept)
  }
}

extension String {
  /// The text as it is kept: verbatim, but for line ends at its end.
  package var withoutLineEndsAtEnd: String {
    guard let last = utf8.lastIndex(where: { $0 != 0x0a && $0 != 0x0d }) else { return "" }
    let end = utf8.index(after: last)
    return end == utf8.endIndex ? self : String(self[..<end])
  }

  /// Nothing but ASCII white space.
  package var isBlank: Bool {
    utf8.allSatisfy { $0 == 0x20 || (0x09...0x0d).contains($0) }
  }
}
