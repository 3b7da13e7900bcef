/// What a register holds.
package enum RegisterValue: Hashable, Sendable {
  case text(String)
  case integer(Int64)
  case boolean(Bool)
  /// Explicitly nothing.
  case absent
  /// A case that this version does not know. It wins like any other and is never shown as absent.
  case unknown
}

extension RegisterValue {
  package var text: String? {
    if case .text(let text) = self { text } else { nil }
  }

  package var integer: Int64? {
    if case .integer(let integer) = self { integer } else { nil }
  }

  package var boolean: Bool? {
    if case .boolean(let boolean) = self { boolean } else { nil }
  }
}
