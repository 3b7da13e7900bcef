/// A whole JSON file, read element by element.
enum JSONDocument {
  /// Reads the file with `body`, and turns what is wrong with it into `ImportError`: of a document
  /// that is broken anywhere nothing can be taken.
  static func read(
    _ source: ImportSource, _ settings: ImportSettings, _ body: (inout JSONReader) throws -> Void
  ) throws {
    try read(source.bytes(), file: source.name, settings, body)
  }

  static func read(
    _ bytes: [UInt8], file: String, _ settings: ImportSettings,
    _ body: (inout JSONReader) throws -> Void
  ) throws {
    let encoding = settings.encoding ?? TextEncoding.marked(bytes)
    var reader = JSONReader(encoding.map { $0 == .utf8 ? bytes : $0.utf8(bytes) } ?? bytes)
    do {
      try body(&reader)
      try reader.finish()
    } catch let error as JSONError {
      let place = SourcePlace(file: file, line: reader.line())
      if error.reason == .notText {
        throw ImportError.notText(place, byte: error.position + 1)
      }
      throw ImportError.damaged(place, reason: error.clause)
    }
  }

  /// What the beginning of a file shows of its outermost value.
  struct Outline: Hashable {
    var isArray = false
    /// Names of the outermost object, or of the first object of the outermost array.
    var names: Set<String> = []
    /// Names of the first object of the member `entries`.
    var namesOfEntries: Set<String> = []
  }

  /// `nil` for what is no JSON from the first byte on; else as far as `beginning` goes.
  static func outline(_ beginning: [UInt8]) -> Outline? {
    let encoding = TextEncoding.marked(beginning) ?? .utf8
    var reader = JSONReader(encoding == .utf8 ? beginning : encoding.utf8(beginning))
    var outline = Outline()
    do {
      switch reader.next() {
      case UInt8(ascii: "{"): try outline.readObject(&reader)
      case UInt8(ascii: "["):
        outline.isArray = true
        try reader.forEachElement { reader in
          guard outline.names.isEmpty, reader.next() == UInt8(ascii: "{") else {
            return _ = try reader.value()
          }
          try outline.readNames(&reader, \.names)
        }
      default: return nil
      }
    } catch let error as JSONError where error.reason == .endsEarly {
      return outline
    } catch {
      return outline.names.isEmpty ? nil : outline
    }
    return outline
  }
}

extension JSONDocument.Outline {
  fileprivate mutating func readObject(_ reader: inout JSONReader) throws {
    try reader.forEachMember { key, reader in
      names.insert(key)
      guard key == "entries", reader.next() == UInt8(ascii: "[") else {
        return _ = try reader.value()
      }
      try reader.forEachElement { reader in
        guard namesOfEntries.isEmpty, reader.next() == UInt8(ascii: "{") else {
          return _ = try reader.value()
        }
        try readNames(&reader, \.namesOfEntries)
      }
    }
  }

  fileprivate mutating func readNames(
    _ reader: inout JSONReader, _ names: WritableKeyPath<Self, Set<String>>
  ) throws {
    try reader.forEachMember { key, reader in
      self[keyPath: names].insert(key)
      _ = try reader.value()
    }
  }
}
