package import JournalModel

/// Why no operation can be made of a change.
package enum ChangeError: Error, Hashable {
  /// It writes nothing and erases nothing.
  case empty
  /// It writes and erases: an erase does nothing else.
  case writesAndErases
  case repeatedRegister(RegisterName)
  /// A value of an unknown case can be kept, but not written anew.
  case unknownValue(RegisterName)
  /// Encoded, the payload is larger than `limit`; both in bytes.
  case payloadTooLarge(bytes: Int, limit: Int)
  /// The header is larger than `limit`, both in bytes: erase fewer operations at once.
  case headerTooLarge(bytes: Int, limit: Int)
  /// More registers than one operation can write.
  case tooManyWrites(count: Int, limit: Int)
  /// More operations named as seen than one payload may hold.
  case tooManySeen(count: Int, limit: Int)
}
