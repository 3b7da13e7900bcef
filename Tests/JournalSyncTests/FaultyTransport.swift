import SecureTransport
import Synchronization
import SyncProtocol

@testable import JournalSync

/// The real transport with somebody in between: who reads along, loses answers and changes them.
final class FaultyTransport: SyncTransport {
  struct Exchange: Sendable {
    let route: Route
    let requestBody: [UInt8]
    let answerBody: [UInt8]
  }

  enum Fault: Sendable {
    /// The request never arrives.
    case loseRequest
    /// The request is done, its answer does not arrive.
    case loseAnswer
  }

  private struct State {
    var exchanges: [Exchange] = []
    var count = 0
  }

  private let inner = TLSTransport(environment: [:])
  private let state = Mutex(State())
  /// By the number of the exchange, from 0.
  let fault: @Sendable (Int) -> Fault?
  let change: @Sendable (Route, inout ExchangeResponse) throws -> Void
  let changeRequest: @Sendable (inout ExchangeRequest) throws -> Void

  init(
    fault: @escaping @Sendable (Int) -> Fault? = { _ in nil },
    changeRequest: @escaping @Sendable (inout ExchangeRequest) throws -> Void = { _ in },
    change: @escaping @Sendable (Route, inout ExchangeResponse) throws -> Void = { _, _ in }
  ) {
    self.fault = fault
    self.change = change
    self.changeRequest = changeRequest
  }

  var exchanges: [Exchange] { state.withLock { $0.exchanges } }

  func connection(
    to server: ServerAddress, trust: TLSClientContext.Trust
  ) -> any SyncConnection {
    Connection(inner: inner.connection(to: server, trust: trust), transport: self)
  }

  private struct Lost: Error {}

  private struct Connection: SyncConnection {
    let inner: any SyncConnection
    let transport: FaultyTransport

    func send(_ request: ExchangeRequest) async throws -> ExchangeResponse {
      let number = transport.state.withLock { state in
        state.count += 1
        return state.count - 1
      }
      let fault = transport.fault(number)
      if fault == .loseRequest { throw ConnectionFailure(.exchanging, cause: Lost()) }
      var request = request
      try transport.changeRequest(&request)
      var answer = try await inner.send(request)
      try transport.change(request.route, &answer)
      transport.state.withLock {
        $0.exchanges.append(
          Exchange(
            route: request.route, requestBody: request.body, answerBody: answer.body))
      }
      if fault == .loseAnswer { throw ConnectionFailure(.exchanging, cause: Lost()) }
      return answer
    }

    var traffic: Traffic { get async { await inner.traffic } }

    func close() async { await inner.close() }
  }
}
