package import SecureTransport
package import SyncProtocol

/// How requests reach a server. Tests put their own in its place, to record bodies and lose replies.
package protocol SyncTransport: Sendable {
  /// A connection that is opened by its first request. Opens nothing itself.
  func connection(
    to server: ServerAddress, trust: TLSClientContext.Trust
  ) -> any SyncConnection
}

/// One kept-alive connection: one exchange at a time.
package protocol SyncConnection: Sendable {
  /// Sends a request and reads the whole answer.
  ///
  /// Throws a `ConnectionFailure`; after that the connection is of no use. Ends at once with
  /// `CancellationError` when the task is cancelled.
  func send(_ request: ExchangeRequest) async throws -> ExchangeResponse

  /// Bytes of the stream so far, TLS included.
  var traffic: Traffic { get async }

  func close() async
}

package struct ExchangeRequest: Sendable {
  package var route: Route
  /// Without `Bearer`.
  package var token: String?
  package var contentType: String?
  package var body: [UInt8]
  /// Seconds that the server may take to answer beyond what is usual.
  package var waitSeconds: Int
  /// The largest body of the answer that is taken.
  package var answerBytesMax: Int

  package init(
    _ route: Route, token: String? = nil, contentType: String? = nil, body: [UInt8] = [],
    waitSeconds: Int = 0, answerBytesMax: Int = ProtocolLimits.accountBodyBytesMax
  ) {
    self.route = route
    self.token = token
    self.contentType = contentType
    self.body = body
    self.waitSeconds = waitSeconds
    self.answerBytesMax = answerBytesMax
  }
}

package struct ExchangeResponse: Sendable {
  package var status: Int
  /// By lower-case name.
  package var fields: [String: String]
  package var body: [UInt8]

  package init(status: Int, fields: [String: String] = [:], body: [UInt8] = []) {
    self.status = status
    self.fields = fields
    self.body = body
  }
}

package struct Traffic: Hashable, Sendable {
  package var bytesSent = 0
  package var bytesReceived = 0

  package init(bytesSent: Int = 0, bytesReceived: Int = 0) {
    self.bytesSent = bytesSent
    self.bytesReceived = bytesReceived
  }
}

/// A connection that could not be made, or did not last.
package struct ConnectionFailure: Error {
  package enum Stage: Hashable, Sendable {
    /// Before anything of a request was sent.
    case opening
    /// The request may or may not have reached the server.
    case exchanging
    /// The answer came and is no HTTP, or larger than allowed.
    case malformedAnswer
  }

  package let stage: Stage
  package let cause: any Error

  package init(_ stage: Stage, cause: any Error) {
    self.stage = stage
    self.cause = cause
  }
}
