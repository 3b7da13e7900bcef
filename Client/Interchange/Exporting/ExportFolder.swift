private import Glibc

/// A folder of files that is being written beside its place, and put there when it is whole.
///
/// Folders are 0700 and files 0600: it is a journal.
package final class ExportFolder {
  /// As the user gave it.
  package let path: String
  private let mayReplace: Bool
  private var passingPath: String?
  /// Of the passing folder: opened before anything is written, so that it hears of every error.
  private var descriptor: Int32 = -1
  /// Relative paths, in the order they were made.
  private var files: [String] = []
  private var known: Set<String> = []
  private var folders: Set<String> = []
  private var open: (name: String, descriptor: Int32)?
  private var buffer: [UInt8] = []

  /// - Parameter mayReplace: whether files of a folder that is there may be replaced. Other files
  ///   in it stay as they are.
  /// - Throws: `ExportError`.
  package init(path: String, mayReplace: Bool) throws {
    self.path = PassingName.withoutSlashesAtEnd(path)
    self.mayReplace = mayReplace
    switch Self.contents(of: self.path) {
    case .file: throw ExportError.wrongKind(path: path, isFolder: false)
    case .folder(let isEmpty) where !isEmpty && !mayReplace: throw ExportError.exists(path: path)
    case .folder, .nothing: break
    }
    var template = PassingName.template(beside: self.path).utf8CString.map { $0 }
    let made = template.withUnsafeMutableBufferPointer { characters in
      characters.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
    }
    guard let made else { throw ExportError.unwritable(path: path, systemError: errno) }
    passingPath = made
    descriptor = Glibc.open(made, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ExportError.unwritable(path: path, systemError: errno) }
  }

  deinit {
    discard()
  }

  /// Whether a file was begun.
  package func holds(_ name: String) -> Bool { known.contains(name) }

  /// Appends to a file, which is made when it is not there yet.
  ///
  /// - Parameter name: relative, of parts that are no `..`; folders on the way are made.
  package func append(_ text: String, to name: String) throws {
    if open?.name != name { try begin(name) }
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= 1 << 16 { try flush() }
  }

  /// Makes everything durable and puts it in its place.
  package func commit() throws {
    try end()
    guard let passingPath else { return }
    // Once for all: one call a file takes minutes where there are many.
    if let error = SystemFiles.syncFileSystem(of: descriptor) { throw failure(error) }
    switch Self.contents(of: path) {
    // An empty folder is replaced by this, in one step.
    case .nothing, .folder(isEmpty: true):
      guard Glibc.rename(passingPath, path) == 0 else { throw failure(errno) }
      self.passingPath = nil
      closeFolder()
    case .folder where mayReplace:
      try moveFiles(from: passingPath)
      discard()
    case .folder, .file:
      throw ExportError.exists(path: path)
    }
    PassingName.syncFolder(of: path)
  }

  /// Removes what was written; nothing after `commit`.
  package func discard() {
    if let open { close(open.descriptor) }
    open = nil
    closeFolder()
    guard let passingPath else { return }
    for file in files { unlink("\(passingPath)/\(file)") }
    for folder in folders.sorted().reversed() { rmdir("\(passingPath)/\(folder)") }
    rmdir(passingPath)
    self.passingPath = nil
  }

  private func closeFolder() {
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
  }

  private func begin(_ name: String) throws {
    try end()
    guard let passingPath else { return }
    try makeFolders(for: name, in: passingPath, remember: true)
    let descriptor = Glibc.open(
      "\(passingPath)/\(name)", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(errno) }
    open = (name, descriptor)
    if known.insert(name).inserted { files.append(name) }
  }

  private func end() throws {
    try flush()
    guard let open else { return }
    self.open = nil
    // Some file systems say only here that the disk is full.
    guard close(open.descriptor) == 0 else { throw failure(errno) }
  }

  private func flush() throws {
    guard let open, !buffer.isEmpty else { return }
    defer { buffer.removeAll(keepingCapacity: true) }
    if let error = SystemFiles.writeAll(buffer, to: open.descriptor) { throw failure(error) }
  }

  private func makeFolders(for name: String, in root: String, remember: Bool) throws {
    var folder = ""
    for part in name.split(separator: "/").dropLast() {
      folder += folder.isEmpty ? String(part) : "/\(part)"
      if remember, !folders.insert(folder).inserted { continue }
      if mkdir("\(root)/\(folder)", 0o700) != 0, errno != EEXIST { throw failure(errno) }
    }
  }

  private func moveFiles(from passingPath: String) throws {
    for file in files {
      try makeFolders(for: file, in: path, remember: false)
      guard Glibc.rename("\(passingPath)/\(file)", "\(path)/\(file)") == 0 else {
        throw failure(errno)
      }
    }
  }

  private func failure(_ error: Int32) -> ExportError {
    .unwritable(path: path, systemError: error)
  }

  private enum Contents {
    case nothing
    case file
    case folder(isEmpty: Bool)
  }

  private static func contents(of path: String) -> Contents {
    var status = stat()
    guard stat(path, &status) == 0 else { return .nothing }
    guard status.st_mode & S_IFMT == S_IFDIR, let names = SystemFiles.names(in: path) else {
      return .file
    }
    return .folder(isEmpty: names.isEmpty)
  }
}
