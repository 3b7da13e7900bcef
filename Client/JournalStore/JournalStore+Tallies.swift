internal import GRDB
package import JournalModel

extension JournalStore {
  /// The days on which there is something that a query selects, ascending; its limit is not heeded.
  ///
  /// Makes no state: of each record only what is counted is read.
  package func tallies(matching query: RecordQuery) throws -> [DayTally] {
    var counter = TallyCounter()
    if query.isAll {
      try reading { db in
        // The plus keeps it to the order of the table: by an index it takes three times as long.
        try db.rows(
          "SELECT day, kind, state FROM record WHERE +shelf = ?1",
          [.integer((query.trashed ? Shelf.trash : .listed).rawValue)]
        ) { row in
          try counter.count(row)
          return true
        }
      }
      return counter.tallies
    }
    var all = query
    all.limit = nil
    guard let selection = try selection(all) else { return [] }
    try reading { db in
      try selection.rows(db) { row in
        try db.rows("SELECT day, kind, state FROM record WHERE row = ?1", [.integer(row)]) { row in
          try counter.count(row)
          return true
        }
      }
    }
    return counter.tallies
  }

  /// Some record that a query selects; `nil` if there is none.
  package func randomRecord(
    matching query: RecordQuery, using generator: inout some RandomNumberGenerator
  ) throws -> RecordState? {
    guard let selection = try selection(query) else { return nil }
    return try reading { db in
      var rows: [Int64] = []
      try selection.rows(db) { rows.append($0) }
      return try rows.randomElement(using: &generator).map { try Self.state($0, db) }
    }
  }
}

extension RecordQuery {
  /// Everything that is not in the trash, or everything in it.
  fileprivate var isAll: Bool {
    kinds == RecordKind.journal && from == nil && to == nil && tags.isEmpty && people.isEmpty
      && journals.isEmpty && !starred && search == nil
  }
}

private struct TallyCounter {
  private var talliesByDay: [Int64: DayTally] = [:]

  var tallies: [DayTally] { talliesByDay.values.sorted { $0.day < $1.day } }

  mutating func count(_ row: ResultRow) throws {
    let kind = RecordKind(rawValue: row.text(1))
    guard let prose = Self.prose[kind] else { return }
    let number = row.integer(0)
    guard let day = CivilDay(number: number) else { throw DamagedRow() }
    var words = 0
    var score: Int?
    try row.withBytes(2) { bytes in
      try RegisterScan.visit(bytes) { name, value in
        switch value {
        case .text(let text) where prose.contains { name.elementsEqual($0) }:
          words += WordCount.words(in: text)
        case .integer(let value) where kind == .mood && name.equals(.score):
          if (1...10).contains(value) { score = Int(value) }
        default: break
        }
      }
    }
    talliesByDay[number, default: DayTally(day: day)].countsByKind[kind, default: 0] += 1
    talliesByDay[number]?.words += words
    if let score { talliesByDay[number]?.scores.append(score) }
  }

  /// The bytes of the names of prose, by kind.
  private static let prose: [RecordKind: [[UInt8]]] = Dictionary(
    uniqueKeysWithValues: RecordKind.journal.map { kind in
      let names: [RegisterName] = [
        .title, .text, .trigger, .said, .meant, .fear, .action, .note, .fearedOutcome,
        .actualOutcome,
      ]
      return (kind, names.filter { $0.isProse(in: kind) }.map { Array($0.rawValue.utf8) })
    })
}
