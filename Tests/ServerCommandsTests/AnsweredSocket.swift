import Foundation
import Glibc
import Testing

/// Answers one request for a backup on the control socket of a folder, in a server's place. Ends with
/// the path that was asked for.
func answerBackup(
  of data: URL, _ make: @escaping @Sendable (String) throws -> Void
) throws -> Task<String, any Error> {
  let path = data.appending(path: "control.sock").path
  let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
  var address = sockaddr_un()
  address.sun_family = sa_family_t(AF_UNIX)
  withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
  let isBound = withUnsafePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
    }
  }
  try #require(isBound && listen(listener, 1) == 0)
  return Task {
    try await withCheckedThrowingContinuation { continuation in
      // On a thread of its own, for it blocks.
      Thread.detachNewThread {
        defer { close(listener) }
        continuation.resume(with: Result { try BackupRequest.answer(listener, make) })
      }
    }
  }
}

private struct BackupRequest: Decodable {
  struct Backup: Decodable {
    var path: String
  }
  var backup: Backup

  static func answer(
    _ listener: Int32, _ make: (String) throws -> Void
  ) throws -> String {
    let connection = FileHandle(fileDescriptor: accept(listener, nil, nil), closeOnDealloc: true)
    let request = try JSONDecoder().decode(Self.self, from: connection.availableData)
    try make(request.backup.path)
    try connection.write(contentsOf: Data(#"{"done":{}}"#.utf8))
    return request.backup.path
  }
}
