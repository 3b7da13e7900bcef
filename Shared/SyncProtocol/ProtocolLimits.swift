/// The limits both sides keep, each with its name.
package enum ProtocolLimits {
  /// Operations in one request or answer.
  package static let pageOperationsMax = 5_000
  /// Envelope bytes in one request or answer; one larger operation travels alone.
  package static let pageBytesMax = 8 << 20
  /// A payload, encoded and before it is padded and sealed.
  package static let payloadBytesMax = 4 << 20
  /// Ranges beyond gaps in the `have` of one request, of all devices together. What a request
  /// leaves out for want of room is sent once more.
  package static let haveRangesMax = 4_096
  /// The body of a sync request: a page, or one largest operation, and its frame.
  package static let syncBodyBytesMax = 10 << 20
  /// The body of any other request.
  package static let accountBodyBytesMax = 64 << 10
  /// Seconds a sync request may wait for news.
  package static let waitSecondsMax = 50
  /// Bytes of an account's name.
  package static let accountNameBytesMax = 64
  /// How far ahead of the server's clock a timestamp may lie.
  package static let driftMillisecondsMax: UInt64 = 5 * 60 * 1000
  /// How far past the greatest accepted timestamp one may lie, whatever the clock says.
  package static let driftPastGreatestMillisecondsMax: UInt64 = 1000
}
