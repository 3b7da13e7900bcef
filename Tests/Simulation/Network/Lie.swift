import Foundation
import JournalModel
import JournalSealing
import OperationLog
import SwiftProtobuf
import SyncProtocol
import TestSupport

/// What a hostile server says instead of the truth.
enum Lie: CaseIterable {
  /// Some operations are left out, and their heads are not.
  case omit
  case reorder
  /// An answer that it gave before, to this device or to another.
  case replay
  /// A bit of an envelope is another.
  case forge
  case restamp
  /// Two operations under each other's headers.
  case swap
  /// Two operations with each other's register tags.
  case swapRegisters
  /// An operation of another account's journal.
  case mixAccounts
  /// One device's operations and head are not there.
  case hide
  /// Stubs of what nobody erased.
  case stubs
  case stateDigest
  /// Heads that know more than there is, less, or something else.
  case heads
  /// What was accepted was not, for a reason that is none.
  case refuse
  /// It is another year there.
  case time
  /// The keys were changed, or are those of before.
  case keysVersion
  case token
  case nonsense
}

extension WireSyncResponse {
  /// - Parameter pushed: the operations that it answers.
  mutating func bend(
    _ lie: Lie, pushed: [WireEnvelope], account: AccountID, _ random: inout SeededGenerator
  ) throws {
    switch lie {
    case .omit: operations.removeAll { _ in random.chance(0.5) }
    case .reorder: operations.shuffle(using: &random)
    case .replay: break
    case .forge:
      try change(&random) { envelope, random in
        if random.chance(0.5) {
          envelope.sealed.flipBit(&random)
        } else {
          envelope.header.flipBit(&random)
        }
      }
    case .restamp:
      try change(&random) { envelope, random in
        guard var header = OperationHeader(wireBytes: envelope.header, account: account)
        else { return }
        header.timestamp = Timestamp(rawValue: random.next())
        envelope.header = Data(header.wireBytes)
      }
    case .swap:
      try changePair(&random) { first, second in swap(&first.sealed, &second.sealed) }
    case .swapRegisters:
      try changePair(&random) { first, second in
        guard var left = OperationHeader(wireBytes: first.header, account: account),
          var right = OperationHeader(wireBytes: second.header, account: account)
        else { return }
        swap(&left.tags, &right.tags)
        first.header = Data(left.wireBytes)
        second.header = Data(right.wireBytes)
      }
    case .mixAccounts: operations.append(try Self.foreign(&random))
    case .hide:
      guard let hidden = heads.randomElement(using: &random)?.device else { return }
      heads.removeAll { $0.device == hidden }
      operations.removeAll {
        OperationHeader(wireBytes: $0.header, account: account)?.device.rawValue == hidden
      }
    case .stubs:
      try change(&random) { envelope, _ in
        if let header = OperationHeader(wireBytes: envelope.header, account: account) {
          envelope.header = Data(header.stub.wireBytes)
        }
        envelope.sealed = Data()
      }
    case .stateDigest: stateDigest = Data((0..<32).map { _ in UInt8(random.index(256)) })
    case .heads: bendHeads(&random)
    case .refuse: refuse(pushed, account, &random)
    case .time:
      let time = Int64.random(in: 0...4_000_000_000_000, using: &random)
      serverTime = time
      greatestTimestamp = Timestamp(milliseconds: time).rawValue
    case .keysVersion: keysVersion = UInt64(random.index(6))
    case .token: token = Data((0..<random.index(80)).map { _ in UInt8(random.index(256)) })
    case .nonsense: operations.append(.with { $0.header = Data([1, 2, 3]) })
    }
  }

  private mutating func change(
    _ random: inout SeededGenerator,
    _ body: (inout WireEnvelope, inout SeededGenerator) throws -> Void
  ) throws {
    for index in operations.indices where random.chance(0.5) {
      try body(&operations[index], &random)
    }
  }

  private mutating func changePair(
    _ random: inout SeededGenerator, _ body: (inout WireEnvelope, inout WireEnvelope) -> Void
  ) throws {
    guard operations.count > 1 else { return }
    let second = random.index(operations.count - 1) + 1
    var (left, right) = (operations[0], operations[second])
    body(&left, &right)
    operations[0] = left
    operations[second] = right
  }

  private mutating func bendHeads(_ random: inout SeededGenerator) {
    for index in heads.indices where random.chance(0.5) {
      switch random.index(3) {
      case 0: heads[index].sequence += UInt64(random.index(5))
      case 1: heads[index].sequence -= min(heads[index].sequence, UInt64(random.index(5)))
      default: heads[index].digest.flipBit(&random)
      }
    }
  }

  private mutating func refuse(
    _ pushed: [WireEnvelope], _ account: AccountID, _ random: inout SeededGenerator
  ) {
    let reasons: [WireRefusal.Reason] = [.fork, .timestamp, .gap, .malformed, .quota, .erased]
    for envelope in pushed where random.chance(0.5) {
      guard let header = OperationHeader(wireBytes: envelope.header, account: account)
      else { continue }
      refusals.append(
        .with {
          $0.device = header.device.rawValue
          $0.sequence = header.sequence.rawValue
          $0.reason = reasons[random.index(reasons.count)]
        })
    }
  }

  /// What belongs in another journal.
  private static func foreign(_ random: inout SeededGenerator) throws -> WireEnvelope {
    guard let account = AccountID((0..<16).map { _ in UInt8(random.index(256)) }),
      let date = JournalDate(rfc9557: "2026-11-21[UTC]")
    else { throw Violation("There is no other account.") }
    let keys = JournalKeys(accountKey: .random(using: &random), account: account)
    let change = try EntryDraft(date: date, text: "somebody else's")
      .change(record: .random(using: &random), createdAt: 1)
    let operation = try keys.makeOperation(
      change,
      id: OperationID(device: .random(using: &random), sequence: .first),
      timestamp: Timestamp(milliseconds: 1_790_000_000_000))
    return try keys.seal(operation).message
  }
}

extension Data {
  fileprivate mutating func flipBit(_ random: inout SeededGenerator) {
    guard !isEmpty else { return }
    let index = startIndex + random.index(count)
    self[index] ^= 1 << UInt8(random.index(8))
  }
}
