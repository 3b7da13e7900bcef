/// The name of one field of a record: `text`, or `tag/NAME` for one of a family of booleans.
///
/// Names are equal when their bytes are: the server tells registers apart by a digest of the
/// bytes, and Swift's own equality would make one of two names that differ in Unicode form.
package struct RegisterName: RawRepresentable, Sendable {
  package let rawValue: String

  package init(rawValue: String) {
    self.rawValue = rawValue
  }

  package init(_ rawValue: String) {
    self.rawValue = rawValue
  }

  /// A member of a family: `RegisterName(.tag, "river")` is `tag/river`.
  package init(_ family: Family, _ member: String) {
    rawValue = family.rawValue + "/" + member
  }

  /// Fields that are sets of names. Each name is a register of its own, so that two machines can
  /// both add one.
  package enum Family: String, CaseIterable, Sendable {
    case person
    case tag
    case emotion
    case sign
    case writes
  }

  /// The member's name, if this register belongs to the family.
  package func member(of family: Family) -> String? {
    // By bytes: a member may begin with a combining mark, which would hide the slash.
    let prefix = (family.rawValue + "/").utf8
    guard rawValue.utf8.starts(with: prefix) else { return nil }
    return String(rawValue.utf8.dropFirst(prefix.count))
  }
}

extension RegisterName: CustomStringConvertible {
  package var description: String { rawValue }
}

extension RegisterName: Hashable, Comparable {
  package static func == (left: RegisterName, right: RegisterName) -> Bool {
    left.rawValue.utf8.elementsEqual(right.rawValue.utf8)
  }

  package static func < (left: RegisterName, right: RegisterName) -> Bool {
    left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(bytesOf: rawValue)
  }
}

extension RegisterName {
  /// Registers whose lost values are kept and shown.
  package func isProse(in kind: RecordKind) -> Bool {
    switch kind {
    case .entry: Self.entryProse.contains(rawValue)
    case .mood: Self.moodProse.contains(rawValue)
    case .step: Self.stepProse.contains(rawValue)
    default: false
    }
  }

  private static let entryProse: Set = ["title", "text"]
  private static let moodProse: Set = ["trigger", "said", "meant", "fear", "action", "note"]
  private static let stepProse: Set = ["title", "fearedOutcome", "actualOutcome"]
}
