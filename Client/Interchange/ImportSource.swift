private import Glibc

/// A file or a folder to import.
package struct ImportSource: Sendable {
  /// As the user gave it.
  package let path: String
  package let isFolder: Bool

  /// - Throws: `ImportError.unreadable`, `ImportError.neitherFileNorFolder`.
  package init(path: String) throws {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw ImportError.unreadable(path: path, systemError: errno)
    }
    self.path = path
    isFolder = status.st_mode & S_IFMT == S_IFDIR
    guard isFolder || status.st_mode & S_IFMT == S_IFREG else {
      throw ImportError.neitherFileNorFolder(path: path)
    }
  }

  package var name: String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// In lower case, without the dot.
  package var fileExtension: String {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count > 1 ? parts[parts.count - 1].lowercased() : ""
  }
}

extension ImportSource {
  /// The first bytes of the file, to judge it by; none of a folder.
  package func beginning(bytesMax: Int = 4096) throws -> [UInt8] {
    guard !isFolder else { return [] }
    return try SourceFile.read(path, bytesMax: bytesMax)
  }

  /// The whole file.
  ///
  /// - Throws: `ImportError.unreadable`; `ImportError.damaged` for more than `bytesMax`.
  package func bytes(bytesMax: Int = 1 << 30) throws -> [UInt8] {
    let bytes = try SourceFile.read(path, bytesMax: bytesMax + 1)
    guard bytes.count <= bytesMax else {
      throw ImportError.damaged(
        SourcePlace(file: name), reason: "it has more than \(bytesMax) bytes")
    }
    return bytes
  }
}
