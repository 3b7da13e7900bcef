internal import SyncProtocol

/// What one account may take of a server. All have generous defaults.
package struct ServerLimits: Hashable, Sendable {
  /// Envelope bytes kept for one account.
  package var accountBytesMax = 10 << 30
  /// Device ids of one account; each clone and each restored backup makes one.
  package var devicesMax = 10_000
  /// Ranges of one device that are known beyond gaps; an incomplete rebuild makes them, and damage.
  package var rangesBeyondMax = 1_000
  /// Requests of one account that wait for news at a time.
  package var waitersPerAccountMax = 64
  /// Operations of one answer.
  package var pageOperationsMax = ProtocolLimits.pageOperationsMax
  /// Envelope bytes of one answer; one larger operation travels alone.
  package var pageBytesMax = ProtocolLimits.pageBytesMax

  package init() {}
}
