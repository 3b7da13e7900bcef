/// Reads one format.
///
/// An importer hands over each record as soon as it is read, so that a source need not fit into
/// memory, and touches nothing but the source.
package protocol Importer {
  /// Whether this is a source of this format, judged by names and the first bytes.
  static func recognises(_ source: ImportSource) throws -> Bool

  /// Reads the whole source.
  ///
  /// - Throws: `ImportError` when nothing of the source can be taken; then nothing of what was
  ///   handed over may be kept. What is wrong with single places of a format that has lines is
  ///   noted in `report` instead. Errors of `take` end the reading and are passed on.
  static func read(
    _ source: ImportSource, _ settings: ImportSettings, report: inout ImportReport,
    take: (ImportedRecord) throws -> Void
  ) throws
}

/// Why nothing of a source can be taken.
package enum ImportError: Error, Hashable, Sendable {
  case unreadable(path: String, systemError: Int32)
  /// A device, a pipe, a socket: a source is read more than once.
  case neitherFileNorFolder(path: String)
  /// No format fits, or not the one that was asked for.
  case notRecognised(path: String, as: ImportFormat?)
  /// More than one format fits, and records would differ.
  case ambiguous(path: String, [ImportFormat])
  /// Encrypted, and how to go on: `jrnl --decrypt`.
  case encrypted(path: String)
  /// The file ends too early, or is not what its beginning promises.
  case damaged(SourcePlace, reason: String)
  /// Bytes that are not text in the encoding asked for (UTF-8 unless another is named).
  case notText(SourcePlace, byte: Int)
  /// An archive that unpacks to more than it may, or names a path outside of itself.
  case unsafeArchive(path: String, reason: String)
}
