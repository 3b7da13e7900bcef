internal import Hummingbird
internal import NIOCore
internal import OperationLog
internal import ServerCore
internal import SwiftProtobuf
internal import SyncProtocol

extension Endpoints {
  /// `POST /v1/sync`
  func sync(_ request: Request, _ context: ServerContext) async throws -> Response {
    try Self.checkAccepts(request, MediaType.protobuf)
    // Before a byte of the body is kept: strangers cannot fill the memory.
    let session = try await session(request, context)
    let announced = request.headers[.contentLength].flatMap { Int($0) }
    let held = try await gate.reserve(
      min(announced ?? ProtocolLimits.syncBodyBytesMax, ProtocolLimits.syncBodyBytesMax),
      for: session.account)
    let message = try await syncRequest(request, context, session)
    let outcome =
      message.waitSeconds > 0
      ? try await whileClientWaits(context) { [sync] in
        try await sync.sync(message, session: session)
      }
      : try await sync.sync(message, session: session)
    withExtendedLifetime(held) {}
    switch outcome {
    case .answer(let answer):
      context.notes.damage = RequestNotes.Damage(
        operationCount: answer.damagedCount, corrections: answer.corrections)
      return try await response(answer, to: session.account)
    case .unauthorized: throw ProblemAnswer(.unauthorized)
    case .tooLarge: throw ProblemAnswer(.tooLarge)
    case .malformedToken:
      throw ProblemAnswer(.malformed, detail: "The page token is not one of this account.")
    case .tooManyWaiters:
      throw ProblemAnswer(.overloaded, detail: "Too many requests of this account wait already.")
    }
  }

  private func syncRequest(
    _ request: Request, _ context: ServerContext, _ session: Session
  ) async throws -> SyncRequest {
    let bytes = try await body(
      of: request, context, type: MediaType.protobuf, bytesMax: ProtocolLimits.syncBodyBytesMax)
    guard let message = try? WireSyncRequest(serializedBytes: bytes),
      let syncRequest = SyncRequest(message, account: session.account)
    else { throw ProblemAnswer(.malformed, detail: "The body is not a sync request.") }
    return syncRequest
  }

  /// Runs `body` outside the count of requests, and cancels it when the client goes.
  private func whileClientWaits<Value: Sendable>(
    _ context: ServerContext, _ body: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    let channel = context.channel
    let peer = try await channel.eventLoop.submit {
      try channel.pipeline.syncOperations.handler(type: ConnectionGuard.self).peer
    }.get()
    return try await gate.whileWaiting {
      let waiting = Task(operation: body)
      return try await withTaskCancellationHandler {
        try await peer.watching(onGone: { waiting.cancel() }) { try await waiting.value }
      } onCancel: {
        waiting.cancel()
      }
    }
  }

  /// Operations leave as the bytes they are stored as, in small pieces, at the client's pace.
  private func response(
    _ answer: SyncAnswer, to account: AccountID
  ) async throws -> Response {
    let held = try await gate.reserve(answer.operationBytes.count, for: account)
    let operations = answer.operationBytes
    let rest: [UInt8] = try answer.message.serializedBytes()
    let body = ResponseBody(contentLength: operations.count + rest.count) { writer in
      for start in stride(from: 0, to: operations.count, by: Self.pieceBytes) {
        let end = min(start + Self.pieceBytes, operations.count)
        try await writer.write(ByteBuffer(bytes: operations[start..<end]))
      }
      try await writer.write(ByteBuffer(bytes: rest))
      try await writer.finish(nil)
      withExtendedLifetime(held) {}
    }
    return Response(status: .ok, headers: [.contentType: MediaType.protobuf], body: body)
  }

  private static let pieceBytes = 128 << 10
}
