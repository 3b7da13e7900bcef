private import Glibc

/// What the C library leaves to its callers: to write all of it, and to make names of its buffers.
package enum SystemFiles {
  /// The error number, or `nil` when all is written.
  package static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0 && errno == EINTR { continue }
      if count < 0 { return errno }
      start += count
    }
    return nil
  }

  /// Makes all durable that was written to the file system of an open file or folder: the error
  /// number, or `nil`.
  ///
  /// Errors are told of what was written since it was opened.
  static func syncFileSystem(of descriptor: Int32) -> Int32? {
    // Swift's overlay does not know it.
    guard let symbol = dlsym(nil, "syncfs") else {
      sync()
      return nil
    }
    let syncfs = unsafeBitCast(symbol, to: (@convention(c) (Int32) -> Int32).self)
    return syncfs(descriptor) == 0 ? nil : errno
  }

  /// What a folder holds, in no order; `nil`, and `errno` says why, for what cannot be read.
  package static func names(in folder: String) -> [String]? {
    guard let stream = opendir(folder) else { return nil }
    defer { closedir(stream) }
    var names: [String] = []
    while let item = readdir(stream) {
      let name = withUnsafeBytes(of: item.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }

  package static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The whole path without symbolic links; `nil`, and `errno` says why, if nothing is there.
  package static func resolved(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
