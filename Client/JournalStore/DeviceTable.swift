internal import GRDB
internal import OperationLog

/// The devices that have written, and what is known of each: the version vector.
struct DeviceTable {
  /// Ascending by slot.
  private(set) var rows: [DeviceRow] = []
  /// Where in `rows` a device is, ascending by id.
  private var places: [(id: DeviceID, index: Int)] = []
  private var changed: Set<Int> = []

  static func load(_ db: Database) throws -> DeviceTable {
    var table = DeviceTable()
    let rows = try db.all(
      "SELECT slot, id, own, gapless, digest, beyond, accepted, released FROM device ORDER BY slot",
      read: DeviceRow.init)
    table.rows.reserveCapacity(rows.count)
    table.places.reserveCapacity(rows.count)
    for row in rows {
      guard let row, table[row.id] == nil else { throw DamagedRow() }
      table.append(row)
    }
    return table
  }

  subscript(id: DeviceID) -> DeviceRow? { index(of: id).map { rows[$0] } }

  subscript(slot slot: Int64) -> DeviceRow? {
    let index = rows.firstBeyond { $0.slot >= slot }
    guard index < rows.count, rows[index].slot == slot else { return nil }
    return rows[index]
  }

  /// The operation that a key of table `operation` stands for.
  func operation(key: Int64) throws -> OperationID {
    guard let row = self[slot: key >> DeviceRow.sequenceBits] else { throw DamagedRow() }
    let sequence = UInt64(key & (1 << DeviceRow.sequenceBits - 1))
    return OperationID(device: row.id, sequence: Sequence(sequence))
  }

  func key(of id: OperationID) -> Int64? { self[id.device]?.key(id.sequence) }

  /// The slot of a device, which gets one when it is new.
  mutating func slot(of id: DeviceID, own: Bool = false) -> Int64 {
    if let row = self[id] { return row.slot }
    let row = DeviceRow(slot: (rows.last?.slot ?? 0) + 1, id: id, isOwn: own)
    append(row)
    changed.insert(rows.count - 1)
    return row.slot
  }

  mutating func update(_ id: DeviceID, _ body: (inout DeviceRow) -> Void) {
    guard let index = index(of: id) else { return }
    body(&rows[index])
    changed.insert(index)
  }

  /// Writes what has changed, with the digests that went missing on the way.
  mutating func save(_ db: Database) throws {
    for index in changed {
      try rows[index].findDigest(db)
      try rows[index].save(db)
    }
    changed = []
  }

  private mutating func append(_ row: DeviceRow) {
    places.insert((row.id, rows.count), at: places.firstBeyond { $0.id >= row.id })
    rows.append(row)
  }

  private func index(of id: DeviceID) -> Int? {
    let place = places.firstBeyond { $0.id >= id }
    guard place < places.count, places[place].id == id else { return nil }
    return places[place].index
  }
}

extension Array {
  /// The first index whose element is beyond a border that elements in their order cross once; the
  /// count if none is.
  fileprivate func firstBeyond(_ isBeyond: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBeyond(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// One device, as table `device` has it.
struct DeviceRow {
  let slot: Int64
  let id: DeviceID
  /// This installation has written under this id.
  var isOwn: Bool
  var sequences = KnownSequences()
  /// Of the operation `sequences.gapless`; `nil` if that is `.none`, or not looked up yet.
  var digest: OperationDigest?
  /// Own devices: the last operation that the present server has accepted.
  var accepted = Sequence.none
  /// Own devices: the last operation that any server ever accepted, never to be rewritten.
  var released = Sequence.none

  static let sequenceBits: Int64 = 40
  static let slotMax: Int64 = (1 << (63 - sequenceBits)) - 2

  init(slot: Int64, id: DeviceID, isOwn: Bool) {
    self.slot = slot
    self.id = id
    self.isOwn = isOwn
  }

  init?(_ row: ResultRow) {
    // Numbers outside of these would overflow in keys made of them.
    guard let gapless = Self.sequence(row.integer(3)), let accepted = Self.sequence(row.integer(6)),
      let released = Self.sequence(row.integer(7)), (1...Self.slotMax).contains(row.integer(0)),
      let beyond = Self.ranges(row.bytes(5))
    else { return nil }
    slot = row.integer(0)
    id = DeviceID(rawValue: UInt64(bitPattern: row.integer(1)))
    isOwn = row.integer(2) != 0
    sequences = KnownSequences(gapless: gapless, beyond: beyond)
    digest = row.withBytes(4) { OperationDigest($0) }
    self.accepted = accepted
    self.released = released
  }

  private static func sequence(_ number: Int64) -> Sequence? {
    let number = UInt64(bitPattern: number)
    return number <= Sequence.max.rawValue ? Sequence(number) : nil
  }

  func key(_ sequence: Sequence) -> Int64 {
    slot << Self.sequenceBits | Int64(sequence.rawValue)
  }

  mutating func insert(_ sequence: Sequence, digest: OperationDigest) {
    let before = sequences.gapless
    sequences.insert(sequence)
    guard sequences.gapless != before else { return }
    self.digest = sequences.gapless == sequence ? digest : nil
  }

  mutating func accept(through sequence: Sequence) {
    accepted = max(accepted, sequence)
    released = max(released, accepted)
  }

  fileprivate mutating func findDigest(_ db: Database) throws {
    guard digest == nil, sequences.gapless != .none else { return }
    let header = try db.first(
      "SELECT header FROM operation WHERE key = ?1", .integer(key(sequences.gapless)),
      read: { $0.bytes(0) })
    digest = (header?.suffix(OperationDigest.count)).flatMap(OperationDigest.init)
  }

  fileprivate func save(_ db: Database) throws {
    let beyond = sequences.beyond.flatMap { [$0.lowerBound, $0.upperBound] }
    var ranges: [UInt8] = []
    for bound in beyond { ranges.append(bigEndian: bound.rawValue) }
    try db.run(
      """
      INSERT INTO device(slot, id, own, gapless, digest, beyond, accepted, released)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
      ON CONFLICT (slot) DO UPDATE
      SET own = ?3, gapless = ?4, digest = ?5, beyond = ?6, accepted = ?7, released = ?8
      """,
      .integer(slot), .integer(Int64(bitPattern: id.rawValue)), .integer(isOwn ? 1 : 0),
      .integer(Int64(sequences.gapless.rawValue)), SQLValue(digest?.bytes),
      ranges.isEmpty ? .null : .blob(ranges), .integer(Int64(accepted.rawValue)),
      .integer(Int64(released.rawValue)))
  }

  private static func ranges(_ bytes: [UInt8]) -> [ClosedRange<Sequence>]? {
    var reader = ByteReader(bytes)
    var ranges: [ClosedRange<Sequence>] = []
    while !reader.isAtEnd {
      guard let lower = reader.integer(UInt64.self), let upper = reader.integer(UInt64.self),
        lower <= upper, upper <= Sequence.max.rawValue
      else { return nil }
      ranges.append(Sequence(lower)...Sequence(upper))
    }
    return ranges
  }
}
