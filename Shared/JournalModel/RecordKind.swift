/// What a record is. Kinds of later versions are kept, merged and forwarded untouched.
package struct RecordKind: RawRepresentable, Hashable, Sendable {
  package let rawValue: String

  package init(rawValue: String) {
    self.rawValue = rawValue
  }

  package static let entry = RecordKind(rawValue: "entry")
  package static let mood = RecordKind(rawValue: "mood")
  package static let step = RecordKind(rawValue: "step")
  /// An installation of Ebb, kept by Ebb itself and never listed.
  package static let device = RecordKind(rawValue: "device")

  /// The kinds that people write, in the order they are listed.
  package static let journal: [RecordKind] = [.entry, .mood, .step]
}

extension RecordKind: CustomStringConvertible {
  package var description: String { rawValue }
}
