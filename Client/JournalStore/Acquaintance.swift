/// What a journal knows of a record that an import brings.
package enum Acquaintance: Hashable, Sendable {
  case new
  /// It is here, and says all that the import says of it.
  case same
  /// It is here, and says something else.
  case different
  /// It is in the trash.
  case trashed
  /// It was erased, here or elsewhere.
  case erased
}
