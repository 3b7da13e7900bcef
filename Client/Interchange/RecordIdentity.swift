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
    var hash = IdentityHash("content", format.rawValue, change.kind.rawValue)
    hash.combine(change, instant: identity.instant)
    if let id = identity.sharedID { hash.combine(id) }
    let content = hash.id
    switch identity {
    case .record(let id):
      return naming(id, text: id.description, content)
    case .source(let text):
      let id = IdentityHash("source", format.rawValue, change.kind.rawValue, text).id
      return naming(id, text: text, content)
    case .content, .contentWith:
      let count = countsByContent[content, default: 0]
      countsByContent[content] = count + 1
      return .id(count == 0 ? content : IdentityHash("again", content.description, "\(count)").id)
    }
  }

  private mutating func naming(_ id: RecordID, text: String, _ content: RecordID) -> Naming {
    guard let known = contentsByID[id] else {
      contentsByID[id] = content
      return .id(id)
    }
    if known == content { return .id(id) }
    return .usedTwice(IdentityHash("twice", id.description, content.description).id, text)
  }
}

/// SHA-256 over parts, each with its length before it.
private struct IdentityHash {
  private var hash = SHA256()

  init(_ parts: String...) {
    hash.update(data: Array("ebb/import/2".utf8))
    for part in parts { combine(part) }
  }

  mutating func combine(_ part: String) { combine("", part) }

  /// One part, in two pieces.
  private mutating func combine(_ head: StaticString, _ tail: String) {
    var tail = tail
    tail.withUTF8 { utf8 in
      let count = UInt64(head.utf8CodeUnitCount + utf8.count)
      withUnsafeBytes(of: count.bigEndian) { hash.update(bufferPointer: $0) }
      head.withUTF8Buffer { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
      hash.update(bufferPointer: UnsafeRawBufferPointer(utf8))
    }
  }

  /// The registers and their values; when it was created is not content, and neither is the time
  /// zone of a date, for most sources name none and are read in this machine's.
  ///
  /// - Parameter instant: Unix milliseconds, where that is all the source says of the date.
  mutating func combine(_ change: RecordChange, instant: Int64?) {
    for write in change.writes where write.register != .created {
      if write.register == .date, let instant {
        combine("date")
        combine("m", "\(instant)")
        continue
      }
      combine(write.register.rawValue)
      if let wallClock = write.wallClock {
        combine("d", wallClock)
        continue
      }
      switch write.value {
      case .text(let text): combine("t", text)
      case .integer(let integer): combine("i", "\(integer)")
      case .boolean(let boolean): combine(boolean ? "b1" : "b0")
      case .absent: combine("a")
      case .unknown: combine("u")
      }
    }
  }

  var id: RecordID {
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
