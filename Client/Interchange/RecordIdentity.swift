private import Crypto
package import JournalModel
internal import OperationLog

/// Gives imported records their ids: always the same for the same record of the same source.
///
/// An id is the first 16 bytes of SHA-256 over length-prefixed parts: a label, the format, and the
/// source's own id; or where there is none the record's content and how many of the same content
/// came before it. So an import can be repeated, on any machine, and adds nothing twice.
package struct RecordIdentities {
  private let format: ImportFormat
  private var countsByContent: [RecordID: Int] = [:]
  /// What the records say that the source names by ids of its own.
  private var contentsByID: [RecordID: RecordID] = [:]

  package enum Naming: Hashable, Sendable {
    case id(RecordID)
    /// The source has given its id to another record that says something else: this one gets an
    /// id of its own.
    case usedTwice(RecordID, String)
  }

  package init(format: ImportFormat) {
    self.format = format
  }

  /// - Parameter change: what the record says, under any id.
  package mutating func naming(
    _ identity: ImportedRecord.Identity, _ change: RecordChange
  ) -> Naming {
    let content = Self.id(
      ["content", format.rawValue] + Self.parts(of: change, identity.instant)
        + [identity.sharedID].compactMap { $0 })
    switch identity {
    case .record(let id):
      return naming(id, text: id.description, content)
    case .source(let text):
      let id = Self.id(["source", format.rawValue, change.kind.rawValue, text])
      return naming(id, text: text, content)
    case .content, .contentWith:
      let count = countsByContent[content, default: 0]
      countsByContent[content] = count + 1
      return .id(count == 0 ? content : Self.id(["again", content.description, "\(count)"]))
    }
  }

  private mutating func naming(_ id: RecordID, text: String, _ content: RecordID) -> Naming {
    guard let known = contentsByID[id] else {
      contentsByID[id] = content
      return .id(id)
    }
    if known == content { return .id(id) }
    return .usedTwice(Self.id(["twice", id.description, content.description]), text)
  }

  /// The registers and their values; when it was created is not content, and neither is the time
  /// zone of a date, for most sources name none and are read in this machine's.
  ///
  /// - Parameter instant: Unix milliseconds, where that is all the source says of the date.
  private static func parts(of change: RecordChange, _ instant: Int64?) -> [String] {
    [change.kind.rawValue]
      + change.writes.filter { $0.register != .created }.flatMap { write in
        if write.register == .date, let instant { return ["date", "m\(instant)"] }
        return [write.register.rawValue, write.wallClock.map { "d" + $0 } ?? part(of: write.value)]
      }
  }

  private static func part(of value: RegisterValue) -> String {
    switch value {
    case .text(let text): "t" + text
    case .integer(let integer): "i\(integer)"
    case .boolean(let boolean): boolean ? "b1" : "b0"
    case .absent: "a"
    case .unknown: "u"
    }
  }

  private static func id(_ parts: [String]) -> RecordID {
    var hash = SHA256()
    hash.update(data: Array("ebb/import/2".utf8))
    for var part in parts {
      part.withUTF8 { utf8 in
        withUnsafeBytes(of: UInt64(utf8.count).bigEndian) { hash.update(bufferPointer: $0) }
        hash.update(bufferPointer: UnsafeRawBufferPointer(utf8))
      }
    }
    guard let id = RecordID(Array(hash.finalize().prefix(RecordID.count))) else {
      preconditionFailure("SHA-256 has 32 bytes")
    }
    return id
  }
}

extension ImportedRecord.Identity {
  fileprivate var instant: Int64? {
    if case .contentWith(_, let instant) = self { instant } else { nil }
  }

  fileprivate var sharedID: String? {
    if case .contentWith(let id, _) = self { id } else { nil }
  }
}
