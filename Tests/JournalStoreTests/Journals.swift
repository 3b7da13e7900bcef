import Foundation
import JournalModel
import JournalSealing
import OperationLog
import Synchronization
import TestSupport
import Testing

@testable import JournalStore

/// The clock and machine of a test: nothing is left to chance but what is said to be random.
struct TestMachine {
  let milliseconds = Shared(Int64(1_790_000_000_000))
  let generator: Shared<SeededGenerator>
  var name: String
  var busyMilliseconds = 5_000

  init(_ name: String = "desk", seed: UInt64 = .random(in: .min ... .max)) {
    self.name = name
    generator = Shared(SeededGenerator(seed: seed))
  }

  final class Shared<Value: Sendable>: Sendable {
    private let mutex: Mutex<Value>

    init(_ value: Value) { mutex = Mutex(value) }

    func with<Result: Sendable>(_ body: (inout sending Value) -> sending Result) -> Result {
      mutex.withLock(body)
    }
  }

  var environment: StoreEnvironment {
    StoreEnvironment(
      wallClockMilliseconds: { [milliseconds] in milliseconds.with { $0 } },
      randomBytes: { [generator] count in
        generator.with { generator in
          (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
        }
      },
      machine: Array(name.utf8), hostName: name, zones: .utc,
      busyMilliseconds: busyMilliseconds)
  }

  func open(_ folder: URL, mode: StoreMode = .readWrite) throws -> JournalStore {
    try JournalStore.open(folder: folder.path, environment: environment, mode: mode)
  }
}

func withStore(
  _ machine: TestMachine = TestMachine(), _ body: (JournalStore) throws -> Void
) async throws {
  try await withTemporaryFolder { folder in try body(try machine.open(folder)) }
}

/// A record id that says which record of a test it is.
func recordID(_ number: Int) throws -> RecordID {
  var bytes = [UInt8](repeating: 0, count: 8)
  // Spread over all beginnings, as random ids are.
  bytes.append(bigEndian: UInt64(number))
  var generator = SeededGenerator(seed: UInt64(number))
  var first: [UInt8] = []
  first.append(bigEndian: generator.next())
  return try #require(RecordID(first + bytes.suffix(8)))
}

func entry(
  _ number: Int, _ text: String, date: String = "2026-11-21T08:15:00+01:00[Europe/Berlin]",
  _ change: (inout EntryDraft) -> Void = { _ in }
) throws -> RecordChange {
  var draft = EntryDraft(date: try #require(JournalDate(rfc9557: date)), text: text)
  change(&draft)
  return try draft.change(record: try recordID(number), createdAt: 1_790_000_000_000)
}

func setting(
  _ register: RegisterName, _ value: FieldValue
) -> (RecordState) throws -> RecordChange? {
  { state in
    var edit = RecordEdit()
    edit.set(register, value)
    return try edit.change(of: state)
  }
}

extension JournalStore {
  /// All that it knows, as if it came from a server.
  func everything() throws -> [OpenedOperation] {
    let keys = try keys
    return try known().flatMap { device in
      try operations(
        of: device.device, .first ... .max, limitOperations: .max, limitBytes: .max)
    }
    .map { operation in
      OpenedOperation(
        operation: operation,
        change: operation.isStub ? nil : try keys.open(payloadOf: operation))
    }
  }

  func texts(_ change: (inout RecordQuery) -> Void = { _ in }) throws -> [String] {
    var query = RecordQuery()
    change(&query)
    return try records(matching: query).map { $0[.text]?.text ?? $0[.title]?.text ?? "" }
  }

  func texts(finding words: String...) throws -> [String] {
    try texts { $0.search = SearchQuery(parsing: words) }.sorted()
  }

  /// Everything that must hold in any journal.
  func expectConsistent(sourceLocation: SourceLocation = #_sourceLocation) throws {
    try writing { log in
      #expect(try log.recomputedDigest() == log.journal.digest, sourceLocation: sourceLocation)
      var changes: [Int64: [StampedChange]] = [:]
      try log.db.rows(
        "SELECT record, key, timestamp, payload FROM operation WHERE record IS NOT NULL", []
      ) { row in
        changes[row.integer(0), default: []].append(
          StampedChange(
            stamp: Stamp(
              timestamp: Timestamp(rawValue: UInt64(row.integer(2))),
              id: try log.devices.operation(key: row.integer(1))),
            change: try PayloadCoding.decode(row.bytes(3))))
        return true
      }
      for (row, changes) in changes {
        let record = try #require(try RecordRow.load(row: row, log.db))
        let merged = RecordState(id: record.state.id, merging: changes)
        #expect(merged == record.state, sourceLocation: sourceLocation)
      }
      for device in log.devices.rows where device.sequences.gapless != .none {
        let header = try log.db.first(
          "SELECT header FROM operation WHERE key = ?1",
          .integer(device.key(device.sequences.gapless)), read: { $0.bytes(0) })
        #expect(
          device.digest?.bytes == header.map { Array($0.suffix(16)) },
          sourceLocation: sourceLocation)
      }
    }
    let keys = try keys
    for device in try known() {
      for operation in try operations(
        of: device.device, .first ... .max, limitOperations: .max, limitBytes: .max)
      {
        guard !operation.isStub else { continue }
        #expect(keys.verify(operation), sourceLocation: sourceLocation)
      }
    }
  }
}
