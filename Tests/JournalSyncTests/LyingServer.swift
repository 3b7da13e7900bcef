import Foundation
import JournalModel
import JournalSealing
import JournalStore
import OperationLog
import ServerCore
import SwiftProtobuf
import Synchronization
import SyncProtocol
import Testing

@testable import JournalSync

final class Hidden: @unchecked Sendable {
  /// Set between syncs only.
  var device: DeviceID?
}

/// The first of several answers, to be given again.
final class Pages: @unchecked Sendable {
  var first: ExchangeResponse?
  private var count = 0

  func next() -> Int {
    defer { count += 1 }
    return count
  }
}

extension FaultyTransport {
  /// To a server that shows nothing of what the hidden machine wrote.
  convenience init(hiding hidden: Hidden) {
    self.init(change: { route, answer in
      try changeSync(route, &answer) { answer in
        guard let device = hidden.device else { return }
        answer.operations.removeAll { Array($0.header[1..<9]) == device.bytes }
        answer.heads.removeAll { $0.device == device.rawValue }
      }
    })
  }

  /// To a server that never had the second operation of the hidden machine.
  convenience init(losingSecondOf hidden: Hidden) {
    self.init(change: { route, answer in
      try changeSync(route, &answer) { answer in
        guard let device = hidden.device else { return }
        answer.operations.removeAll { message in
          Array(message.header[1..<9]) == device.bytes && message.header[16] == 2
        }
        for index in answer.heads.indices where answer.heads[index].device == device.rawValue {
          answer.heads[index].beyond = [3, answer.heads[index].sequence]
          answer.heads[index].sequence = 1
        }
      }
    })
  }
}

extension DeviceID {
  var bytes: [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: rawValue >> UInt64(56 - 8 * $0)) }
  }
}

func changeSync(
  _ route: Route, _ answer: inout ExchangeResponse,
  _ change: (inout WireSyncResponse) throws -> Void
) throws {
  guard route == .sync, answer.status == 200 else { return }
  var message = try WireSyncResponse(decoding: answer.body)
  try change(&message)
  answer.body = try message.serializedBytes()
}

/// A machine that hears a changed server stores nothing of it and says so; once it hears the true
/// one again, it has everything.
func expectHarmless(
  _ change: @escaping @Sendable (inout WireSyncResponse) throws -> Void,
  warnings: ([SyncWarning]) -> Bool, sourceLocation: SourceLocation = #_sourceLocation
) async throws {
  let told = Told()
  try await withServer { server, folder in
    let (a, b) = (try Machine(in: folder, "a"), try Machine(in: folder, "b"))
    try await a.restore(from: server)
    try await b.restore(from: server)
    try b.write("Kept on b")
    _ = try await b.client.sync()
    let id = try a.write("One")
    try a.edit(id, text: "Two")
    try a.write("Three")
    _ = try await a.client.sync()

    let lying = FaultyTransport(change: { route, answer in try changeSync(route, &answer, change) })
    let lied = try Machine(in: folder, "b", transport: lying, mode: .existing)
    let report = try await lied.client.sync()
    told.warnings = report.warnings
    #expect(report.pulled == 0, sourceLocation: sourceLocation)
    #expect(try lied.texts() == ["Kept on b"], sourceLocation: sourceLocation)

    let honest = try await b.client.sync()
    #expect(honest.pulled == 3, sourceLocation: sourceLocation)
    #expect(honest.warnings.isEmpty, sourceLocation: sourceLocation)
    _ = try await a.client.sync()
    try expectConverged(a, b, sourceLocation: sourceLocation)
  }
  #expect(warnings(told.warnings), sourceLocation: sourceLocation)
}

/// An operation of the same name as another, sealed with other keys.
func forged(like message: WireEnvelope, by keys: JournalKeys) throws -> WireEnvelope {
  let account = try TestPerson.ada.get().ring.account
  let header = try #require(OperationHeader(wireBytes: message.header, account: account))
  return try forgery(of: header.device, header.sequence, by: keys)
}

func forgery(
  of device: DeviceID, _ sequence: Sequence = .first, by keys: JournalKeys
) throws -> WireEnvelope {
  let record = try #require(RecordID([UInt8](repeating: 1, count: 16)))
  let change = RecordChange(
    record: record, kind: .entry, writes: [RegisterWrite(.text, .text("Forged"))])
  let operation = try keys.makeOperation(
    change, id: OperationID(device: device, sequence: sequence),
    timestamp: Timestamp(milliseconds: 1_790_000_000_000))
  return try keys.seal(operation).message
}

final class Recorded: Sendable {
  private struct State {
    var body: [UInt8]?
    var count = 0
  }

  private let state = Mutex(State())

  func body(orFirst body: [UInt8]) -> [UInt8] {
    state.withLock { state in
      if state.body == nil { state.body = body }
      return state.body ?? body
    }
  }

  func next() -> Int {
    state.withLock { state in
      state.count += 1
      return state.count
    }
  }
}

private final class Told: @unchecked Sendable {
  var warnings: [SyncWarning] = []
}
