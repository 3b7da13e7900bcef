internal import Glibc

/// Whole small files, and what others begin with.
enum FileBytes {
  static func isThere(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Fewer bytes than `count` if there are no more, or none that can be read.
  static func start(of path: String, count: Int) -> [UInt8] {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: count)
    let read = Glibc.read(descriptor, &bytes, count)
    return Array(bytes.prefix(max(read, 0)))
  }

  /// `nil` if there is no such file. More than `limit` bytes are an error (65).
  ///
  /// - Parameter mayWait: a pipe is waited for, as somebody who names one expects.
  static func read(_ path: String, limit: Int, mayWait: Bool = true) throws -> [UInt8]? {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | (mayWait ? 0 : O_NONBLOCK))
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw Failure(.disk, Messages.Files.unreadable(path: path, reason: SystemReason.now))
    }
    defer { close(descriptor) }
    guard let bytes = try read(descriptor, limit: limit, name: path) else {
      throw Failure(.badData, Messages.Files.tooLarge(path: path, limit: limit))
    }
    return bytes
  }

  /// A text that a person wrote for Ebb, such as settings; `nil` if there is no such file.
  ///
  /// Throws a `Failure` with status 65 for what is no text, or none that anybody writes.
  static func text(of path: String) throws -> String? {
    guard let bytes = try read(path, limit: textBytesMax, mayWait: false) else { return nil }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure(.badData, Messages.Files.notText(path: path))
    }
    return text
  }

  private static let textBytesMax = 1 << 20

  /// Everything up to the end; `nil` if that is more than `limit` bytes.
  static func read(_ descriptor: Int32, limit: Int, name: String) throws -> [UInt8]? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else {
        throw Failure(.disk, Messages.Files.unreadable(path: name, reason: SystemReason.now))
      }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
      if bytes.count > limit { return nil }
    }
  }
}

/// What the system says about its last error, as a phrase.
enum SystemReason {
  static var now: String { text(errno) }

  static func text(_ code: Int32) -> String { String(cString: strerror(code)).lowercasedFirst }
}

extension String {
  fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
