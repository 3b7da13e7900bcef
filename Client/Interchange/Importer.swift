/// Reads one format.
///
/// An importer hands over each record as soon as it is read, so that a source need not fit into
/// memory, and touches nothing but the source.
package protocol Importer {
  /// Whether this is a source of this format, judged by names and the first bytes.
  static func recognises(_ source: ImportSource) throws -> Bool

  /// Whether a source comes along whole or not at all, as JSON and archives do: each is one
  /// document. Of lines, and of files in a folder, those come that can be taken.
  static var isDocument: Bool { get }

  /// Reads the whole source.
  ///
  /// - Throws: `ImportError` when the source cannot be read on; then nothing of what was handed
  ///   over may be kept. What is wrong with single places is noted in `report` instead, so that
  ///   all of them are named. Errors of `take` end the reading and are passed on.
  static func read(
    _ source: ImportSource, _ settings: ImportSettings, report: inout ImportReport,
    take: (ImportedRecord) throws -> Void
  ) throws
}

extension Importer {
  package static var isDocument: Bool { false }
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
