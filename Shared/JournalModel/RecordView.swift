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
  package let tags: [String]
  package let people: [String]
  /// Unix milliseconds; when last written, if nothing says when it was created.
  package let created: Int64
  /// Unix milliseconds.
  package let modified: Int64
  package let isTrashed: Bool

  init(_ state: RecordState, _ reader: inout FieldReader) {
    id = state.id
    tags = reader.names(.tag)
    people = reader.names(.person)
    created = state.createdMilliseconds
    modified = state.modified.milliseconds
    isTrashed = state.isTrashed
  }

  /// For a record whose date is missing or cannot be read.
  var dateCreated: JournalDate { JournalDate(unixMilliseconds: created, in: .utc) }
}
