private import Foundation
import NIOCore
import NIOPosix
package import SecureTransport

/// HTTP over TLS: what the programs use.
package struct TLSTransport: SyncTransport {
  let environment: [String: String]

  package init(environment: [String: String] = ProcessInfo.processInfo.environment) {
    self.environment = environment
  }

  package func connection(
    to server: ServerAddress, trust: TLSClientContext.Trust
  ) -> any SyncConnection {
    TLSConnectionToServer(server, trust: trust, environment: environment)
  }

  /// One thread for all connections of this process, started by the first and never stopped.
  static let eventLoop = MultiThreadedEventLoopGroup(numberOfThreads: 1).next()
}
