import JournalSync

/// What becomes of requests and answers on their way.
extension World {
  /// Moves one exchange on: its request arrives, or its answer, or neither.
  func deliver(_ exchange: Exchange) throws {
    let route = exchange.request.route
    let device = exchange.device
    if let answer = exchange.answer {
      trace("\(device.name)'s answer to \(route) arrives")
      end(exchange, with: answer)
    } else if random.chance(weather.drop) {
      trace("\(device.name)'s \(route) is lost")
      cut(exchange)
    } else if random.chance(weather.straggle) {
      trace("\(device.name)'s \(route) is held up")
      stragglers.append(exchange)
      cut(exchange)
    } else {
      var answer = try answer(exchange.request)
      if random.chance(weather.duplicate) {
        trace("\(device.name)'s \(route) arrives twice")
        let second = try self.answer(exchange.request)
        if random.chance(0.5) { answer = second }
      }
      guard let answer else {
        trace("\(device.name)'s \(route) ends with the server")
        cut(exchange)
        return try endErrand(of: device)
      }
      if random.chance(weather.loseAnswer) {
        trace("\(device.name)'s \(route) arrives, and its answer is lost")
        cut(exchange)
      } else if random.chance(0.3) {
        trace("\(device.name)'s \(route) arrives")
        exchange.answer = try bent(answer, to: exchange)
      } else {
        trace("\(device.name)'s \(route) is answered: \(answer.status)")
        end(exchange, with: try bent(answer, to: exchange))
      }
    }
    try endErrand(of: device)
  }

  /// What the server makes of a request; `nil` if it went down over it.
  func answer(_ request: ExchangeRequest) throws -> ExchangeResponse? {
    let server = service.server
    let answer = try executor.complete { await server.answer(request) }
    guard service.disk?.isDown == true else {
      try noteHeardWhileErasing()
      return answer
    }
    let loss: SimulatedDisk.Loss = random.chance(0.7) ? .power : .none
    trace("the server starts again, having lost \(loss)")
    try service.restart(losing: loss)
    return nil
  }

  func cut(_ exchange: Exchange) {
    exchange.device.exchanges.removeAll { $0 === exchange }
    exchange.cut()
    executor.drain()
  }

  func end(_ exchange: Exchange, with answer: ExchangeResponse) {
    exchange.device.exchanges.removeAll { $0 === exchange }
    exchange.end(with: answer)
    executor.drain()
  }
}
