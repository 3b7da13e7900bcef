internal import GRDB
package import JournalModel
internal import OperationLog

extension JournalStore {
  /// What can be counted of the mood logs that are not in the trash, oldest first.
  ///
  /// Makes no state: ten years of logs take some hundredths of a second.
  package func moodFacts() throws -> [MoodFacts] {
    try reading { db in
      var facts: [MoodFacts] = []
      var placesByRow: [Int64: Int] = [:]
      try db.rows(
        """
        SELECT row, id, day, instant, state FROM record WHERE shelf = ?1 AND kind = ?2
        ORDER BY instant, id
        """, [.integer(Shelf.listed.rawValue), .text(RecordKind.mood.rawValue)]
      ) { row in
        placesByRow[row.integer(0)] = facts.count
        facts.append(try MoodFacts(row))
        return true
      }
      let prefix = RegisterName.Family.person.rawValue + "/"
      // "0" follows "/". Ascending, as the names of a record are.
      try db.rows(
        "SELECT row, name FROM label WHERE shelf = ?1 AND name >= ?2 AND name < ?3 ORDER BY name",
        [
          .integer(Shelf.listed.rawValue), .text(prefix),
          .text(RegisterName.Family.person.rawValue + "0"),
        ]
      ) { row in
        guard let place = placesByRow[row.integer(0)],
          let person = RegisterName(row.text(1)).member(of: .person)
        else { return true }
        facts[place].people.append(person)
        return true
      }
      return facts
    }
  }
}

extension MoodFacts {
  /// Reads the columns row, id, day, instant and state.
  fileprivate init(_ row: ResultRow) throws {
    guard let id = RecordID(row.bytes(1)), let day = CivilDay(number: row.integer(2)) else {
      throw DamagedRow()
    }
    self.init(id: id, day: day, instantMilliseconds: row.integer(3))
    try row.withBytes(4) { bytes in try RegisterScan.visit(bytes) { read($0, $1) } }
  }

  /// Reads a register; a value out of its range is none, as in `MoodLog`.
  private mutating func read(_ name: UnsafeRawBufferPointer, _ value: RegisterScan.Value) {
    switch value {
    case .integer(let integer): read(name, integer)
    case .text(let text): read(name, text)
    case .boolean(true) where name.starts(with: Self.signPrefix):
      signs.append(String(decoding: name.dropFirst(Self.signPrefix.count), as: UTF8.self))
    case .boolean, .none: break
    }
  }

  private static let signPrefix = Array((RegisterName.Family.sign.rawValue + "/").utf8)

  private mutating func read(_ name: UnsafeRawBufferPointer, _ integer: Int64) {
    if name.equals(.score) {
      score = Self.number(integer, 1...10)
    } else if name.equals(.closeness) {
      closeness = Self.number(integer, 0...10)
    } else if name.equals(.urge) {
      urge = Self.number(integer, 0...10)
    } else if name.equals(.scoreBefore) {
      scoreBefore = Self.number(integer, 1...10)
    } else if name.equals(.urgeBefore) {
      urgeBefore = Self.number(integer, 0...10)
    }
  }

  private static func number(_ integer: Int64, _ range: ClosedRange<Int>) -> Int? {
    Int(exactly: integer).flatMap { range.contains($0) ? $0 : nil }
  }

  private mutating func read(_ name: UnsafeRawBufferPointer, _ text: UnsafeRawBufferPointer) {
    if name.equals(.date) {
      hour = Self.hour(text)
    } else if name.equals(.pull) {
      pull = Pull(rawValue: String(decoding: text, as: UTF8.self))
    } else if name.equals(.technique) {
      technique = String(decoding: text, as: UTF8.self)
    }
  }

  /// Of `2026-11-21T08:15:00+01:00[Europe/Berlin]`.
  private static func hour(_ text: UnsafeRawBufferPointer) -> Int? {
    let zero = UInt8(ascii: "0")
    guard text.count > 13, text[10] == UInt8(ascii: "T"),
      (zero...zero + 2).contains(text[11]), (zero...zero + 9).contains(text[12])
    else { return nil }
    let hour = Int(text[11] - zero) * 10 + Int(text[12] - zero)
    return hour < 24 ? hour : nil
  }
}
