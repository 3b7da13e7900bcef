import Foundation
import JournalModel
import JournalSealing
import OperationLog
import TestSupport
import Testing

@testable import JournalStore

/// Bytes of a journal's file are changed, wherever they lie. `EBB_FLIP_STRIDE=1` tries every byte,
/// as `scripts/flip-bytes` does; without it, the beginning of each page and some places more.
struct FlippedByteTests {
  @Test(arguments: FlippedJournal.masks)
  func `every flip that changes a result is noticed, none is fatal, and all are repaired`(
    mask: UInt8
  ) async throws {
    try await FlippedJournal.forEachFlip(of: mask) { flip in
      let results = JournalResults(flip.folder, flip.machine)
      let place: Comment = "byte \(flip.offset) is \(flip.byte)"
      switch try JournalStore.repair(
        folder: flip.folder.path, environment: flip.machine.environment)
      {
      case .well:
        #expect(results.differences(from: flip.original.results) == [], place)
      case .keysLost: Issue.record(place)
      case .repaired(let repair):
        #expect(try Data(contentsOf: URL(filePath: repair.keptFile)) == flip.bytes, place)
        try flip.expectHealed(place)
      }
    }
  }
}

extension FlippedJournal {
  /// With what another machine has, the repaired journal is as whole as ever.
  fileprivate func expectHealed(_ place: Comment) throws {
    let store = try machine.open(folder)
    _ = try store.apply(original.operations, bulk: false)
    try store.reissueBeyondGaps(knownToServer: nil)
    let after = try JournalStore.verify(folder: folder.path, environment: machine.environment)
    #expect(after.findings == [], place)
    #expect(try store.stateDigest == original.stateDigest, place)
    #expect(JournalResults(folder, machine).differences(from: original.results) == [], place)
    // Nothing new ever bears the name of something old.
    let new = try store.write([try entry(99, "Afterwards")])
    #expect(Set(original.operations.map(\.operation.header.id)).isDisjoint(with: new), place)
  }
}

/// A small journal with something of everything, and copies of it with one byte changed.
struct FlippedJournal {
  let folder: URL
  let machine: TestMachine
  let original: Original
  let offset: Int
  /// What stands there now, and the whole file.
  let byte: UInt8
  let bytes: Data

  struct Original {
    let operations: [OpenedOperation]
    let stateDigest: StateDigest
    let results: JournalResults
  }

  static let masks: [UInt8] = [0x01, 0x80]

  static var stride: Int? {
    ProcessInfo.processInfo.environment["EBB_FLIP_STRIDE"].flatMap { Int($0) }
  }

  static func forEachFlip(
    of mask: UInt8, _ body: (FlippedJournal) throws -> Void
  ) async throws {
    try await withTemporaryFolder { parent in
      let machine = TestMachine(seed: 7)
      let folder = parent.appending(path: "original")
      let original = try make(in: folder, machine)
      let bytes = try Data(contentsOf: folder.appending(path: "journal.sqlite"))
      for offset in offsets(in: bytes, mask) {
        let home = parent.appending(path: "flipped")
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        var flipped = bytes
        flipped[offset] ^= mask
        try flipped.write(to: home.appending(path: "journal.sqlite"))
        try body(
          FlippedJournal(
            folder: home, machine: machine, original: original, offset: offset,
            byte: flipped[offset], bytes: flipped))
        try FileManager.default.removeItem(at: home)
      }
    }
  }

  private static func offsets(in bytes: Data, _ mask: UInt8) -> [Int] {
    if let stride { return Array(Swift.stride(from: 0, to: bytes.count, by: stride)) }
    var generator = SeededGenerator(seed: UInt64(mask))
    let pageSize = 4096
    return Swift.stride(from: 0, to: bytes.count, by: pageSize).flatMap { start in
      let some = (0..<2).map { _ in start + Int.random(in: 0..<pageSize, using: &generator) }
      // Where there is something, rather than nothing.
      let full = (start..<start + pageSize).filter { bytes[$0] != 0 }
      let more = (0..<4).compactMap { _ in full.randomElement(using: &generator) }
      return [start, start + 3, start + 8] + some + more
    }
  }

  private static func make(in folder: URL, _ machine: TestMachine) throws -> Original {
    let store = try machine.open(folder)
    for number in 1...6 {
      try store.write([
        try entry(number, "By the river, alone \(number)") {
          $0.tags = ["river"]
          $0.people = number == 2 ? ["Ida"] : []
          $0.isStarred = number == 3
        }
      ])
    }
    try store.write(editing: try recordID(1), setting(.text, .text("Home again, late")))
    try store.write(editing: try recordID(2), { $0.trashing() })
    try store.write([try entry(7, String(repeating: "A long day. ", count: 700))])
    // Something that deflating does not make small: it needs pages of its own.
    var generator = SeededGenerator(seed: 8)
    let letters = (0..<9_000).map { _ in UInt8.random(in: 97...122, using: &generator) }
    try store.write([try entry(8, String(decoding: letters, as: UTF8.self))])
    // From another machine: a conflict, and something of its own.
    try withStoreCopy(of: store, folder, machine) { other in
      try other.write(editing: try recordID(1), setting(.text, .text("Never came home")))
      try other.write(editing: try recordID(4), setting(.title, .text("Elsewhere")))
      _ = try store.apply(try other.everything(), bulk: false)
    }
    try store.write(editing: try recordID(1), setting(.title, .text("Evening")))
    try erase(in: store)
    return Original(
      operations: try store.everything(), stateDigest: try store.stateDigest,
      results: JournalResults(folder, machine))
  }

  /// One record that a server knows, and one that nobody else has seen.
  private static func erase(in store: JournalStore) throws {
    try store.write([try entry(10, "Not meant to last")])
    try store.markAccepted(
      Dictionary(
        try store.known().filter(\.isOwn).map { ($0.device, $0.sequences.last) },
        uniquingKeysWith: { $1 }))
    try store.write([try entry(11, "Nor this")])
    #expect(try store.erase([try recordID(10), try recordID(11)]) == 2)
    try store.finishErasing()
  }

  private static func withStoreCopy(
    of store: JournalStore, _ folder: URL, _ machine: TestMachine,
    _ body: (JournalStore) throws -> Void
  ) throws {
    let copy = folder.deletingLastPathComponent().appending(path: "other")
    try FileManager.default.copyItem(at: folder, to: copy)
    var other = machine
    other.name = "lap"
    try body(try other.open(copy))
  }
}

/// What reading a journal shows; for what cannot be read, that it cannot.
struct JournalResults: Equatable {
  private var answers: [String] = []

  init(_ folder: URL, _ machine: TestMachine) {
    do {
      let store = try machine.open(folder, mode: .readOnly)
      add { try store.records(matching: RecordQuery()) }
      add { try store.texts { $0.trashed = true } }
      add { try store.texts { $0.tags = ["river"] } }
      add {
        try store.texts {
          $0.people = ["Ida"]; $0.trashed = true
        }
      }
      add { try store.texts { $0.starred = true } }
      add {
        try store.texts {
          $0.oldestFirst = true; $0.limit = 2
        }
      }
      for word in ["river", "home", "alone", "long", "elsewhere", "never"] {
        add { try store.texts(finding: word) }
      }
      add { try store.tagCounts().map { "\($0.name) \($0.count)" } }
      add { try store.peopleCounts().map { "\($0.name) \($0.count)" } }
      // Of record 11 nothing was ever in the log: that it was erased is known in one place alone.
      add { try store.wasErased(try recordID(10)) }
      for number in 1...8 {
        let id = try recordID(number)
        add { try store.state(of: id) }
        add { try store.history(of: id) }
        add { try store.identify(id.description) }
      }
    } catch {
      answers.append("nothing can be read")
    }
  }

  /// The answers that are not as they were.
  func differences(from others: JournalResults) -> [String] {
    guard answers.count == others.answers.count else { return ["\(answers.count) answers"] }
    return zip(answers, others.answers).enumerated().compactMap { index, pair in
      pair.0 == pair.1 ? nil : "answer \(index): \(pair.0)"
    }
  }

  private mutating func add(_ answer: () throws -> some Any) {
    // Sets and dictionaries have another order each time.
    answers.append((try? answer()).map { Self.text(of: $0) } ?? "cannot be read")
  }

  private static func text(of value: some Any) -> String {
    if let states = value as? [RecordState] { return states.map { text(of: $0) }.joined() }
    guard let state = value as? RecordState else { return "\(value)" }
    return "\(state.id) \(state.kind) \(state.modified) "
      + state.registers.map { "\($0)" }.sorted().joined(separator: ", ")
  }
}
