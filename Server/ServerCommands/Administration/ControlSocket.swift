internal import Glibc

/// The path of the socket by which administration reaches a running server.
///
/// A socket's path may have 107 bytes at most (`sun_path`). A longer one is reached through the
/// folder's descriptor in `/proc`, which is short whatever the folder is called.
final class ControlSocket {
  let path: String
  private let folder: Int32?

  /// Throws when the folder cannot be opened.
  init(_ folder: DataFolder) throws(CommandFailure) {
    let plain = folder.path + "/" + folder.socketName
    guard plain.utf8.count > Self.pathBytesMax else {
      path = plain
      self.folder = nil
      return
    }
    let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw CommandFailure(
        .disk, "The folder \(folder.path) cannot be opened: \(String(cString: strerror(errno))).")
    }
    self.folder = descriptor
    path = "/proc/self/fd/\(descriptor)/\(folder.socketName)"
  }

  deinit {
    if let folder { close(folder) }
  }

  private static let pathBytesMax = 107
}
