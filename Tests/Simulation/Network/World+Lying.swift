import JournalStore
import JournalSync
import OperationLog
import SwiftProtobuf
import SyncProtocol
import TestSupport

extension World {
  /// The answer that a hostile server gives in place of the true one.
  func bent(_ answer: ExchangeResponse, to exchange: Exchange) throws -> ExchangeResponse {
    let isSync = exchange.request.route == .sync && answer.status == 200
    if isSync { remember(answer) }
    guard random.chance(weather.lie) else { return answer }
    guard isSync, let lie = Lie.allCases.randomElement(using: &random) else {
      return bentAccount(answer, to: exchange)
    }
    trace("the server lies to \(exchange.device.name): \(lie)")
    if lie == .replay { return pastAnswers.randomElement(using: &random) ?? answer }
    var message = try WireSyncResponse(decoding: answer.body)
    try message.bend(
      lie, pushed: try WireSyncRequest(serializedBytes: exchange.request.body).operations,
      account: try exchange.device.undisturbed { try $0.account },
      &random)
    var bent = answer
    bent.body = try message.serializedBytes()
    return bent
  }

  /// Sessions that have ended and accounts that are not there, though they are.
  private func bentAccount(
    _ answer: ExchangeResponse, to exchange: Exchange
  ) -> ExchangeResponse {
    trace("the server lies to \(exchange.device.name) about \(exchange.request.route)")
    var bent = answer
    if random.chance(0.5) {
      bent.status = 401
      bent.body = []
    } else if let index = bent.body.indices.randomElement(using: &random) {
      bent.body[index] ^= 1 << UInt8(random.index(7))
    }
    return bent
  }

  private func remember(_ answer: ExchangeResponse) {
    if pastAnswers.count < 20 {
      pastAnswers.append(answer)
    } else {
      pastAnswers[random.index(20)] = answer
    }
  }
}
