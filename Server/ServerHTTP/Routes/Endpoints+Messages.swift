internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import SyncProtocol

extension Endpoints {
  /// Reads a body whole, having checked what it announces.
  ///
  /// Throws `malformed` for another type or an encoding, `tooLarge` beyond `bytesMax`.
  func body(
    of request: Request, _ context: ServerContext, type: String, bytesMax: Int
  ) async throws -> [UInt8] {
    try Self.checkType(request, type)
    let announced = request.headers[.contentLength].flatMap { Int($0) }
    guard announced ?? 0 <= bytesMax else { throw ProblemAnswer(.tooLarge) }
    // Outside the count: clients that send slowly keep nobody else from being answered.
    let bytes = try await gate.whileWaiting {
      var bytes: [UInt8] = []
      bytes.reserveCapacity(announced ?? 0)
      for try await part in request.body {
        guard bytes.count + part.readableBytes <= bytesMax else { throw ProblemAnswer(.tooLarge) }
        bytes.append(contentsOf: part.readableBytesView)
      }
      return bytes
    }
    context.notes.bytesReceived = bytes.count
    return bytes
  }

  /// Reads and decodes a body of JSON.
  func message<Message: Decodable>(
    _ request: Request, _ context: ServerContext, as type: Message.Type = Message.self
  ) async throws -> Message {
    try Self.checkAccepts(request, MediaType.json)
    let bytes = try await body(
      of: request, context, type: MediaType.json, bytesMax: ProtocolLimits.accountBodyBytesMax)
    do {
      return try JSONDecoder().decode(Message.self, from: Data(bytes))
    } catch let error as DecodingError {
      throw ProblemAnswer(.malformed, detail: error.plainSentence)
    }
  }

  func json(
    _ message: some Encodable, status: HTTPResponse.Status = .ok
  ) throws -> Response {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Response(
      status: status, headers: [.contentType: MediaType.json],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: try encoder.encode(message))))
  }

  /// Refuses a request that would not take the type of the answer.
  static func checkAccepts(_ request: Request, _ type: String) throws {
    guard let accepted = request.headers[.accept] else { return }
    let family = type.prefix { $0 != "/" } + "/*"
    let types = accepted.split(separator: ",").map { range in
      range.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
    }
    guard types.contains(where: { $0 == type || $0 == family || $0 == "*/*" }) else {
      throw ProblemAnswer(.malformed, detail: "The answer would be of type \(type).")
    }
  }

  private static func checkType(_ request: Request, _ type: String) throws {
    let sent = request.headers[.contentType]?.prefix { $0 != ";" }
    guard sent?.trimmingCharacters(in: .whitespaces).lowercased() == type else {
      throw ProblemAnswer(.malformed, detail: "The body must be of type \(type).")
    }
    guard (request.headers[.contentEncoding] ?? "identity") == "identity" else {
      throw ProblemAnswer(.malformed, detail: "The body must not be compressed.")
    }
  }
}

extension DecodingError {
  /// Names the field, by names of our own, and never what it held.
  fileprivate var plainSentence: String {
    switch self {
    case .keyNotFound(let key, let context):
      "The field \(Self.path(context.codingPath + [key])) is missing."
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .dataCorrupted(let context):
      context.codingPath.isEmpty
        ? "The body is not the JSON that this address takes."
        : "The field \(Self.path(context.codingPath)) is not what it should be."
    @unknown default: "The body is not the JSON that this address takes."
    }
  }

  private static func path(_ keys: [any CodingKey]) -> String {
    keys.map(\.stringValue).joined(separator: ".")
  }
}
