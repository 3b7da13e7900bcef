/// Where an export goes.
package enum ExportTarget {
  case file(ExportFile)
  case folder(ExportFolder)

  /// Makes it durable and gives it its name.
  package func commit() throws {
    switch self {
    case .file(let file): try file.commit()
    case .folder(let folder): try folder.commit()
    }
  }

  /// Removes what was written; nothing after `commit`.
  package func discard() {
    switch self {
    case .file(let file): file.discard()
    case .folder(let folder): folder.discard()
    }
  }
}
