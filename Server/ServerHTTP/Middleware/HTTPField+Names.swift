internal import HTTPTypes
internal import SyncProtocol

extension HTTPField.Name {
  /// Made of a literal that is known to be a token; the fallback is never taken.
  static let ebbProtocol = HTTPField.Name(ProtocolVersion.headerName) ?? .via
  static let contentTypeOptions = HTTPField.Name("X-Content-Type-Options") ?? .via
}
