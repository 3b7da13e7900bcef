/// Archives as sources of imports.
enum ZipSource {
  /// The archive that a source is; `nil` for what does not begin like one.
  ///
  /// - Throws: `ImportError` for an archive that is damaged or not safe.
  static func archive(_ source: ImportSource) throws -> ZipArchive? {
    guard !source.isFolder else { return nil }
    // The second is an archive without a file.
    let beginning = try source.beginning(bytesMax: 4)
    guard beginning == [0x50, 0x4b, 3, 4] || beginning == [0x50, 0x4b, 5, 6] else { return nil }
    return try telling(source) { try ZipArchive(ZipFileBytes(path: source.path)) }
  }

  /// Turns errors of the archive into those of the import.
  static func telling<Value>(_ source: ImportSource, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as ZipError {
      if case .unreadable(let code) = error.reason {
        throw ImportError.unreadable(path: source.path, systemError: code)
      }
      if error.isUnsafe { throw ImportError.unsafeArchive(path: source.path, reason: error.clause) }
      throw ImportError.damaged(SourcePlace(file: source.name), reason: error.clause)
    }
  }
}
