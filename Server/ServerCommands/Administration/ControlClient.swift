internal import Foundation
internal import Glibc

/// Asks a running server over its socket: one line of JSON there, one back.
enum ControlClient {
  /// `nil` when no server listens.
  static func ask(
    _ request: AdministrationRequest, of folder: DataFolder
  ) throws -> AdministrationAnswer? {
    let socket = try ControlSocket(folder)
    guard let connection = try connect(to: socket.path) else { return nil }
    defer { close(connection) }
    let line = try JSONEncoder().encode(request) + Data("\n".utf8)
    let written = line.withUnsafeBytes { write(connection, $0.baseAddress, $0.count) }
    let bytes = readAll(connection)
    guard written == line.count, !bytes.isEmpty else {
      throw CommandFailure(
        .tryAgain, "The server ended before it answered. Try again once it has been started.")
    }
    guard let answer = try? JSONDecoder().decode(AdministrationAnswer.self, from: bytes)
    else { throw AdministrationAnswer.unexpected }
    return answer
  }

  private static func connect(to path: String) throws -> Int32? {
    let connection = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    guard connection >= 0 else {
      throw CommandFailure(.disk, "No socket can be made: \(String(cString: strerror(errno))).")
    }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) {
      $0.copyBytes(from: path.utf8.prefix($0.count - 1))
    }
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(connection, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard result != 0 else { return connection }
    let reason = errno
    close(connection)
    switch reason {
    case ENOENT, ECONNREFUSED: return nil
    case EACCES, EPERM:
      throw CommandFailure(
        .notAllowed, "The server belongs to another user. Run this as the user that runs it.")
    default:
      throw CommandFailure(
        .tryAgain, "The server does not answer: \(String(cString: strerror(reason))).")
    }
  }

  private static func readAll(_ connection: Int32) -> Data {
    var all = Data()
    var piece = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = read(connection, &piece, piece.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return all }
      all.append(contentsOf: piece.prefix(count))
    }
  }
}
