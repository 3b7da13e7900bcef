/// A tag or a person gets another name, in registers and where it stands in a text.
///
/// Where the new name is there already, both become one. A name that cannot stand in a text behind
/// its sign, such as one of two words, stands there without it, and the register keeps it.
package struct NameChange: Hashable, Sendable {
  package let old: RegisterName
  package let new: RegisterName
  private let family: RegisterName.Family
  private let newName: String

  /// - Parameter old: as it is shown, whatever form it has.
  /// - Throws: `InputError` for a new name that is none.
  package init(
    _ family: RegisterName.Family, from old: String, to new: String
  ) throws(InputError) {
    self.family = family
    newName = try OneLineName.checked(new, field: family.rawValue)
    self.old = RegisterName(family, old)
    self.new = RegisterName(family, newName)
  }

  /// Whether the new name can stand in a text behind its sign, and so be found there again.
  package var staysInText: Bool { ["#", "@"].contains { marks($0 + newName) == [new] } }

  /// What it changes in a record; `nil` if the record does not bear the old name.
  ///
  /// - Throws: `InputError` for a text that would become too long.
  package func change(of state: RecordState) throws(InputError) -> RecordChange? {
    guard old != new, state.bears(old) else { return nil }
    var values: [RegisterName: RegisterValue] = [:]
    var isNewInText = false
    for (register, content) in state.registers where register.isProse(in: state.kind) {
      guard let text = content.value.text, let renamed = renamed(text),
        let field = FieldCatalogue.field(register, of: state.kind)
      else { continue }
      values[register] = try field.registerValue(.text(renamed))
      isNewInText = isNewInText || marks(renamed).contains(new)
    }
    if state[old] == .boolean(true) { values[old] = .boolean(false) }
    // Said by the text, it need not be said again.
    if state[old] == .boolean(true) || !isNewInText { values[new] = .boolean(true) }
    let change = state.change(writing: values)
    try change?.checkSize()
    return change
  }

  /// `nil` for a text without the old name.
  private func renamed(_ text: String) -> String? {
    let found = TextMarks(text).marks.filter {
      $0.family == family && RegisterName(family, $0.name) == old
    }
    guard !found.isEmpty else { return nil }
    var renamed = ""
    var rest = text.startIndex
    for mark in found {
      let sign = String(text.unicodeScalars[mark.range].prefix(1))
      renamed += text.unicodeScalars[rest..<mark.range.lowerBound].text
      renamed += marks(sign + newName) == [new] ? sign + newName : newName
      rest = mark.range.upperBound
    }
    return renamed + text.unicodeScalars[rest...].text
  }

  private func marks(_ text: String) -> [RegisterName] {
    TextMarks(text).names(family).map { RegisterName(family, $0) }
  }
}

extension Substring.UnicodeScalarView {
  fileprivate var text: String { String(Substring(self)) }
}
