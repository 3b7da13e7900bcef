/// The version of the exchange. Raised when an old program could misread a new one.
package enum ProtocolVersion {
  package static let current = 1

  /// Sent with every request and every answer; a server refuses a request that names another
  /// with `ProblemType.protocolVersion`, a client refuses an answer that does.
  package static let headerName = "ebb-protocol"
}

package enum MediaType {
  package static let json = "application/json"
  package static let protobuf = "application/x-protobuf"
  package static let problem = "application/problem+json"
}
