private import Foundation
import SyncProtocol

/// What the status of an answer, and the problem it describes, mean for the client.
enum AnswerReading {
  /// The answer if it is a success of this protocol.
  static func success(_ response: ExchangeResponse) throws -> ExchangeResponse {
    let version = response.fields[ProtocolVersion.headerName]
    if let version, version != String(ProtocolVersion.current) {
      throw SyncFailure(.protocolVersion(server: Int(version)))
    }
    guard (200..<300).contains(response.status) else { throw failure(response, version) }
    guard version != nil else {
      throw SyncFailure(.malformedAnswer, detail: "this is no server of Ebb's")
    }
    return response
  }

  private static func failure(_ response: ExchangeResponse, _ version: String?) -> SyncFailure {
    let problem = try? JSONDecoder().decode(ProblemDetails.self, from: Data(response.body))
    let detail = problem?.detail ?? problem?.title
    guard let type = problem?.problem else {
      return SyncFailure(
        .serverFailed, detail: detail ?? "it answered with status \(response.status)",
        cause: problem)
    }
    return SyncFailure(code(of: type, response, version), detail: detail, cause: problem)
  }

  private static func code(
    of problem: ProblemType, _ response: ExchangeResponse, _ version: String?
  ) -> SyncFailure.Code {
    switch problem {
    case .unauthorized: .sessionEnded
    case .loginFailed: .loginFailed
    case .inviteInvalid: .inviteInvalid
    case .nameTaken: .nameTaken
    case .accountTaken: .accountTaken
    case .keysChanged: .keysChanged
    case .keysDamaged: .keysDamagedThere
    case .rateLimited:
      .rateLimited(seconds: response.fields["retry-after"].flatMap { Int($0) })
    case .storageFull: .storageFull
    case .protocolVersion: .protocolVersion(server: version.flatMap { Int($0) })
    case .malformed, .tooLarge, .notFound, .methodNotAllowed, .internal: .serverFailed
    case .overloaded: .serverBusy
    }
  }
}
