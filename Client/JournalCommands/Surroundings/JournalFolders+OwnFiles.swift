internal import Interchange

extension JournalFolders {
  /// Nothing is written over what Ebb lives on, nor where it will look for it.
  ///
  /// - Throws: a `Failure` with status 1 for a path of its own files, whatever way leads there.
  func requireNotOwn(_ path: String) throws {
    guard !isOwn(path) else {
      throw Failure(.notPossible, Messages.Export.ownFile(Visible.line(path)))
    }
  }

  /// Whether a file of Ebb's is there, or would be taken for one. Folders are not meant: what is
  /// put into them has names of its own.
  private func isOwn(_ path: String) -> Bool {
    var path = path
    while path.utf8.count > 1, path.utf8.last == UInt8(ascii: "/") { path.removeLast() }
    let found = SystemFiles.resolved(path)
    let place = found ?? path
    guard let folder = SystemFiles.resolved(PrivateFile.folder(of: place)) else { return false }
    let name = place.split(separator: "/").last ?? ""
    if folder == SystemFiles.resolved(data),
      name.hasPrefix("journal.sqlite") || name.hasSuffix(".lock")
    {
      return true
    }
    guard found != nil, !SystemFiles.isFolder(place) else { return false }
    return [data, drafts, settingsFolder, templates].contains { SystemFiles.resolved($0) == folder }
  }
}
