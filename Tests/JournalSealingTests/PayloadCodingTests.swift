import JournalModel
import OperationLog
import SwiftProtobuf
import SyncProtocol
import TestSupport
import Testing

@testable import JournalSealing

struct PayloadCodingTests {
  @Test func `every value comes back, in canonical order`() throws {
    let mood = try Samples().mood
    let payload = try PayloadCoding.encode(mood)
    #expect(try PayloadCoding.decode(payload) == Samples.canonical(mood))
  }

  @Test func `the same change has the same bytes, however its writes are ordered`() throws {
    var mood = try Samples().mood
    let payload = try PayloadCoding.encode(mood)
    mood.writes.reverse()
    for index in mood.writes.indices { mood.writes[index].seen.reverse() }
    #expect(try PayloadCoding.encode(mood) == payload)
  }

  @Test func `only what becomes smaller is deflated`() throws {
    let samples = try Samples()
    let long = try PayloadCoding.encode(samples.entry)
    #expect(long[0] == 1)
    #expect(long.count < 200)
    let noise = (0..<60).map { _ in Character(Unicode.Scalar(UInt8.random(in: 33...126))) }
    let short = try PayloadCoding.encode(
      RecordChange(
        record: samples.record, kind: RecordKind(rawValue: "%"),
        writes: [RegisterWrite("#", .text(String(noise)))]))
    #expect(short[0] == 0)
  }

  @Test func `text comes back byte for byte`() throws {
    let samples = try Samples()
    for text in ["", "\u{0}", "e\u{301}", "\u{e9}", "\r\n\r", "\u{202e}abc", "👩‍👩‍👧‍👦", "\u{fffd}"] {
      let change = RecordChange(
        record: samples.record, kind: .entry, writes: [RegisterWrite("text", .text(text))])
      let decoded = try PayloadCoding.decode(try PayloadCoding.encode(change))
      #expect(decoded.writes.first?.value.text.map { Array($0.utf8) } == Array(text.utf8))
    }
  }

  @Test func `a payload up to the limit is encoded, and one byte more is refused`() throws {
    let samples = try Samples()
    func change(_ count: Int) -> RecordChange {
      RecordChange(
        record: samples.record, kind: .entry,
        writes: [RegisterWrite("text", .text(String(repeating: "a", count: count)))])
    }
    let frame = 1 + 18 + 7 + 5 + 6 + 5
    let limit = ProtocolLimits.payloadBytesMax
    let largest = try PayloadCoding.encode(change(limit - frame))
    #expect(try PayloadCoding.decode(largest) == change(limit - frame))
    #expect(throws: ChangeError.payloadTooLarge(bytes: limit + 1, limit: limit)) {
      try PayloadCoding.encode(change(limit - frame + 1))
    }
  }

  @Test func `a bomb is inflated no further than the limit`() throws {
    let bomb = try #require(
      RawDeflate.deflated(
        [UInt8](repeating: 0, count: 64 << 20), prefix: 1, countMax: 1 << 20))
    #expect(bomb.count < 100_000)
    #expect(throws: PayloadError.tooLarge(limit: ProtocolLimits.payloadBytesMax - 1)) {
      try PayloadCoding.decode(bomb)
    }
  }

  @Test func `a payload over the limit is refused unread`() {
    #expect(throws: PayloadError.tooLarge(limit: ProtocolLimits.payloadBytesMax)) {
      try PayloadCoding.decode([UInt8](repeating: 0, count: ProtocolLimits.payloadBytesMax + 1))
    }
  }

  @Test func `every truncation of a deflated payload is refused`() throws {
    let payload = try PayloadCoding.encode(Samples().entry)
    #expect(payload[0] == 1)
    for count in 0..<payload.count {
      #expect(throws: PayloadError.truncated) {
        try PayloadCoding.decode(Array(payload.prefix(count)))
      }
    }
  }

  @Test func `what follows the deflated message is refused`() throws {
    let payload = try PayloadCoding.encode(Samples().entry)
    #expect(throws: PayloadError.malformedDeflate) { try PayloadCoding.decode(payload + [0]) }
  }

  @Test(arguments: [
    ([2, 0], PayloadError.unknownEncoding(2)), ([255], .unknownEncoding(255)), ([], .truncated),
    ([0], .malformedRecord), ([0, 0x0a, 2, 1, 1], .malformedRecord),
    ([0, 0xff], .malformedMessage),
    ([1, 0xff], .malformedDeflate),
    // A kind that is not UTF-8.
    ([0, 0x12, 1, 0xff], .malformedMessage),
  ])
  func `malformed payloads say what is wrong`(payload: [UInt8], error: PayloadError) {
    #expect(throws: error) { try PayloadCoding.decode(payload) }
  }

  @Test(arguments: [0, UInt64.max]) func `a seen operation that cannot be is refused`(
    sequence: UInt64
  ) throws {
    var message = try EncodedPayload(Samples().mood)
    message.writes[0].seen = [.with { $0.sequence = sequence }]
    let bytes: [UInt8] = try message.serializedBytes()
    #expect(throws: PayloadError.malformedMessage) { try PayloadCoding.decode([0] + bytes) }
  }

  @Test func `a payload of more writes or more seen than fit is refused before it is decoded`()
    throws
  {
    // 4 MiB of empty writes, two bytes each; and one write of as many empty `seen`.
    let limit = PayloadCounts.writesMax
    let writes =
      [UInt8](repeating: 0, count: 1) + (0..<(2 << 20) - 1).flatMap { _ in [0x1a, 0] as [UInt8] }
    #expect(throws: PayloadError.tooMany(limit: limit)) { try PayloadCoding.decode(writes) }
    let seen: [UInt8] = (0...PayloadCounts.seenMax).flatMap { _ in [0x7a, 0] as [UInt8] }
    let count = seen.count
    #expect(count == 131_072)
    #expect(throws: PayloadError.tooMany(limit: PayloadCounts.seenMax)) {
      try PayloadCoding.decode([0, 0x1a, 0x80, 0x80, 0x08] + seen)
    }
  }

  @Test func `as many writes as fit come back, and one more is not made`() throws {
    let record = try Samples().record
    func change(_ count: Int) -> RecordChange {
      RecordChange(
        record: record, kind: .entry,
        writes: (0..<count).map { RegisterWrite(RegisterName(.tag, "\($0)"), .boolean(true)) })
    }
    let limit = PayloadCounts.writesMax
    let payload = try PayloadCoding.encode(change(limit))
    #expect(try PayloadCoding.decode(payload).writes.count == limit)
    #expect(throws: ChangeError.tooManyWrites(count: limit + 1, limit: limit)) {
      try PayloadCoding.encode(change(limit + 1))
    }
    let ids = (1...UInt64(PayloadCounts.seenMax) + 1).map {
      OperationID(device: DeviceID(rawValue: 7), sequence: Sequence($0))
    }
    #expect(throws: ChangeError.tooManySeen(count: ids.count, limit: PayloadCounts.seenMax)) {
      try PayloadCoding.encode(
        RecordChange(
          record: record, kind: .entry, writes: [RegisterWrite("text", .text("a"), seen: ids)]))
    }
  }

  @Test func `a value of a case not known here cannot be written anew`() throws {
    let change = RecordChange(
      record: try Samples().record, kind: .mood, writes: [RegisterWrite("score", .unknown)])
    #expect(throws: ChangeError.unknownValue(RegisterName("score"))) {
      try PayloadCoding.encode(change)
    }
  }

  @Test(arguments: SeededGenerator.seeds)
  func `no bytes make decoding trap`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let good = [try Samples().mood, try Samples().entry].flatMap { change -> [[UInt8]] in
      let plain: [UInt8]? = try? EncodedPayload(change).serializedBytes()
      return [(try? PayloadCoding.encode(change)) ?? [], [0] + (plain ?? [])]
    }
    var refused = 0
    for _ in 0..<2_000 {
      var payload = good.randomElement(using: &generator) ?? []
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let at = Int.random(in: 0..<payload.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: payload[at] = .random(in: .min ... .max, using: &generator)
        case 1: payload[at] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 2 where at > 0: payload.removeSubrange(at...)
        default: payload.insert(.random(in: .min ... .max, using: &generator), at: at)
        }
      }
      do {
        _ = try PayloadCoding.decode(payload)
      } catch {
        refused += 1
      }
    }
    #expect(refused > 500)
  }
}
