private import OperationLog

/// A record as people know it: the typed reading of a state.
package protocol RecordView: Hashable, Sendable {
  var common: CommonFields { get }
  /// The registers that hold what this version cannot read, in alphabetical order.
  ///
  /// Their fields read as nothing; whoever shows the record says which.
  var unreadable: [String] { get }
  /// `nil` for a record of another kind.
  init?(_ state: RecordState)
}

extension RecordView {
  package var id: RecordID { common.id }
  package var tags: [String] { common.tags }
  package var people: [String] { common.people }
  /// Unix milliseconds; when last written, if nothing says when it was created.
  package var created: Int64 { common.created }
  /// Unix milliseconds.
  package var modified: Int64 { common.modified }
  package var isTrashed: Bool { common.isTrashed }
}

/// What all kinds of records have.
package struct CommonFields: Hashable, Sendable {
  package let id: RecordID
  /// Registers and marks in the text, in alphabetical order.
  package let tags: [String]
  package let people: [String]
  /// Those among them that stand in the text alone.
  package let tagsInText: [String]
  package let peopleInText: [String]
  /// Unix milliseconds; when last written, if nothing says when it was created.
  package let created: Int64
  /// Unix milliseconds.
  package let modified: Int64
  package let isTrashed: Bool

  init(_ state: RecordState, _ reader: inout FieldReader) {
    id = state.id
    let marks = state.marksInProse
    (tags, tagsInText) = Self.union(reader.names(.tag), marks, .tag)
    (people, peopleInText) = Self.union(reader.names(.person), marks, .person)
    created = state.createdMilliseconds
    modified = state.modified.milliseconds
    isTrashed = state.isTrashed
  }

  private static func union(
    _ registers: [String], _ marks: Set<RegisterName>, _ family: RegisterName.Family
  ) -> (all: [String], inText: [String]) {
    guard !marks.isEmpty else { return (registers, []) }
    let kept = Set(registers.map { RegisterName(family, $0) })
    let added = marks.subtracting(kept)
    return (
      kept.union(added).sorted().compactMap { $0.member(of: family) },
      added.sorted().compactMap { $0.member(of: family) }
    )
  }

  /// For a record whose date is missing or cannot be read.
  var dateCreated: JournalDate { JournalDate(unixMilliseconds: created, in: .utc) }
}
