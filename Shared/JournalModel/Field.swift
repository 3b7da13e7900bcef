/// One field of a kind of record, as people and JSON name it.
package struct Field: Hashable, Sendable {
  /// The name in JSON, after `--clear` and `--field`: `text`, `score`, `people`.
  package let name: String
  package let content: Content
  /// Whether a record of this kind must have it, so that it cannot be cleared.
  package let isRequired: Bool

  package enum Content: Hashable, Sendable {
    /// Text whose lost values are kept and shown.
    case prose(Limits.Text)
    /// A short name on one line: a journal, a technique.
    case name
    case integer(ClosedRange<Int>)
    case boolean
    /// A `JournalDate`.
    case date
    case pull
    /// The id of another record.
    case record
    /// A set of names, each a register of its own.
    case names(RegisterName.Family)
  }

  init(_ name: String, _ content: Content, isRequired: Bool = false) {
    self.name = name
    self.content = content
    self.isRequired = isRequired
  }

  /// The register, but for sets, which have one a member.
  package var register: RegisterName? {
    if case .names = content { nil } else { RegisterName(name) }
  }

  package var isProse: Bool {
    if case .prose = content { true } else { false }
  }
}
