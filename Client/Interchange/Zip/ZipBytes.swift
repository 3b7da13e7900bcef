private import Glibc

/// The bytes of an archive, read at any place.
protocol ZipBytes {
  var count: Int { get }

  /// Exactly so many bytes.
  ///
  /// - Throws: `ZipError.Reason.endsEarly` where they are not there.
  func read(at offset: Int, count: Int) throws(ZipError) -> [UInt8]
}

extension [UInt8]: ZipBytes {
  func read(at offset: Int, count: Int) throws(ZipError) -> [UInt8] {
    guard offset >= 0, count >= 0, offset <= self.count, count <= self.count - offset else {
      throw ZipError(.endsEarly)
    }
    return Array(self[offset..<offset + count])
  }
}

/// A file, held open.
final class ZipFileBytes: ZipBytes {
  let count: Int
  private let descriptor: Int32

  init(path: String) throws(ZipError) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ZipError(.unreadable(systemError: errno)) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let error = errno
      close(descriptor)
      throw ZipError(.unreadable(systemError: error))
    }
    count = Int(status.st_size)
  }

  deinit {
    close(descriptor)
  }

  func read(at offset: Int, count: Int) throws(ZipError) -> [UInt8] {
    guard offset >= 0, count >= 0, offset <= self.count, count <= self.count - offset else {
      throw ZipError(.endsEarly)
    }
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      let got = bytes.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress.map { $0 + done }, count - done, off_t(offset + done))
      }
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else { throw ZipError(.unreadable(systemError: errno)) }
      // The file has become shorter meanwhile.
      guard got > 0 else { throw ZipError(.endsEarly) }
      done += got
    }
    return bytes
  }
}
