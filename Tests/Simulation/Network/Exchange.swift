import JournalSync
import SecureTransport

/// A request on its way, until its answer, or the end of its connection, reaches who sent it.
final class Exchange {
  let device: Device
  let request: ExchangeRequest
  var answer: ExchangeResponse?
  private let continuation: CheckedContinuation<ExchangeResponse, any Error>

  init(
    _ request: ExchangeRequest, of device: Device,
    _ continuation: CheckedContinuation<ExchangeResponse, any Error>
  ) {
    self.device = device
    self.request = request
    self.continuation = continuation
  }

  func end(with answer: ExchangeResponse) {
    continuation.resume(returning: answer)
  }

  func cut() {
    continuation.resume(throwing: ConnectionFailure(.exchanging, cause: Cut()))
  }

  struct Cut: Error {}
}

/// A device's way to the server: every request waits until the world says what becomes of it.
struct SimulatedTransport: SyncTransport {
  let device: Device

  func connection(
    to server: ServerAddress, trust: TLSClientContext.Trust
  ) -> any SyncConnection {
    Connection(device: device)
  }

  private struct Connection: SyncConnection {
    let device: Device

    func send(_ request: ExchangeRequest) async throws -> ExchangeResponse {
      guard !device.disk.isDown else { throw ConnectionFailure(.opening, cause: Exchange.Cut()) }
      return try await withCheckedThrowingContinuation { continuation in
        device.exchanges.append(Exchange(request, of: device, continuation))
      }
    }

    var traffic: Traffic { Traffic() }

    func close() async {}
  }
}
