/// Daylio's backup: an archive with one file, JSON in base64. The JSON alone is read, too.
enum DaylioBackupImporter: Importer {
  static let isDocument = true

  static func recognises(_ source: ImportSource) throws -> Bool {
    guard !source.isFolder else { return false }
    if let archive = try ZipSource.archive(source) { return backup(in: archive) != nil }
    guard let outline = JSONDocument.outline(try source.beginning(bytesMax: 1 << 16)) else {
      return false
    }
    return !outline.isArray && !outline.names.isDisjoint(with: ["dayEntries", "customMoods"])
  }

  static func read(
    _ source: ImportSource, _ settings: ImportSettings, report: inout ImportReport,
    take: (ImportedRecord) throws -> Void
  ) throws {
    var value = JSONValue.null
    try JSONDocument.read(document(source), file: source.name, settings) {
      value = try $0.value()
    }
    guard value["dayEntries"]?.elements != nil else {
      throw ImportError.damaged(
        SourcePlace(file: source.name), reason: "it has no list of entries")
    }
    try DaylioBackup(value, settings, SourcePlace(file: source.name)).read(&report, take)
  }

  private static func backup(in archive: ZipArchive) -> ZipEntry? {
    archive.entries.first { $0.name.lowercased() == "backup.daylio" }
  }

  private static func document(_ source: ImportSource) throws -> [UInt8] {
    guard let archive = try ZipSource.archive(source), let entry = backup(in: archive) else {
      return try source.bytes()
    }
    let written = try ZipSource.telling(source) { try archive.contents(of: entry) }
    guard let bytes = Base64.decoded(written) else {
      throw ImportError.damaged(
        SourcePlace(file: source.name), reason: "“\(entry.name)” in it is not base64")
    }
    return bytes
  }
}

/// Base64 (RFC 4648), with line ends anywhere.
enum Base64 {
  /// `nil` for anything else, and for what ends in the middle.
  static func decoded(_ text: [UInt8]) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 4 * 3)
    var bits: UInt32 = 0
    var count = 0
    var isPadded = false
    for byte in text {
      if byte == 0x0a || byte == 0x0d || byte == 0x20 { continue }
      if byte == UInt8(ascii: "=") {
        isPadded = true
        count += 1
        continue
      }
      guard !isPadded, let value = value(byte) else { return nil }
      bits = bits << 6 | value
      count += 1
      switch count % 4 {
      case 2: bytes.append(UInt8(truncatingIfNeeded: bits >> 4))
      case 3: bytes.append(UInt8(truncatingIfNeeded: bits >> 2))
      case 0: bytes.append(UInt8(truncatingIfNeeded: bits))
      default: break
      }
    }
    return count.isMultiple(of: 4) ? bytes : nil
  }

  private static func value(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte) - 65
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte) - 71
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte) + 4
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
