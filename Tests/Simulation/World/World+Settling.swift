import JournalModel
import JournalStore
import JournalSync
import OperationLog
import ServerCore
import SyncProtocol

/// The end: all faults cease, everybody syncs, and all must agree.
extension World {
  private static let roundsMax = 10

  func settle() throws {
    trace("all is well from here on")
    service.disk?.heal()
    for device in devices {
      device.disk.heal()
      while let exchange = device.exchanges.first { try complete(exchange) }
    }
    for straggler in stragglers { _ = try answer(straggler.request) }
    stragglers = []
    for _ in 0..<Self.roundsMax {
      trace.nextStep()
      time.pass(milliseconds: 2 * 60 * 60 * 1000)
      for device in devices { try visitServer(device) }
      guard try isAgreed() else { continue }
      // Once more, with nothing left to tell: unless a machine that only just heard what time it is
      // finds that it is the day to say something of itself.
      for device in devices { try visitServer(device) }
      if try isAgreed() { break }
    }
    for device in devices {
      guard device.standing == .joined, device.lastReport.warnings.isEmpty else {
        throw Violation(
          "\(device.name) is not at rest: \(device.standing), \(device.lastReport.warnings)")
      }
    }
  }

  /// Does what its owner would do, told what the last errand told.
  private func visitServer(_ device: Device) throws {
    switch device.standing {
    case .never, .loggedOut: try finish(device, "logs in", logIn())
    case .accountMissing: try finish(device, "registers anew", try registerAnew())
    case .joined: break
    }
    guard device.standing == .joined else { return }
    try finish(device, "syncs", Self.sync)
    // Each machine, as the warning says.
    isContested = isContested || device.lastReport.isContested
    guard device.standing == .joined, isContested else { return }
    try finish(device, "sees the doctor", Self.heal)
  }

  /// An errand from its beginning to its end, with nothing in between.
  func finish(_ device: Device, _ name: String, _ errand: @escaping Errand) throws {
    try begin(device, name, errand)
    while let exchange = device.exchanges.first { try complete(exchange) }
    guard device.errand == nil else { throw Violation("\(device.name) \(name), and waits.") }
  }

  private func complete(_ exchange: Exchange) throws {
    if let answer = try exchange.answer ?? answer(exchange.request) {
      end(exchange, with: answer)
    } else {
      cut(exchange)
    }
    try endErrand(of: exchange.device)
  }

  private func isAgreed() throws -> Bool {
    guard devices.allSatisfy({ $0.standing == .joined }) else { return false }
    let first = try devices[0].journal()
    let known = try first.known().map(\.sequences)
    let digest = try first.stateDigest
    return try devices.allSatisfy { device in
      let store = try device.journal()
      return try store.stateDigest == digest && store.known().map(\.sequences) == known
        && store.unsent(limitOperations: 1, limitBytes: .max).isEmpty
    }
  }

  /// What must be true in the end.
  func check() throws -> SimulationReport {
    let first = try Inspection(try devices[0].journal())
    let changes = try first.changes()
    for device in devices.dropFirst() {
      let other = try Inspection(try device.journal())
      guard other.digest == first.digest else {
        throw Violation("\(device.name)'s state digest differs from \(devices[0].name)'s.")
      }
      guard other.operations == first.operations else {
        throw Violation("\(device.name) knows other operations than \(devices[0].name).")
      }
      guard other.states == first.states else {
        throw Violation("\(device.name) shows other records than \(devices[0].name).")
      }
    }
    guard Inspection.states(of: changes) == first.states else {
      throw Violation("The records are not what the operations make.")
    }
    try checkServer(first)
    let words = Inspection.words(in: changes)
    let missing = ledger.missing(in: words)
    guard missing.isEmpty else {
      throw Violation("Lost: \(missing.joined(separator: ", "))")
    }
    for word in ledger.erased.subtracting(words).sorted() {
      for device in devices where device.disk.contains(Array(word.utf8)) {
        throw Violation("\(word) was erased, and is on \(device.name)'s disk.")
      }
    }
    return SimulationReport(
      fingerprint: "\(first.digest) \(String(trace.sum, radix: 16))", deviceCount: devices.count,
      operationCount: first.operations.count, wordCount: ledger.savedCount,
      excusedCount: ledger.excusedCount, erasedCount: ledger.erased.count, trace: trace.lines)
  }

  /// The server agrees, and all know its keys.
  private func checkServer(_ first: Inspection) throws {
    let account = try devices[0].journal().account
    let storage = service.storage
    let (digest, keysVersion) = try executor.complete {
      try await storage.read { transaction in
        let account = try transaction.account(account)
        return (
          try account.flatMap { try transaction.journal(of: $0.slot) }?.stateDigest,
          account?.keys.version
        )
      }
    }
    guard digest == first.digest else { throw Violation("The server's state digest differs.") }
    for device in devices {
      let known = try device.journal().serverLink()?.keys.version
      guard known == keysVersion else {
        throw Violation(
          "\(device.name) knows keys \(known ?? 0), and the server has \(keysVersion ?? 0).")
      }
    }
    let findings = try executor.complete {
      try await storage.read { try JournalCheck.findings(in: $0) }
    }
    guard findings.isEmpty else { throw Violation(findings.joined(separator: " ")) }
  }
}
