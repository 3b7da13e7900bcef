import Foundation
@testable import JournalCommands
import JournalModel
import JournalSealing
@testable import JournalStore
@testable import JournalSync
import OperationLog
@testable import ServerCore
import SwiftProtobuf
import SyncProtocol

extension FuzzTarget {
  static let all = [
    header, envelope, payload, syncRequest, syncAnswer, pageToken, accountMessages, keysDocument,
    recoveryCode, settings, dates, serverAddress, recordState, searchQuery, zip, imports,
  ]

  private static let account = AccountID(Array(repeating: 7, count: 16))

  private static let header = FuzzTarget(name: "header") { bytes in
    guard let account, let header = OperationHeader(wireBytes: bytes, account: account)
    else { return }
    expect(header.wireBytes == bytes, "a header is written as it was read")
  }

  private static let envelope = FuzzTarget(name: "envelope") { bytes in
    guard let account, let message = try? WireEnvelope(serializedBytes: bytes),
      let envelope = Envelope(message, account: account)
    else { return }
    expect(
      Envelope(envelope.message, account: account) == envelope,
      "an envelope is written as it was read")
    _ = try? journalKeys?.open(envelope)
  }

  private static let journalKeys: JournalKeys? = {
    guard let account, let key = AccountKey(Array(repeating: 3, count: 32)) else { return nil }
    return JournalKeys(accountKey: key, account: account)
  }()

  /// Also merges it: what is read must be good for all that follows.
  private static let payload = FuzzTarget(name: "payload") { bytes in
    guard let change = try? PayloadCoding.decode(bytes) else { return }
    let stamp = Stamp(
      timestamp: Timestamp(rawValue: 1),
      id: OperationID(device: DeviceID(rawValue: 1), sequence: Sequence(1)))
    let state = RecordState(
      id: change.record, merging: [StampedChange(stamp: stamp, change: change)])
    if let state { look(at: state) }
    guard let again = try? PayloadCoding.encode(change) else { return }
    guard let read = try? PayloadCoding.decode(again) else {
      return expect(false, "what is written can be read")
    }
    // Reading takes any order, writing makes one.
    expect(contents(of: read) == contents(of: change), "a change is read as it was written")
    expect((try? PayloadCoding.encode(read)) == again, "a change is written in one way")
  }

  private static func contents(of change: RecordChange) -> [RegisterWrite: Int] {
    let writes = change.writes.map { RegisterWrite($0.register, $0.value, seen: $0.seen.sorted()) }
    return Dictionary(writes.map { ($0, 1) }, uniquingKeysWith: +)
  }

  /// What commands make of a state to show it.
  private static func look(at state: RecordState) {
    _ = Entry(state)
    _ = MoodLog(state)
    _ = Step(state)
  }

  private static let pageToken = FuzzTarget(name: "page-token") { bytes in
    guard let account, let token = PageToken(bytes, account: account, rangesMax: 100)
    else { return }
    expect(token.bytes == bytes, "a page token is written as it was read")
  }

  private static let keysDocument = FuzzTarget(name: "keys-document") { bytes in
    guard let document = try? JSONDecoder().decode(KeysDocument.self, from: Data(bytes)),
      let again = try? JSONEncoder().encode(document)
    else { return }
    expect(
      (try? JSONDecoder().decode(KeysDocument.self, from: again)) == document,
      "a keys document is read as it was written")
  }

  private static let accountMessages = FuzzTarget(name: "account-messages") { bytes in
    let decoder = JSONDecoder()
    let data = Data(bytes)
    _ = try? decoder.decode(ServerInfo.self, from: data)
    _ = try? decoder.decode(CreateAccountRequest.self, from: data)
    _ = try? decoder.decode(ChallengeRequest.self, from: data)
    _ = try? decoder.decode(ChallengeResponse.self, from: data)
    _ = try? decoder.decode(CreateSessionRequest.self, from: data)
    _ = try? decoder.decode(CreateSessionResponse.self, from: data)
    _ = try? decoder.decode(PutKeysRequest.self, from: data)
    _ = try? decoder.decode(DeleteAccountRequest.self, from: data)
    _ = try? decoder.decode(DeviceList.self, from: data)
    _ = try? decoder.decode(ProblemDetails.self, from: data)
  }

  private static let recoveryCode = FuzzTarget(name: "recovery-code") { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    guard let code = try? RecoveryCode(parsing: text) else { return }
    expect(
      (try? RecoveryCode(parsing: code.text)) == code, "a recovery code is read as it is shown")
  }

  private static let settings = FuzzTarget(name: "settings") { bytes in
    guard let text = String(validating: bytes, as: UTF8.self) else { return }
    _ = try? Settings(toml: text, path: "config.toml")
  }

  private static let dates = FuzzTarget(name: "dates") { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    if let day = CivilDay(text) {
      expect(CivilDay(day.description) == day, "a day is read as it is shown")
    }
    guard let date = JournalDate(rfc9557: text) else { return }
    expect(JournalDate(rfc9557: date.rfc9557) == date, "a date is read as it is written")
  }

  private static let serverAddress = FuzzTarget(name: "server-address") { bytes in
    guard let address = try? ServerAddress(parsing: String(decoding: bytes, as: UTF8.self))
    else { return }
    expect(
      (try? ServerAddress(parsing: address.description)) == address,
      "an address is read as it is shown")
  }

  private static let recordState = FuzzTarget(name: "record-state") { bytes in
    guard let id = RecordID(Array(repeating: 1, count: 16)) else { return }
    let state = bytes.withUnsafeBytes {
      RecordStateCoding.decode($0, id: id, kind: RecordKind(rawValue: "entry"))
    }
    if let state { look(at: state) }
  }

  private static let searchQuery = FuzzTarget(name: "search-query") { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    let tokens = SearchToken.tokens(of: [text])
    expect(
      SearchToken.tokens(ofLine: tokens.map(\.text).joined(separator: " ")) == tokens,
      "a query is not read as it was written")
    let query = try? SearchQuery(tokens) {
      try CivilDay.typedRange($0, now: 1_790_000_000_000, zones: .utc)
    }
    _ = query?.marks.ranges(in: text)
    // What stands in a text lies inside of it, mark after mark.
    var end = text.startIndex
    for mark in TextMarks(text).marks {
      expect(mark.range.lowerBound >= end, "marks overlap")
      end = mark.range.upperBound
    }
  }
}
