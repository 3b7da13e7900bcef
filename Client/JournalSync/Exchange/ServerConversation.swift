private import Foundation
import OperationLog
import SecureTransport
import SyncProtocol

/// Requests to one server over one kept-alive connection, and what its answers mean.
///
/// A request that may be repeated is, on a new connection, when the connection breaks: at most
/// `attemptsMax` times in all. Everything thrown is a `SyncFailure` or a `CancellationError`.
actor ServerConversation {
  static let attemptsMax = 3

  let server: ServerAddress
  private let transport: any SyncTransport
  private let trust: TLSClientContext.Trust
  private var token: String?
  private var connection: (any SyncConnection)?
  private var pastTraffic = Traffic()
  private(set) var requests = 0

  init(
    transport: any SyncTransport, server: ServerAddress, trust: TLSClientContext.Trust,
    token: String?
  ) {
    self.transport = transport
    self.server = server
    self.trust = trust
    self.token = token
  }

  func setToken(_ token: String?) {
    self.token = token
  }

  /// Sends a request and returns its answer if that is a success; what else is, throws.
  ///
  /// - Parameter isRepeatable: asking twice does no harm and answers the same.
  func exchange(
    _ request: ExchangeRequest, isRepeatable: Bool
  ) async throws -> ExchangeResponse {
    var request = request
    request.token = token
    var attempt = 1
    while true {
      let answer: ExchangeResponse
      do {
        answer = try await send(request)
      } catch {
        await close()
        guard let failure = error as? ConnectionFailure else { throw error }
        guard failure.stage == .exchanging, isRepeatable, attempt < Self.attemptsMax else {
          throw SyncFailure(failure)
        }
        attempt += 1
        continue
      }
      return try AnswerReading.success(answer)
    }
  }

  /// All bytes so far, of connections that are gone too.
  var traffic: Traffic {
    get async {
      guard let connection else { return pastTraffic }
      return pastTraffic + (await connection.traffic)
    }
  }

  func close() async {
    let connection = self.connection
    self.connection = nil
    guard let connection else { return }
    await connection.close()
    pastTraffic = pastTraffic + (await connection.traffic)
  }

  private func send(_ request: ExchangeRequest) async throws -> ExchangeResponse {
    let connection = self.connection ?? transport.connection(to: server, trust: trust)
    self.connection = connection
    requests += 1
    return try await connection.send(request)
  }
}

extension ServerConversation {
  /// Runs `body`, then closes the connection, however it ends.
  nonisolated func closing<Value: Sendable>(
    _ body: (ServerConversation) async throws -> Value
  ) async throws -> Value {
    do {
      let value = try await body(self)
      await close()
      return value
    } catch {
      await close()
      throw error
    }
  }

  // The account plane: JSON both ways.

  func call<Answer: Decodable & Sendable>(
    _ route: Route, _ body: (any Encodable & Sendable)? = nil, as: Answer.Type,
    isRepeatable: Bool = true
  ) async throws -> Answer {
    let response = try await perform(route, body, isRepeatable: isRepeatable)
    do {
      return try JSONDecoder().decode(Answer.self, from: Data(response.body))
    } catch {
      throw SyncFailure(.malformedAnswer, cause: error)
    }
  }

  @discardableResult
  func perform(
    _ route: Route, _ body: (any Encodable & Sendable)? = nil, isRepeatable: Bool = true
  ) async throws -> ExchangeResponse {
    let bytes = try body.map { Array(try JSONEncoder().encode($0)) } ?? []
    return try await exchange(
      ExchangeRequest(route, contentType: body == nil ? nil : MediaType.json, body: bytes),
      isRepeatable: isRepeatable)
  }

  /// The sync plane: protobuf both ways. Operations are told apart by their ids, so asking twice
  /// does no harm.
  func sync(_ message: WireSyncRequest) async throws -> WireSyncResponse {
    let response = try await exchange(
      ExchangeRequest(
        .sync, contentType: MediaType.protobuf, body: try message.encoded(),
        waitSeconds: Int(message.wait), answerBytesMax: ProtocolLimits.syncBodyBytesMax),
      isRepeatable: true)
    let answer: WireSyncResponse
    do {
      answer = try WireSyncResponse(decoding: response.body)
    } catch {
      throw SyncFailure(.malformedAnswer, cause: error)
    }
    // The clock is set by it, and counts no further.
    guard (0...Timestamp.millisecondsMax).contains(answer.serverTime) else {
      throw SyncFailure(.malformedAnswer, detail: "its time is none")
    }
    return answer
  }
}

extension Traffic {
  static func + (left: Traffic, right: Traffic) -> Traffic {
    Traffic(
      bytesSent: left.bytesSent + right.bytesSent,
      bytesReceived: left.bytesReceived + right.bytesReceived)
  }
}
