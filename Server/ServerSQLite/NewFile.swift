private import Glibc
private import ServerCore

/// A new file of mode 0600 that gets its name only when it is whole and on the disk.
package enum NewFile {
  /// Has `fill` write the file under another name, and then gives it its own.
  ///
  /// Throws a `StorageError`: `.exists` when there is a file already, `.full`, `.readOnly`; and what
  /// `fill` throws.
  static func make(at path: String, _ fill: (_ partial: File) async throws -> Void) async throws {
    let partial = "\(path).\(UInt32.random(in: .min ... .max)).partial"
    let descriptor = open(partial, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw DataFolder.failure(path, errno) }
    defer {
      close(descriptor)
      unlink(partial)
    }
    guard access(path, F_OK) != 0 else { throw DataFolder.failure(path, EEXIST) }
    try await fill(File(path: partial, descriptor: descriptor))
    guard fsync(descriptor) == 0 else { throw DataFolder.failure(path, errno) }
    if let error = giveName(partial, path) { throw DataFolder.failure(path, error) }
    try DataFolder.sync(folder: folder(of: path))
  }

  /// The error number, or `nil`.
  private static func giveName(_ partial: String, _ path: String) -> CInt? {
    // Unlike renaming, linking never replaces what came into being meanwhile.
    if link(partial, path) == 0 { return nil }
    // Sticks have file systems without second names.
    guard [EPERM, EOPNOTSUPP, EMLINK].contains(errno) else { return errno }
    var status = stat()
    guard lstat(path, &status) != 0 else { return EEXIST }
    return rename(partial, path) == 0 ? nil : errno
  }

  struct File {
    let path: String
    let descriptor: CInt
  }

  /// Copies a file to a new one. Throws a `StorageError`.
  package static func copy(_ source: String, to path: String) async throws {
    let from = open(source, O_RDONLY | O_CLOEXEC)
    guard from >= 0 else { throw DataFolder.failure(source, errno) }
    defer { close(from) }
    try await make(at: path) { file in
      var piece = [UInt8](repeating: 0, count: 1 << 20)
      while true {
        let count = read(from, &piece, piece.count)
        guard count >= 0 else { throw DataFolder.failure(source, errno) }
        guard count > 0 else { return }
        var written = 0
        while written < count {
          let more = piece[written..<count].withUnsafeBytes {
            write(file.descriptor, $0.baseAddress, $0.count)
          }
          guard more > 0 else { throw DataFolder.failure(path, errno) }
          written += more
        }
      }
    }
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
