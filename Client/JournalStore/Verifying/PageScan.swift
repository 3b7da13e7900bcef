private import Foundation

/// Reads the rows of a SQLite file from its leaf pages, one page at a time, without following the
/// trees above them: whatever is damaged elsewhere, a page that is whole gives its rows.
///
/// Pages on the list of free ones are left out as far as that list can be read: they may hold what
/// was replaced since. Format: <https://www.sqlite.org/fileformat2.html>.
struct PageScan {
  let descriptor: Int32
  let pageSize: Int
  let pageCount: Int

  init(_ copy: JournalCopy) {
    descriptor = copy.scratch.descriptor.number
    pageSize = copy.pageSize
    pageCount = copy.bytes / copy.pageSize
  }

  enum Row {
    /// Of a table with integer keys.
    case table(key: Int64, [Column])
    /// Of an index, or of a table without integer keys.
    case index([Column])
  }

  enum Column {
    case null
    case integer(Int64)
    case blob([UInt8])
    case text([UInt8])
  }

  func rows(_ body: (Row) throws -> Void) throws {
    let free = freePages()
    for number in 1...max(pageCount, 1) where !free.contains(number) {
      guard let page = page(number) else { continue }
      for row in rows(on: page, start: number == 1 ? 100 : 0) { try body(row) }
    }
  }

  func page(_ number: Int) -> [UInt8]? {
    guard (1...max(pageCount, 1)).contains(number) else { return nil }
    var page = [UInt8](repeating: 0, count: pageSize)
    let count = pread(descriptor, &page, pageSize, off_t(number - 1) * off_t(pageSize))
    return count == pageSize ? page : nil
  }

  private func freePages() -> Set<Int> {
    guard let first = page(1) else { return [] }
    var free: Set<Int> = []
    var trunk = first.number(at: 32)
    while trunk != 0, free.insert(trunk).inserted, let page = page(trunk) {
      let count = min(page.number(at: 4), pageSize / 4 - 2)
      for index in 0..<max(count, 0) { free.insert(page.number(at: 8 + 4 * index)) }
      trunk = page.number(at: 0)
    }
    return free
  }

  private func rows(on page: [UInt8], start: Int) -> [Row] {
    let isTable: Bool
    switch page[start] {
    case 0x0D: isTable = true
    case 0x0A: isTable = false
    default: return []
    }
    let count = Int(page[start + 3]) << 8 | Int(page[start + 4])
    guard start + 8 + 2 * count <= page.count else { return [] }
    return (0..<count).compactMap { index in
      let pointer = start + 8 + 2 * index
      let offset = Int(page[pointer]) << 8 | Int(page[pointer + 1])
      return row(at: offset, on: page, isTable: isTable)
    }
  }

  private func row(at offset: Int, on page: [UInt8], isTable: Bool) -> Row? {
    var position = offset
    guard let size = page.varint(at: &position), (1...Self.rowBytesMax).contains(size)
    else { return nil }
    var key: Int64 = 0
    if isTable {
      guard let found = page.varint(at: &position) else { return nil }
      key = found
    }
    guard
      let payload = payload(
        Int(size), at: position, on: page, localMax: isTable ? pageSize - 35 : indexLocalMax),
      let columns = columns(payload)
    else { return nil }
    return isTable ? .table(key: key, columns) : .index(columns)
  }

  /// More than any row of a journal has.
  private static let rowBytesMax: Int64 = 16 << 20

  private var indexLocalMax: Int { (pageSize - 12) * 64 / 255 - 23 }

  /// The payload of a cell, with what lies on overflow pages.
  private func payload(_ size: Int, at position: Int, on page: [UInt8], localMax: Int) -> [UInt8]? {
    let least = (pageSize - 12) * 32 / 255 - 23
    var local = size
    if size > localMax {
      let fitting = least + (size - least) % (pageSize - 4)
      local = fitting <= localMax ? fitting : least
    }
    guard position + local <= page.count else { return nil }
    var payload = Array(page[position..<(position + local)])
    guard payload.count < size else { return payload }
    guard position + local + 4 <= page.count else { return nil }
    var next = page.number(at: position + local)
    while payload.count < size {
      guard let overflow = self.page(next) else { return nil }
      payload += overflow[4...].prefix(size - payload.count)
      next = overflow.number(at: 0)
    }
    return payload
  }

  /// The columns of a record: a header of types, then their values.
  private func columns(_ record: [UInt8]) -> [Column]? {
    var position = 0
    guard let headerSize = record.varint(at: &position),
      (1...Int64(record.count)).contains(headerSize)
    else { return nil }
    var value = Int(headerSize)
    var columns: [Column] = []
    while position < Int(headerSize) {
      guard let type = record.varint(at: &position), type >= 0, let size = Self.size(of: type),
        size <= record.count - value
      else { return nil }
      let bytes = record[value..<(value + size)]
      value += size
      switch type {
      case 0: columns.append(.null)
      case 1...6: columns.append(.integer(Self.integer(bytes)))
      case 8: columns.append(.integer(0))
      case 9: columns.append(.integer(1))
      case 12...: columns.append(type.isMultiple(of: 2) ? .blob(Array(bytes)) : .text(Array(bytes)))
      default: return nil
      }
    }
    return columns
  }

  private static func size(of type: Int64) -> Int? {
    switch type {
    case 0...4: Int(type)
    case 5: 6
    case 6: 8
    case 8, 9: 0
    case 12...: Int((type - 12) / 2)
    default: nil
    }
  }

  private static func integer(_ bytes: ArraySlice<UInt8>) -> Int64 {
    let isNegative = bytes.first.map { $0 >= 0x80 } ?? false
    return bytes.reduce(isNegative ? -1 : 0) { $0 << 8 | Int64($1) }
  }
}

extension [UInt8] {
  /// Four bytes, the most significant first; 0 beyond the end.
  fileprivate func number(at position: Int) -> Int {
    guard position >= 0, position + 4 <= count else { return 0 }
    return self[position..<(position + 4)].reduce(0) { $0 << 8 | Int($1) }
  }

  /// SQLite's numbers of one to nine bytes.
  fileprivate func varint(at position: inout Int) -> Int64? {
    var number: UInt64 = 0
    for place in 0..<9 {
      guard position >= 0, position < count else { return nil }
      let byte = self[position]
      position += 1
      if place == 8 { return Int64(bitPattern: number << 8 | UInt64(byte)) }
      number = number << 7 | UInt64(byte & 0x7F)
      if byte < 0x80 { return Int64(bitPattern: number) }
    }
    return nil
  }
}
