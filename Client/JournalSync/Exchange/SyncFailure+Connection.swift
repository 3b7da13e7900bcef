import NIOCore
import NIOExtras
import SecureTransport

extension SyncFailure {
  /// What a connection that could not be made, or broke, means.
  init(_ failure: ConnectionFailure) {
    let code: Code =
      switch failure.cause {
      case TransportError.untrusted(let reason, let presented):
        .untrusted(presented, reason: "\(reason)")
      case TransportError.pinMismatch(let expected, let presented):
        .pinChanged(expected: expected, presented: presented)
      default: failure.stage == .malformedAnswer ? .malformedAnswer : .unreachable
      }
    self.init(code, detail: Self.detail(failure.cause), cause: failure)
  }

  private static func detail(_ cause: any Error) -> String? {
    switch cause {
    case let error as TransportError: error.description
    case let error as HTTPAnswerError: error.description
    case let error as ResolverError: error.description
    case let error as InvalidProxy: error.description
    case let error as IOError: SystemError.text(error.errnoCode)
    case is NIOHTTP1ProxyConnectHandler.Error: "the proxy does not let it through"
    case ChannelError.connectTimeout: "it did not answer in time"
    case ChannelError.eof, ChannelError.ioOnClosedChannel, ChannelError.inputClosed:
      "the connection was cut"
    default: nil
    }
  }
}
