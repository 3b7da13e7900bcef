/// The name of one field of a record: `text`, or `tag/NAME` for one of a family of booleans.
package struct RegisterName: RawRepresentable, Hashable, Sendable {
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
    let prefix = family.rawValue + "/"
    return rawValue.hasPrefix(prefix) ? String(rawValue.dropFirst(prefix.count)) : nil
  }
}

extension RegisterName: CustomStringConvertible {
  package var description: String { rawValue }
}

extension RegisterName: Comparable {
  package static func < (left: RegisterName, right: RegisterName) -> Bool {
    left.rawValue < right.rawValue
  }
}

// Of all kinds.
extension RegisterName {
  package static let created = RegisterName("created")
  package static let trashed = RegisterName("trashed")
  package static let date = RegisterName("date")
  package static let title = RegisterName("title")
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
