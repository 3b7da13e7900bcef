package import NIOCore

/// What one connection, one address and the whole server may use.
///
/// Tests inject short times; everybody else takes `standard`.
package struct ConnectionLimits: Sendable {
  /// Connections in all. More wait in the kernel's queue until one ends.
  package var connectionsMax = 1_000
  /// Connections of one IPv4 address or one IPv6 /64 network. More are closed at once.
  package var connectionsPerAddressMax = 100
  /// Requests answered at the same time, those not counted that wait: for news, or for the rest of
  /// their own body.
  package var requestsMax = 64
  /// Bytes of large bodies and answers held at the same time.
  package var bodyBytesHeldMax = 48 << 20
  /// One header, and all headers of a request together.
  package var headerBytesMax = 16 << 10
  package var headerCountMax = 100

  /// From the connection's first byte to the end of the first request's headers: TLS handshake
  /// and slow headers both.
  package var headTimeout: TimeAmount = .seconds(15)
  /// How long a connection may stay open between requests.
  package var idleTimeout: TimeAmount = .seconds(75)
  /// How long a body may take whatever its rate.
  package var bodyGrace: TimeAmount = .seconds(20)
  /// How fast a body must come on average once the grace is over.
  package var bodyBytesPerSecondMin = 2 << 10
  /// How often the rate is looked at.
  package var bodyRateInterval: TimeAmount = .seconds(5)
  /// How long a client may leave an answer unread.
  package var writeStallTimeout: TimeAmount = .seconds(30)
  /// How long the rest of a refused body, or the other side's end, is waited for.
  package var lingerTimeout: TimeAmount = .seconds(3)
  /// Bytes of a refused body that are read and dropped, so that the client sees the answer.
  package var lingerBytesMax = 1 << 20

  package init() {}

  package static let standard = ConnectionLimits()
}
